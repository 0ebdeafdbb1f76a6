// The LSTM cell as a machine, and one gate alone. Both compute here, forwards and backwards: so they answer within a frame.
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

const write = (svg, x, y, text = "", at = "middle", weight = 400, size = 18) =>
  make(svg, "text", { x, y, "text-anchor": at, "font-size": size, "font-weight": weight }, text);

// A name, its index set low: a_f.
function name(node, words) {
  const [letter, low] = words.split("_");
  tell(node, letter);
  if (low) make(node, "tspan", { dy: ".25em", "font-size": "80%" }, low);
}

// A number as the course writes it: so many digits, no needless zeros; powers of ten where it is very small or large.
function written(v, lang, digits = 2) {
  if (!Number.isFinite(v)) return v > 0 ? "∞" : "−∞";
  const size = v ? Math.floor(Math.log10(Math.abs(v))) : 0, [mantissa, power] = v.toExponential(digits - 1).split("e");
  const raised = [...power.replace("+", "")].map(sign => sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign]).join("");
  const plain = v.toFixed(Math.max(0, digits - 1 - size)), short = plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain;
  const text = size > -5 && size < 7 ? short : `${mantissa}×10${raised}`;
  return (lang === "fr" ? text.replace(".", ",") : text).replace("-", "−");
}

// A machine: a sheet to draw on in its skin. m.paint(colours) draws it, and returns the same in words.
function machine(film, el, height, start) {
  const m = skin(el, film.words, film.lang, start, "lstm-machine"), failed = make(m.picture, "p");
  m.svg = make(m.picture, "svg", { viewBox: `0 0 800 ${height}`, role: "img" });
  m.read = (v, digits) => written(v, film.lang, digits);
  m.draw = () => {
    let said;
    failed.textContent = "";
    try {
      said = m.paint(m.now.lecture ? film.dark : film.colours);
    } catch (error) {                                 // said where it is seen, and on the console, where tests look
      failed.textContent = said = fill(m.say.failed, { kind: error.name, error: error.message });
      console.error(error);
    }
    set(m.svg, { "aria-label": said, style: failed.textContent ? "display: none" : "" });
    return said;
  };
  return m;
}

// --- the cell ------------------------------------------------------------------------------------------------------
const HELD = ["f", "i", "o"];

function arrowhead([x1, y1], [x2, y2], wide) {          // where the line ends, and the head before it
  const long = Math.hypot(x2 - x1, y2 - y1), u = (x2 - x1) / long, v = (y2 - y1) / long, size = 6 + 3 * wide;
  const [x, y] = [x2 - size * u, y2 - size * v], side = 2.2 * wide;
  return [[x, y], `M${x - side * v} ${y + side * u}L${x2} ${y2}L${x + side * v} ${y - side * u}z`];
}

function drawCell(film, el) {
  const T = film.x.length, H = film.b[0].length;
  const m = machine(film, el, 480, { t: film.t, unit: film.unit, back: false, playing: false, f: null, i: null, o: null });
  const { now, say, svg } = m, bar = m.bar(), gates = m.bar();
  let pinned = "{}", data = run(film);
  const computed = () => {                            // once for each set of pinned gates
    const pins = Object.fromEntries(HELD.filter(gate => now[gate] !== null).map(gate => [gate, now[gate]]));
    if (pinned !== JSON.stringify(pins)) [pinned, data] = [JSON.stringify(pins), run(film, pins)];
    return data;
  };

  const step = by => m.change({ t: Math.min(T - 1, Math.max(0, now.t + by)) });
  m.button(bar, say.back, () => step(-1), "◀");
  m.button(bar, say.on, () => step(1), "▶");
  m.range(bar, say.step, [0, T - 1, 1], () => now.t, t => ({ t }), { read: t => `${t + 1} / ${T}` });
  const ends = () => now.back ? [T - 1, 0] : [0, T - 1];                          // a gradient flows back
  m.play(bar, 700, ends, () => now.t, t => ({ t }));
  if (H > 1) m.choice(bar, say.unit, [...Array(H).keys()].map(k => k + 1), () => now.unit, unit => ({ unit }));
  m.toggle(bar, say.gradient, () => now.back, back => ({ back }));
  for (const gate of HELD) {
    const pair = make(gates, "span", { class: "pair" }), value = () => computed().values[now.t][gate][now.unit];
    m.toggle(pair, fill(say.pin, { gate }), () => now[gate] !== null, pin => ({ [gate]: pin ? value() : null }));
    m.range(pair, gate, [0, 1, 0.05], value, v => ({ [gate]: v }), { sign: "" });
  }

  const [x, y, width, height] = film.frame;
  make(svg, "rect", { x, y, width, height, fill: "none", stroke: "#BBBBBB", "stroke-width": 2 });
  const wires = Object.entries(film.wires).map(([wire, [kind, corners, place]]) => ({
    wire, kind, corners, line: make(svg, "path", { fill: "none" }), tip: wire === "bus" ? null : make(svg, "path"),
    label: place && write(svg, place[0], place[1], "", place[2], 700, 17),
    under: place?.[3] && write(svg, place[0], place[1] + place[3], "", place[2], 700, 17) }));
  for (const [x, y, sign] of film.nodes) {
    const wide = "×+".includes(sign) ? 36 : 54;
    make(svg, "rect", { x: x - wide / 2, y: y - 18, width: wide, height: 36, fill: "#fff", stroke: "#111", "stroke-width": 2 });
    write(svg, x, y + 7, sign, "middle", 400, sign === "tanh" ? 18 : 20);
  }
  const title = write(svg, 400, 24, "", "middle", 700);

  m.paint = colours => {
    const carried = (now.back ? computed().blames : computed().values)[now.t];
    const said = [];
    for (const { wire, kind, corners, line, tip, label, under } of wires) {
      const wide = 2 + 6 * Math.min(1, Math.abs(carried[wire]?.[now.unit] ?? 0)), way = now.back ? [...corners].reverse() : [...corners];
      const colour = colours[now.back ? "grad" : kind], [neck, head] = arrowhead(...way.slice(-2), Math.min(wide, 4));
      if (tip) way.splice(-1, 1, neck);
      set(line, { d: "M" + way.map(at => at.join(" ")).join("L"), stroke: colour, "stroke-width": wide,
        "stroke-dasharray": (now.back ? "9 5" : film.dashes[kind]) || "none" });
      if (tip) set(tip, { d: head, fill: colour });
      if (!label) continue;
      const what = film.names[wire][+now.back], value = m.read(carried[wire][now.unit]);
      said.push(`${what} ${value}`);
      name(label, under ? what : said.at(-1));
      if (under) tell(under, value);
    }
    const letter = film.letters[now.t] === undefined ? "" : ` · ${say.reads} ${film.letters[now.t]}`;
    tell(title, fill(say.title, { t: now.t + 1, T, unit: now.unit + 1, H }) + letter);
    return `${title.textContent}. ${said.join(say.and)}.`;
  };
  return m.start(gates);
}

// --- one gate ------------------------------------------------------------------------------------------------------
function drawGate(film, el) {
  const m = machine(film, el, 320, film.start), { now, say, svg } = m, bar = m.bar();
  for (const name of Object.keys(film.start)) {
    const far = name === "h" ? 1 : 4;
    m.range(bar, name, [-far, far, 0.1], () => now[name], v => ({ [name]: v }));
  }
  const [left, top, wide, high] = film.panel, base = top + high;
  const at = (a, f) => [left + (Math.max(-8, Math.min(8, a)) + 8) / 16 * wide, base - high * f];
  for (const f of [0, 0.5, 1]) {
    make(svg, "path", { d: `M${left} ${at(0, f)[1]}h${wide}`, stroke: "#ddd", "stroke-width": 1.2 });
    write(svg, left - 8, at(0, f)[1] + 6, m.read(f), "end");
  }
  for (const a of [-8, -4, 0, 4, 8]) {
    make(svg, "path", { d: `M${at(a, 0)[0]} ${base}v6`, stroke: "#111", "stroke-width": 1.5 });
    write(svg, at(a, 0)[0], base + 23, m.read(a));
  }
  make(svg, "path", { d: `M${left} ${base}h${wide}`, stroke: "#111", "stroke-width": 1.5 });
  write(svg, left + wide / 2, base + 47, "a");
  write(svg, left, top - 15, "f = σ(a)", "start");
  const points = [...Array(161).keys()].map(k => at(k / 10 - 8, sigma(k / 10 - 8)).join(" "));
  const curve = make(svg, "path", { d: "M" + points.join("L"), fill: "none" });
  const drop = make(svg, "path", { stroke: "#111", "stroke-width": 2, "stroke-dasharray": "3 5", fill: "none" });
  const dot = make(svg, "circle", { r: 10 }), title = write(svg, 400, 24, "", "middle", 700);
  m.paint = colours => {
    const a = now.W_h * now.h + now.W_x * now.x + now.b, f = sigma(a), [x, y] = at(a, f);
    const life = f <= 0 ? 0 : f >= 1 ? Infinity : -1 / Math.log2(f);
    set(curve, { stroke: colours.f, "stroke-width": now.lecture ? 6 : 4 });
    set(dot, { cx: x, cy: y, fill: colours.f });
    set(drop, { d: `M${x} ${base}V${y}H${left}` });
    return title.textContent = fill(say.says, { a: m.read(a, 3), f: m.read(f, 3), life: m.read(life, 3) });
  };
  return m.start(m.bar());
}

// On a page without a kernel: the machine in the place of its still, on a model that only holds its film.
function alone(shown) {
  const el = document.querySelector(".lstm-alone:not(.awake)"), film = JSON.parse(el.querySelector("script").textContent);
  el.classList.add("awake");
  el.replaceChildren();
  shown.render({ el, model: { get: () => film } });
}

export default {
  ...keeper,
  run,
  written,
  render({ model, el }) {
    const film = model.get("film");
    return film.view === "gate" ? drawGate(film, el) : drawCell(film, el);
  },
};
