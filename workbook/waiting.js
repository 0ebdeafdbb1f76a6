// A bar over what learns: always seen, spoken at every quarter and at the end.
export default {
  render({ model, el }) {
    const [bar, words, voice] = ["progress", "span", "span"].map(kind => el.appendChild(document.createElement(kind)));
    el.style.cssText = "display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; position: relative;"
      + "font: 15px var(--jp-ui-font-family, sans-serif); font-variant-numeric: tabular-nums";
    bar.style.cssText = "width: 320px; max-width: 100%; height: 14px; accent-color: #0072B2";
    bar.setAttribute("aria-label", model.get("name"));
    voice.setAttribute("role", "status");
    voice.style.cssText = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";

    let quarter = 0;
    const show = () => {
      bar.value = model.get("part");
      words.textContent = model.get("words");
      const reached = Math.floor(4 * bar.value), due = reached > quarter || model.get("over");
      if (due && voice.textContent !== words.textContent) voice.textContent = words.textContent;
      quarter = reached;
    };
    model.on("change:words", show);
    model.on("change:over", show);
    show();
  },
};
