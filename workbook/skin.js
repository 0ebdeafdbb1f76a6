// The skin of all that moves, explorers and machines: controls, Reset, the lecture mode, a picture, a voice for screen
// readers. What is drawn follows this text: explorer.js, or a machine's own.
const SVG = "http://www.w3.org/2000/svg";
function make(parent, tag, attributes = {}, text) {
  const drawn = parent.namespaceURI === SVG || tag === "svg";
  const node = drawn ? document.createElementNS(SVG, tag) : document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  return parent.appendChild(set(node, attributes));
}
function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes))      // what has not changed need not be laid out again
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  return node;
}
function tell(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// JupyterLab takes keys for its own where it sees them: x cuts the cell. Of those typed here it sees two: to save, and to
// run the cell; in a line of text Enter answers, with whatever it is held.
function guard(event) {
  const { key, target, shiftKey } = event, command = event.ctrlKey || event.metaKey;
  const passes = key === "Enter" ? (command || shiftKey) && target.type !== "text" : command && key === "s";
  if (!passes && target.closest(".lstm-explorer, .lstm-asked")) event.stopPropagation();
}

// gone(): the kernel that drew is no more: it was restarted (`told` is called then), or another runs, or none ever did.
function departure(model, el, told = () => {}) {
  const kernel = () => model.widget_manager.kernel?.id, born = kernel();
  let left = Boolean(el.closest(".jupyter-widgets-disconnected"));
  model.on("comm_live_update", () => { left = true; told(); });
  return () => left || kernel() !== born;
}

// work(), at most ten times a second, however often it is asked for.
function seldom(work) {
  let next;
  return () => {
    next ??= setTimeout(() => {
      next = null;
      work();
    }, 100);
  };
}

// Once for a page: what scrolls sideways is reached by Tab, has a name and its arrow keys; what does not is no stop.
const SCROLLERS = ".jp-OutputArea-output, .jp-MarkdownOutput, .lstm-board, .wide, .lstm-asked pre, " +
  "#text :is(pre, .output_subarea, .text_cell_render, math[display=block])";      // #text: on the site
function tend(name) {
  const { body } = document;
  if (body.dataset.lstmTended) return;
  body.dataset.lstmTended = true;
  const soon = seldom(look), sizes = new ResizeObserver(soon);
  function look() {
    for (const box of body.querySelectorAll(SCROLLERS)) {
      sizes.observe(box);
      const scrolls = box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === "auto";
      const stop = { tabindex: 0, role: "group", "aria-label": name };
      if (scrolls) set(box, stop);
      else Object.keys(stop).forEach(attribute => box.removeAttribute(attribute));
    }
  }
  new MutationObserver(soon).observe(body, { childList: true, subtree: true, attributeFilter: ["data-jp-theme-name"] });
  body.addEventListener("keydown", event => {
    if (event.key.startsWith("Arrow") && event.target.matches(SCROLLERS)) event.stopPropagation();
  });
  soon();
}

const VIEW = "application/vnd.jupyter.widget-view+json";
// ipywidgets waits two seconds for a model, then says for good that it is not there. Where a page was busy it comes later:
// then such an output, which alone has this class, is shown once more. The answer is to be called when a model comes.
function revive(manager) {
  const once = new Set();
  const look = seldom(() => {
    for (const output of document.querySelectorAll(".jp-OutputArea-output.jupyter-widgets")) {
      const cell = output.closest("[data-windowed-list-index]");
      const outputs = cell && manager.context.model.cells.get(+cell.dataset.windowedListIndex)?.outputs;
      outputs?.toJSON().forEach((shown, k) => {
        const id = shown.data?.[VIEW]?.model_id;
        if (once.has(id) || !manager.has_model(id)) return;
        once.add(id);
        outputs.set(k, shown);
      });
    }
  });
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  return look;
}

// A notebook is saved with what its outputs show. ipywidgets would leave out what no kernel holds: after a restart, all.
const keeper = { initialize({ model: { widget_manager: manager } }) {
  manager.lstmCame?.();
  if (!manager._modelsSync || !manager.context || Object.hasOwn(manager, "get_state_sync")) return;
  const state = manager.get_state_sync;
  manager.get_state_sync = options => {
    const all = manager._modelsSync, kept = new Map([...all].filter(([, model]) => model.comm_live));
    const keep = id => {
      if (kept.has(id) || !all.has(id)) return;
      const model = Object.create(all.get(id), { comm_live: { value: true } });
      kept.set(id, model);
      const told = JSON.stringify(model.serialize(model.get_state()));
      for (const [, part] of told.matchAll(/"IPY_MODEL_(\w+)"/g)) keep(part);
    };
    for (const cell of manager.context.model.cells)
      for (const { data } of cell.outputs?.toJSON() ?? []) keep(data?.[VIEW]?.model_id);
    return state.call({ _modelsSync: kept }, options);
  };
  manager.lstmCame = revive(manager);
  manager.lstmCame();
} };

// What moves keeps what it stands at in `now`. A control has two functions, get() -> what it shows and put(v) -> what it
// changes in `now`; show() then writes all controls and the picture anew. m.draw() draws, and returns the same in words.
function skin(el, say, lang, start, kind) {
  const home = make(el, "div", { class: `lstm-explorer ${kind}`, lang, role: "group" });
  const now = { ...start, lecture: false }, controls = [];
  home.addEventListener("keydown", guard);
  tend(say.scrolls);
  const hands = make(home, "div", { class: "hands" }), wide = make(home, "div", { class: "wide" });
  const picture = make(wide, "div", { class: "lstm-picture" });
  const voice = make(home, "div", { role: "status", "aria-live": "polite", class: "lstm-voice" });
  const m = { now, say, home, hands, wide, picture, controls };
  m.change = values => { Object.assign(now, values); m.show(); };
  m.bar = () => {
    const bar = make(home, "div", { class: "bar" });
    wide.before(bar);
    return bar;
  };
  m.button = (bar, label, pressed, sign = label) => {
    const named = sign === label ? {} : { "aria-label": label, title: label };
    const node = make(bar, "button", { type: "button", ...named }, sign);
    node.addEventListener("click", pressed);
    return node;
  };
  m.toggle = (bar, label, get, put) => {
    const node = m.button(bar, label, () => m.change(put(!get())));
    controls.push(() => set(node, { "aria-pressed": get() }));
  };
  m.choice = (bar, label, options, get, put) => {
    const holder = make(bar, "label", { class: "choice" });
    make(holder, "span", {}, label);
    const select = make(holder, "select", { "aria-label": label });
    options.forEach((text, k) => make(select, "option", { value: k }, text));
    select.addEventListener("change", () => m.change(put(+select.value)));
    controls.push(() => { select.value = get(); });
  };
  m.range = (bar, label, [min, max, step], get, put, { read = m.read, sign = label } = {}) => {
    const holder = make(bar, "label", { class: "range" });
    make(holder, "span", {}, sign);
    const input = make(holder, "input", { type: "range", min, max, step, "aria-label": label });
    const value = make(holder, "span", { class: "value", "aria-hidden": true });
    input.addEventListener("input", () => m.change(put(+input.value)));
    controls.push(() => {
      input.value = get();
      tell(value, read(get()));
      set(input, { "aria-valuetext": value.textContent, style: `--at: ${100 * (input.value - min) / (max - min || 1)}%` });
    });
  };
  m.play = (bar, milliseconds, ends, get, put, ready = () => true) => {      // from one end to the other, then it stops
    const again = () => get() === ends()[1] ? put(ends()[0]) : {};
    const node = m.button(bar, say.play, () => m.change(now.playing ? { playing: false } : { playing: true, ...again() }));
    let next;
    const step = ([from, to]) => m.change(get() === to ? { playing: false } : put(get() + Math.sign(to - from)));
    controls.push(() => {
      tell(node, now.playing ? say.stop : say.play);
      clearTimeout(next);
      if (now.playing) next = setTimeout(() => { if (ready()) step(ends()); }, milliseconds);
    });
  };

  let resting;
  m.show = () => {
    home.classList.toggle("lstm-lecture", now.lecture);
    controls.forEach(control => control());
    const said = m.draw();
    clearTimeout(resting);
    resting = setTimeout(() => tell(voice, said), 600);
  };
  const fit = () => {                                 // upright sliders as wide as the picture
    const drawn = picture.querySelector("svg");
    const above = picture.getBoundingClientRect().top - home.getBoundingClientRect().top;
    if (drawn) {
      const { width, height } = drawn.getBoundingClientRect(), { width: w, height: h } = drawn.viewBox.baseVal;
      const shown = w * Math.min(width / w, height / h);
      const panel = home.closest(".jp-WindowedPanel-outer")?.clientHeight ?? window.innerHeight;
      for (const [name, px] of Object.entries({ shown, left: (width - shown) / 2, room: panel - above - 20 }))
        home.style.setProperty(`--${name}`, `${px}px`);
    }
  };
  const sizes = new ResizeObserver(() => requestAnimationFrame(fit));
  m.start = bar => {                                  // Reset and the lecture mode stand last in their bar
    const pair = make(bar, "span", { class: "pair" });
    m.button(pair, say.reset, () => m.change(start));
    m.toggle(pair, say.lecture, () => now.lecture, lecture => ({ lecture }));
    m.show();
    [picture, hands].forEach(part => sizes.observe(part));
    return () => { sizes.disconnect(); clearTimeout(resting); m.change = () => {}; };
  };
  return m;
}
