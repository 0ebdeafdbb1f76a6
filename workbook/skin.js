// Unseen part of every explorer: names its sliders for screen readers, and speaks the picture's words
// when the hand has come to rest.
export default {
  render({ model, el }) {
    const live = document.createElement("div");
    live.setAttribute("role", "status");
    live.setAttribute("aria-live", "polite");
    live.className = "lstm-voice";
    el.appendChild(live);

    let home, resting;
    const speak = () => {
      const drawn = home.querySelector(".lstm-picture [role=img]");
      const words = drawn ? drawn.getAttribute("aria-label") : home.querySelector(".lstm-picture").textContent;
      if (words !== live.textContent) live.textContent = words;
    };
    const values = () => {                            // a slider of chosen values would tell only the place of each
      for (const slider of home.querySelectorAll(".widget-slider")) {
        const readout = slider.querySelector(".widget-readout");
        if (readout) slider.querySelector("[role=slider]").setAttribute("aria-valuetext", readout.textContent);
      }
    };
    const watch = new MutationObserver(() => { values(); clearTimeout(resting); resting = setTimeout(speak, 600); });

    const name = () => {
      if (!home) {
        home = el.closest(".lstm-explorer");
        if (!home) return;
        watch.observe(home.querySelector(".lstm-picture"), { childList: true, subtree: true });
      }
      for (const slider of home.querySelectorAll(".widget-slider")) {
        const label = slider.querySelector("label");
        label.removeAttribute("title");
        for (const part of slider.querySelectorAll("[role=slider], .widget-readout"))
          part.setAttribute("aria-label", label.textContent);
        const readout = slider.querySelector(".widget-readout");
        if (readout) watch.observe(readout, { childList: true, characterData: true, subtree: true });
      }
      values();
      home.querySelectorAll(".jupyter-widgets.widget-play button").forEach((button, k) => {
        button.title = model.get("buttons")[k] || "";
        button.setAttribute("aria-label", button.title);
      });
    };
    const tries = [50, 300, 1000, 3000].map(ms => setTimeout(name, ms));     // widgets arrive when they like
    return () => { watch.disconnect(); [resting, ...tries].forEach(clearTimeout); };
  },
};
