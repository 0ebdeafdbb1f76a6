// The LSTM cell as a machine. It computes every wire itself, forwards and backwards, and so answers within a frame.
const GATES = ["f", "i", "o", "g"];                              // the order of the rows of W and b
const sigma = a => 0.5 + 0.5 * Math.tanh(0.5 * a);
const length = v => Math.hypot(...v);

// What every wire carries at each step: [{wire: [H numbers]}, …], values and blames. pins: {gate: constant}.
function run({ W, b, x, dh }, pins = {}) {
  const T = x.length, H = b[0].length;
  const values = [], blames = [];
  let h = Array(H).fill(0), c = Array(H).fill(0);
  const zs = [];
  for (let t = 0; t < T; t++) {
    const z = [...h, ...x[t]], now = {};
    zs.push(z);
    GATES.forEach((gate, k) => {
      const a = W[k].map((row, j) => row.reduce((sum, w, n) => sum + w * z[n], b[k][j]));
      now["a_" + gate] = a;
      now[gate] = a.map(v => gate in pins ? pins[gate] : gate === "g" ? Math.tanh(v) : sigma(v));
    });
    now.h_prev = h; now.c_prev = c; now.x = Array(H).fill(length(x[t]));
    now.kept = c.map((v, j) => now.f[j] * v);
    now.new = now.i.map((v, j) => v * now.g[j]);
    now.c = now.down = c = now.kept.map((v, j) => v + now.new[j]);
    now.tanh = c.map(Math.tanh);
    now.h = h = now.tanh.map((v, j) => v * now.o[j]);
    values.push(now);
  }
  let dhNext = Array(H).fill(0), dcNext = Array(H).fill(0);
  for (let t = T - 1; t >= 0; t--) {
    const v = values[t], d = {};
    d.h = dhNext.map((q, j) => q + dh[t][j]);
    d.c = dcNext;
    d.tanh = d.h.map((q, j) => q * v.o[j]);
    d.down = d.tanh.map((q, j) => q * (1 - v.tanh[j] ** 2));
    const dc = d.kept = d.new = d.down.map((q, j) => q + dcNext[j]);
    d.o = d.h.map((q, j) => q * v.tanh[j]);
    d.f = dc.map((q, j) => q * v.c_prev[j]);
    d.i = dc.map((q, j) => q * v.g[j]);
    d.g = dc.map((q, j) => q * v.i[j]);
    const slope = (gate, q) => gate in pins ? 0 : gate === "g" ? 1 - q * q : q * (1 - q);
    for (const gate of GATES) d["a_" + gate] = d[gate].map((q, j) => q * slope(gate, v[gate][j]));
    const dz = zs[t].map((_, n) => GATES.reduce((sum, gate, k) =>
      sum + W[k].reduce((s, row, j) => s + row[n] * d["a_" + gate][j], 0), 0));
    d.h_prev = dhNext = dz.slice(0, H);
    d.c_prev = dcNext = dc.map((q, j) => q * v.f[j]);
    d.x = Array(H).fill(length(dz.slice(H)));
    blames[t] = d;
  }
  return { values, blames };
}

const SVG = "http://www.w3.org/2000/svg";
function make(parent, tag, attributes = {}, text) {
  const node = parent.namespaceURI === SVG || tag === "svg" ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== undefined) node.textContent = text;
  return parent.appendChild(node);
}

function written(v, lang, digits = 2) {
  if (!Number.isFinite(v)) return v > 0 ? "∞" : "−∞";
  const small = v !== 0 && Math.abs(v) < 1e-4, text = small ? v.toExponential(0) : String(+v.toPrecision(digits));
  return (lang === "fr" ? text.replace(".", ",") : text).replaceAll("-", "−");
}
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// A native range in JupyterLab gets its arrow keys only if the page does not see them first.
function range(parent, label, low, high, step, value, moved) {
  const holder = make(parent, "label", {}, label + " ");
  const input = make(holder, "input", { type: "range", min: low, max: high, step, value, "aria-label": label });
  const shown = make(holder, "output", {}, value);
  input.addEventListener("keydown", event => event.stopPropagation());
  input.addEventListener("input", () => { moved(+input.value); });
  return { input, shown };
}

function drawCell(film, el) {
  const home = make(el, "div", { class: "lstm-machine", lang: film.lang, role: "group" });
  const { words, lang } = film, T = film.x.length, H = film.b[0].length;
  let { t, unit } = film, back = false, pins = {}, data = run(film);

  const bar = make(home, "div", { class: "bar" });
  const step = by => { t = Math.min(T - 1, Math.max(0, t + by)); time.input.value = t; show(); };
  const button = (label, sign, by) => make(bar, "button", { type: "button", "aria-label": label, title: label }, sign)
    .addEventListener("click", () => step(by));
  button(words.back, "◀", -1);
  button(words.on, "▶", 1);
  const time = range(bar, words.step, 0, T - 1, 1, t, v => { t = v; show(); });
  const choice = (parent, label, options, chosen) => {
    const select = make(make(parent, "label", {}, label + " "), "select", { "aria-label": label });
    options.forEach(([text, value]) => make(select, "option", { value }, text));
    select.addEventListener("keydown", event => event.stopPropagation());
    select.addEventListener("change", () => { chosen(select.value); show(); });
    return select;
  };
  choice(bar, words.unit, [...Array(H).keys()].map(k => [k + 1, k]), v => { unit = +v; }).value = unit;
  choice(bar, "", [[words.values, ""], [words.gradient, "1"]], v => { back = v === "1"; })
    .setAttribute("aria-label", `${words.values} / ${words.gradient}`);
  const pinning = make(home, "div", { class: "bar" });
  for (const gate of ["f", "i", "o"])
    choice(pinning, fill(words.pin, { gate }), [[words.free, ""], ["0", 0], [lang === "fr" ? "0,5" : "0.5", 0.5], ["1", 1]], v => {
      if (v === "") delete pins[gate]; else pins[gate] = +v;
      data = run(film, pins);
    });

  const svg = make(home, "svg", { viewBox: "0 0 800 480", role: "img" });
  make(svg, "rect", { x: 150, y: 34, width: 570, height: 352, fill: "none", stroke: "#BBBBBB", "stroke-width": 2 });
  const head = make(make(svg, "defs"), "marker", { id: "tip", viewBox: "0 0 10 10", refX: 8, refY: 5, orient: "auto-start-reverse",
    markerWidth: 12, markerHeight: 12, markerUnits: "userSpaceOnUse" });
  make(head, "path", { d: "M0 0L10 5L0 10z", fill: "context-stroke" });
  const lines = {}, labels = {};
  for (const [wire, [kind, corners, place]] of Object.entries(film.wires)) {
    lines[wire] = [make(svg, "path", { d: "M" + corners.map(p => p.join(" ")).join("L"), fill: "none" }), kind];
    if (place) labels[wire] = make(svg, "text", { x: place[0], y: place[1], "text-anchor": place[2], "font-size": 17,
      "font-weight": 700 });
  }
  for (const [x, y, sign] of film.nodes) {
    const wide = "×+".includes(sign) ? 36 : 54;
    make(svg, "rect", { x: x - wide / 2, y: y - 18, width: wide, height: 36, fill: "#fff", stroke: "#111", "stroke-width": 2 });
    make(svg, "text", { x, y: y + 7, "text-anchor": "middle", "font-size": 18 }, sign);
  }
  const title = make(svg, "text", { x: 400, y: 24, "text-anchor": "middle", "font-size": 18, "font-weight": 700 });
  const voice = make(home, "div", { role: "status", "aria-live": "polite", class: "lstm-voice" });

  let resting;
  function show() {
    const now = (back ? data.blames : data.values)[t];
    for (const [wire, [line, kind]] of Object.entries(lines)) {
      const v = now[wire] ? Math.abs(now[wire][unit]) : 0;
      line.setAttribute("stroke", back ? film.colours.grad : film.colours[kind]);
      line.setAttribute("stroke-width", 2 + 6 * Math.min(1, v));
      line.setAttribute("stroke-dasharray", back ? "9 5" : "none");
      if (wire === "bus") continue;
      line.setAttribute(back ? "marker-start" : "marker-end", "url(#tip)");
      line.removeAttribute(back ? "marker-end" : "marker-start");
    }
    for (const [wire, label] of Object.entries(labels))
      label.textContent = `${film.names[wire][+back].trim()} ${written(now[wire][unit], lang)}`;
    const letter = film.letters[t] === undefined ? "" : ` · ${words.reads} ${film.letters[t]}`;
    title.textContent = fill(words.title, { t: t + 1, T, unit: unit + 1, H }) + letter;
    time.shown.textContent = `${t + 1} / ${T}`;
    const said = `${title.textContent}. ` + Object.keys(labels).map(w => labels[w].textContent).join("; ");
    svg.setAttribute("aria-label", said);
    clearTimeout(resting);
    resting = setTimeout(() => { voice.textContent = said; }, 600);
  }
  show();
  return () => clearTimeout(resting);
}

function drawGate(film, el) {
  const home = make(el, "div", { class: "lstm-machine", lang: film.lang, role: "group" });
  const now = { ...film.start }, bar = make(home, "div", { class: "bar" }), hands = {};
  for (const name of Object.keys(now))
    hands[name] = range(bar, name, name === "h" ? -1 : -4, name === "h" ? 1 : 4, 0.1, now[name], v => { now[name] = v; show(); });
  make(bar, "button", { type: "button" }, film.words.reset).addEventListener("click", () => {
    Object.assign(now, film.start);
    for (const name of Object.keys(now)) hands[name].input.value = now[name];
    show();
  });
  const svg = make(home, "svg", { viewBox: "0 0 800 300", role: "img" });
  const at = (a, y) => [40 + (Math.max(-8, Math.min(8, a)) + 8) / 16 * 740, 260 - 200 * y];
  for (const y of [0, 0.5, 1]) {
    make(svg, "path", { d: `M40 ${at(0, y)[1]}H780`, stroke: "#ddd", "stroke-width": 1.5 });
    make(svg, "text", { x: 34, y: at(0, y)[1] + 6, "text-anchor": "end", "font-size": 18 }, written(y, film.lang));
  }
  for (let a = -8; a <= 8; a += 4) make(svg, "text", { x: at(a, 0)[0], y: 286, "text-anchor": "middle", "font-size": 18 }, written(a, film.lang));
  const curve = [...Array(161).keys()].map(k => at(-8 + k / 10, sigma(-8 + k / 10)).join(" ")).join("L");
  make(svg, "path", { d: "M" + curve, fill: "none", stroke: film.colours.f, "stroke-width": 4 });
  const drop = make(svg, "path", { stroke: "#111", "stroke-width": 2, "stroke-dasharray": "3 5", fill: "none" });
  const dot = make(svg, "circle", { r: 10, fill: film.colours.f });
  const title = make(svg, "text", { x: 400, y: 26, "text-anchor": "middle", "font-size": 19, "font-weight": 700 });
  const voice = make(home, "div", { role: "status", "aria-live": "polite", class: "lstm-voice" });
  let resting;
  function show() {
    const a = now.W_h * now.h + now.W_x * now.x + now.b, f = sigma(a), [x, y] = at(a, f);
    for (const name of Object.keys(now)) hands[name].shown.textContent = written(now[name], film.lang);
    dot.setAttribute("cx", x);
    dot.setAttribute("cy", y);
    drop.setAttribute("d", `M${x} 260V${y}H40`);
    title.textContent = fill(film.words.says, { a: written(a, film.lang, 3), f: written(f, film.lang, 3),
      life: written(f <= 0 ? 0 : f >= 1 ? Infinity : -1 / Math.log2(f), film.lang, 3) });
    svg.setAttribute("aria-label", title.textContent);
    clearTimeout(resting);
    resting = setTimeout(() => { voice.textContent = title.textContent; }, 600);
  }
  show();
  return () => clearTimeout(resting);
}

// On a page without a kernel: the machine in the place of its still, on a model that only holds its film.
function alone(machine, place) {
  const el = document.getElementById(place), film = JSON.parse(document.getElementById(place + "-film").textContent);
  el.replaceChildren();
  machine.render({ el, model: { get: () => film, set() {}, on() {}, save_changes() {} } });
}

export default {
  run,
  render({ model, el }) {
    const film = model.get("film");
    return film.view === "gate" ? drawGate(film, el) : drawCell(film, el);
  },
};
