// A question: options to press or a box for a number, and the place where the answer is told. All that it shows is in the
// model, so a page that is opened again shows it, too. It follows skin.js, whose functions it uses.
// A verdict comes with its words, and many screen readers read only what changes in a status that was there before.
function herald(body) {
  if (body.dataset.lstmHerald) return;
  body.dataset.lstmHerald = true;
  const again = verdict => {
    const words = [...verdict.childNodes];
    setTimeout(() => verdict.replaceChildren(...words), 100);
  };
  new MutationObserver(changes => changes.flatMap(({ addedNodes }) => [...addedNodes]).forEach(
    node => node.querySelectorAll?.(".lstm-verdict").forEach(again))).observe(body, { childList: true, subtree: true });
}

export default {
  ...keeper,
  render({ model, el }) {
    const words = model.get("words");
    herald(document.body);
    tend(words.scrolls);
    const home = make(el, "div", { class: "lstm-asked", lang: model.get("language"), role: "group" });
    home.addEventListener("keydown", guard);
    const ask = make(home, "div"), hands = make(home, "div", { class: "hands" });
    const said = make(home, "div", { role: "status" }), note = make(home, "p", { role: "status" });
    ask.innerHTML = model.get("ask");
    if (ask.textContent) set(home, { "aria-label": ask.textContent });

    const gone = departure(model, el), lived = !gone();
    let late;
    const press = given => {                          // a button that is closed keeps the focus, and does nothing
      if (model.get("closed")) return;
      clearTimeout(late);
      if (gone()) return tell(note, lived ? words.restarted : words.asleep);
      late = setTimeout(() => tell(note, words.busy), 1500);
      model.send({ given });
    };
    model.on("msg:custom", () => { clearTimeout(late); tell(note, ""); });

    const buttons = model.get("options").map((_, k) => {
      const button = make(hands, "button", { type: "button" });
      button.addEventListener("click", () => press(k));
      return button;
    });
    const box = model.get("box");
    let number, enter;
    if (box.label) {
      const row = make(hands, "label");
      make(row, "span", {}, box.label);
      number = make(row, "input", { type: "text", autocomplete: "off" });
      make(row, "span", {}, box.unit);
      enter = make(hands, "button", { type: "button" }, box.button);
      enter.addEventListener("click", () => press(number.value));
      number.addEventListener("keydown", event => event.key === "Enter" && press(number.value));
    }

    const show = () => {
      const closed = model.get("closed");
      model.get("options").forEach(({ text, mark, truth, kind }, k) => {
        const drawn = [mark && `<b>${mark}</b>`, text, truth && `<b class="truth">${truth}</b>`];
        buttons[k].innerHTML = drawn.filter(Boolean).join(" ");
        set(buttons[k], { class: kind, "aria-pressed": Boolean(mark), "aria-disabled": closed });
      });
      if (number && closed) {
        number.value = model.get("box").value;
        number.readOnly = true;
        set(enter, { "aria-disabled": true });
      }
    };
    const speak = () => { if (said.innerHTML !== model.get("said")) said.innerHTML = model.get("said"); };
    for (const name of ["options", "box", "closed"]) model.on(`change:${name}`, show);
    model.on("change:said", speak);
    show();
    const soon = setTimeout(speak, 100);              // what is there before its words is read out
    return () => [late, soon].forEach(clearTimeout);
  },
};
