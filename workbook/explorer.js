// An explorer: its controls are moved here, its picture is drawn by the kernel, and for what is `drawn` is told with it.
const HANDS = {
  range: (m, { label, shown }, get, put) =>
    m.range(m.hands, label, [0, shown.length - 1, 1], get, put, { read: k => shown[k] }),
  choice: (m, { label, shown }, get, put) => m.choice(m.hands, label, shown, get, put),
  line(m, { label, placeholder }, get, put) {
    const holder = make(m.hands, "div", { class: "line" }), named = make(holder, "label");
    make(named, "span", {}, label);
    const box = make(named, "input", { type: "text", placeholder, ...(label ? {} : { "aria-label": placeholder }) });
    let said;
    const answer = () => m.change(put(box.value));
    box.addEventListener("change", answer);
    box.addEventListener("keydown", event => event.key === "Enter" && answer());
    m.button(holder, m.say.enter, answer);
    m.controls.push(() => { if (said !== get()) box.value = said = get(); });     // else: what is being typed stays
  },
  film(m, { label, shown, milliseconds }, get, put) {
    const row = make(m.hands, "div", { class: "film" });
    m.play(row, milliseconds, () => [0, shown.length - 1], get, put, () => m.answered());
    m.range(row, label, [0, shown.length - 1, 1], get, put, { read: k => shown[k] });
  },
  strip(m, { label, shown }, get, put) {
    const row = make(m.wide, "div", { class: "strip" });
    m.wide.prepend(row);
    label.forEach((word, k) => m.range(row, word, [0, shown.length - 1, 1], () => get()[k], v => put(get().with(k, v)),
      { read: v => shown[v] }));
  },
  async own(m, { script, ...hand }, get, put) {       // a chapter's own control: the function that its script exports
    const holder = make(m.hands, "div", { class: "own" }), code = new Blob([script], { type: "text/javascript" });
    const control = await import(URL.createObjectURL(code));
    m.controls.push(control.default(holder, hand, get, v => m.change(put(v))));
    m.show();
  },
};

export default {
  ...keeper,
  render({ model, el }) {
    const say = model.get("words"), first = { at: model.get("first"), playing: false };
    const m = skin(el, say, model.get("lang"), first, ""), { now } = m;
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    Object.assign(now, model.get("asked"));
    model.get("hands").forEach((hand, k) => HANDS[hand.kind](m, hand, () => now.at[k], v => ({ at: now.at.with(k, v) })));
    const bar = m.bar(), note = make(m.home, "p", { role: "status", class: "note" });
    m.wide.before(note);

    const asked = () => ({ at: now.at, lecture: now.lecture });
    m.answered = () => same(model.get("drawn"), asked());
    let shown, late;
    m.draw = () => {
      if (!same(asked(), model.get("asked"))) {
        model.set("asked", asked());
        model.save_changes();
      }
      if (shown !== model.get("picture")) m.picture.innerHTML = shown = model.get("picture");
      clearTimeout(late);
      if (m.answered()) tell(note, "");
      else late = setTimeout(() => { if (!slept()) tell(note, say.busy); }, 600);
      const drawn = m.picture.querySelector("[role=img]");
      return drawn ? drawn.getAttribute("aria-label") : m.picture.textContent;
    };
    const answers = () => m.change(model.get("asked"));
    model.on("change:asked", () => same(asked(), model.get("asked")) || answers());
    model.on("change:drawn", m.show);
    const end = m.start(bar);

    const gone = departure(model, el, slept), lived = !gone();
    function slept() {                                // then the controls go back to where the picture was drawn
      if (!gone()) return false;
      Object.assign(now, model.get("drawn"), { playing: false });
      m.controls.forEach(control => control());
      for (const part of m.home.querySelectorAll(".hands, .bar, .strip")) part.inert = true;
      tell(note, lived ? say.restarted : say.asleep);
      return true;
    }
    for (const event of ["pointerover", "focusin"]) m.home.addEventListener(event, slept);
    slept();
    return () => { clearTimeout(late); end(); };
  },
};
