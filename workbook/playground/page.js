/* What the playground shows, and what hands can do: it lets an LSTM and an RNN learn from the same batches, draws them
   a few times a second, and speaks seldom.                                                                        */
"use strict";

(() => {
  const { language, words, tasks } = JSON.parse(document.getElementById("words").textContent);
  const B = 16, EXAM = 200, EVERY = 25, KINDS = { LSTM: "c", RNN: "h" };   // a cell has the colour of its memory
  const $ = id => document.getElementById(id);
  const say = (key, values = {}) => words[key].replace(/{(\w+)}/g, (_, name) => values[name]);
  const percent = p => language === "fr" ? `${Math.round(100 * p)}\u00a0%` : `${Math.round(100 * p)}%`;
  let lesson, held = {}, running = false, shown = 0;

  function number(v, digits = 2) {
    if (!Number.isFinite(v)) return "?";
    const text = (Math.abs(v) >= 0.5 * 10 ** -digits ? v.toFixed(digits) : (0).toFixed(digits)).replace("-", "−");
    return language === "fr" ? text.replace(".", ",") : text;
  }

  function power(v) {                                        // 0.0021 as 2·10⁻³; what has vanished altogether as 0
    if (!(v > 0)) return say("nothing");
    const ten = Math.floor(Math.log10(v));
    return ten > -3 && ten < 3 ? number(v, 3) : `${number(v / 10 ** ten, 1)}·10${raised(ten)}`;
  }
  const raised = n => String(n).replace(/./g, digit => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(digit)]);

  // --- the lesson: two networks, one stream of batches ------------------------------------------------------

  function start(setting = {}) {
    const about = tasks.find(task => task.id === document.forms.hands.task.value), task = Tasks[about.id]();
    const seed = $("seed").valueAsNumber || 0, H = +$("H").value, bias = +$("bias").value;
    pause();
    lesson = {
      about, task, updates: 0, draw: Engine.random(seed + 1000), exam: task.draw(Engine.random(99991), EXAM),
      film: task.draw(Engine.random(77), B),
      nets: [Engine.LSTM, Engine.RNN].map(cell => {
        const model = Engine.model(cell, task.D, H, task.K, seed, bias);
        const update = Engine.adam(model.params, about.rate);
        return { model, update, losses: [], held: cell === Engine.LSTM ? held : {} };
      }),
    };
    lesson.level = task.K > 1 ? [Math.log(task.K), 1 / task.K] : [spread(lesson.exam) / 2, 0];
    $("asked").textContent = about.text;
    $("rests").textContent = say("rests", { n: about.updates });
    $("measure").textContent = words[task.K > 1 ? "accuracy" : "r2"];
    $("level").firstElementChild.textContent = words[task.K > 1 ? "chance" : "constant"];
    tell(setting.said ?? say("fresh", { n: seed }));
    score();
    draw();
  }

  /* The variance of the targets: what the best constant answer is wrong by. */
  function spread({ target }) {
    const all = target.flatMap(row => [...row]), mean = all.reduce((a, v) => a + v) / all.length;
    return all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / all.length;
  }

  function update() {
    const { task, nets, draw } = lesson, batch = task.draw(draw, B);
    for (const net of nets) net.losses.push(Engine.learn(net.model, net.update, batch, task.loss, net.held));
    lesson.updates++;
    if (lesson.updates % EVERY === 0) score();
    if (lesson.updates % 200 === 0) tell(state());
  }

  function score() {
    const { task, nets, exam } = lesson;
    for (const net of nets) net.score = task.score(Engine.forward(net.model, exam, net.held).y, exam);
  }

  const state = () => {
    const [lstm, rnn] = lesson.nets.map(net => net.losses.length ? number(recent(net.losses), 3) : "–");
    return say("state", { n: lesson.updates, lstm, rnn, chance: $("level").firstElementChild.textContent,
                          level: number(lesson.level[0], 3) });
  };
  const recent = losses => losses.slice(-20).reduce((a, v) => a + v, 0) / Math.min(20, losses.length);
  const tell = text => $("status").textContent = text;

  // --- running: as many updates as fit between two frames, then a look --------------------------------------

  function run() {
    const stop = lesson.updates + lesson.about.updates;
    let drawn = performance.now(), since = lesson.updates;
    running = true;
    $("run").textContent = words.pause;
    tell(words.running);
    requestAnimationFrame(function frame() {
      if (!running) return;
      const now = performance.now();
      do update(); while (lesson.updates < stop && performance.now() < now + 30);
      if (lesson.updates === stop) return rest();
      if (now > drawn + 400) {
        const rate = Math.round((lesson.updates - since) / (now - drawn) * 1000);
        $("speed").textContent = `(${say("speed", { n: rate })})`;
        [drawn, since] = [now, lesson.updates];
        draw();
      }
      requestAnimationFrame(frame);
    });
  }

  function pause() {
    running = false;
    $("run").textContent = words.run;
    $("speed").textContent = "";
  }

  function rest() {
    pause();
    score();
    draw();
    tell(`${words.paused} ${state()}`);
  }

  // --- charts, as SVG: {label, kind, points: [[x, y] …]} over axes; y is an exponent of ten if log ----------

  function chart(home, { lines, x, y, log, level, xlabel, words: spoken }) {
    const wide = Math.max(260, home.clientWidth), high = 230, left = 52, right = 12, top = 26, base = high - 44;
    const across = v => left + (v - x[0]) / (x[1] - x[0] || 1) * (wide - left - right);
    const up = v => base - (Math.min(Math.max(v, y[0]), y[1]) - y[0]) / (y[1] - y[0]) * (base - top);
    const mark = v => log ? `10${raised(v)}` : number(v, y[1] < 0.2 ? 3 : y[1] < 3 ? 2 : 0);
    const grid = ticks(...y, 5).map(v => `<path class="rule" d="M${left} ${up(v)}H${wide - right}"/>
      <text x="${left - 6}" y="${up(v) + 5}" text-anchor="end">${mark(v)}</text>`);
    const feet = ticks(...x, wide / 90).map(v =>
      `<text x="${across(v)}" y="${base + 18}" text-anchor="middle">${v}</text>`);
    const key = lines.map(({ label, kind }, k) => `<path class="line" d="M${left + 100 * k} 12h30" ${ink(kind)}/>
      <text x="${left + 100 * k + 36}" y="17">${label}</text>`);
    const drawn = lines.map(({ kind, points }) => points.length ? `<path class="line" ${ink(kind)} d="M${
      points.map(([a, b]) => `${across(a).toFixed(1)} ${up(b).toFixed(1)}`).join("L")}"/>` : "");
    const floor = level ? `<path class="level" d="M${left} ${up(level[1])}H${wide - right}"/>
      <text x="${wide - right}" y="${up(level[1]) - 6}" text-anchor="end">${level[0]}</text>` : "";
    home.innerHTML = `<svg role="img" viewBox="0 0 ${wide} ${high}">
      ${[...grid, ...feet, ...drawn, ...key].join("")}${floor}
      <text x="${(left + wide - right) / 2}" y="${high - 6}" text-anchor="middle">${xlabel}</text></svg>`;
    home.firstChild.setAttribute("aria-label", spoken);
  }
  const ink = kind => `style="stroke: var(--${kind}); stroke-dasharray: ${{ h: "9 5", wanted: "2 3" }[kind] ?? "none"}"`;

  /* Round numbers, 1, 2 or 5 times a power of ten, at most `most` of them. */
  function ticks(low, high, most) {
    const ten = 10 ** Math.floor(Math.log10((high - low) / most)), count = step => (high - low) / step;
    const step = [1, 2, 5, 10].map(m => m * ten).find(step => count(step) <= most) ?? high - low;
    const first = Math.ceil(low / step - 1e-9), n = Math.floor(high / step + 1e-9) - first;
    return Array.from({ length: n + 1 }, (_, k) => Math.round((first + k) * step * 1e9) / 1e9);
  }

  // --- what is seen -------------------------------------------------------------------------------------------

  function draw() {
    const { nets, updates, film, task } = lesson;
    const traces = nets.map(net => Engine.forward(net.model, film, net.held));
    $("done").textContent = say("done", { n: updates });
    const digits = task.K > 1 ? percent : number;
    for (const { model, losses, score } of nets)
      fill(model.cell.name, losses.length ? number(recent(losses), 3) : "–", digits(score));
    fill("level", number(lesson.level[0], 3), digits(lesson.level[1]));
    drawLoss();
    drawLag(traces);
    drawFilm(traces[0]);
    drawAnswers(traces);
  }

  function fill(id, ...values) {
    $(id).querySelectorAll("td").forEach((cell, k) => cell.textContent = values[k]);
  }

  function drawLoss() {
    const { nets, updates, level } = lesson, chunk = Math.max(5, Math.ceil(updates / 120));
    const lines = nets.map(({ model: { cell: { name } }, losses }) => {
      const points = [];
      for (let k = 0; k + chunk <= losses.length; k += chunk)
        points.push([k + chunk / 2, losses.slice(k, k + chunk).reduce((a, v) => a + v) / chunk]);
      return { label: name, kind: KINDS[name], points };
    });
    const least = Math.max(100, Math.ceil(updates / 100) * 100);
    chart($("loss"), { lines, x: [0, least], y: [0, 1.5 * level[0]], xlabel: words.updates, words: state(),
                       level: [$("level").firstElementChild.textContent, level[0]] });
  }

  /* The error of the last answers alone, and what of it arrives at the memory after each step before. */
  function drawLag(traces) {
    const { nets, film, task } = lesson, T = film.x.length;
    const lines = nets.map(({ model, held }, k) => {
      const { dy } = task.loss(traces[k].y, film);
      dy.slice(0, -1).forEach(row => row.fill(0));
      const sizes = Engine.backward(model, traces[k], dy, held).blamed.map(d => Math.hypot(...d)).reverse();
      const left = sizes.map(size => size / sizes[0]);
      return { label: model.cell.name, kind: KINDS[model.cell.name], left,
               points: left.map((v, lag) => [lag, Math.log10(v)]).filter(([, v]) => Number.isFinite(v)) };
    });
    const [lstm, rnn] = lines.map(({ left }) => power(left[T - 1]));
    chart($("lag"), { lines, x: [0, T - 1], y: [-10, 4], log: true, xlabel: words.lag,
                      words: say("lag_said", { n: T - 1, lstm, rnn }) });
  }

  function drawFilm({ tape }) {
    const { film, task } = lesson, T = tape.length;
    $("marks").innerHTML = task.marks(film, shown).map(letter => `<span>${letter}</span>`).join("");
    for (const kind of "xfioc") {
      const rows = kind === "x" ? task.D : tape[0].c.length / B;
      const at = (t, row) => (kind === "x" ? film.x[t] : tape[t][kind])[row * B + shown];
      const all = Array.from({ length: T * rows }, (_, k) => at(k % T, Math.floor(k / T)));
      const canvas = $("film-" + kind), mean = all.reduce((a, v) => a + v) / all.length;
      paint(canvas, all, T, rows, "fio".includes(kind) ? 1 : Math.max(1, ...all.map(Math.abs)));
      canvas.ariaLabel = say("strip", { name: words[kind], n: T, mean: number(mean), least: number(Math.min(...all)),
                                        most: number(Math.max(...all)) });
      if ("fio".includes(kind))
        $("now-" + kind).textContent = kind in held ? number(held[kind]) : say("mean", { mean: number(mean) });
    }
  }

  /* Numbers as colours: paper at 0, the canvas's own colour at `most`, the ink's at −most. */
  function paint(canvas, values, T, rows, most) {
    const look = getComputedStyle(canvas), rgb = colour => colour.match(/[\d.]+/g).slice(0, 3).map(Number);
    const [full, paper, ink] = [look.color, look.backgroundColor, getComputedStyle(document.body).color].map(rgb);
    const image = new ImageData(T, rows);
    values.forEach((v, k) => {
      const share = Math.min(1, Math.abs(v) / most), towards = v < 0 ? ink : full;
      for (let c = 0; c < 3; c++) image.data[4 * k + c] = paper[c] + share * (towards[c] - paper[c]);
      image.data[4 * k + 3] = 255;
    });
    Object.assign(canvas, { width: T, height: rows });
    canvas.style.height = `${Math.max(22, 6 * rows)}px`;
    canvas.getContext("2d").putImageData(image, 0, 0);
  }

  function drawAnswers(traces) {
    const { nets, film, task } = lesson, T = film.x.length, last = T - 1;
    $("answers").hidden = task.K > 1;
    $("said").hidden = task.K === 1;
    $("answer-note").textContent = words[task.K > 1 ? "answer_note" : "numbers"];
    if (task.K > 1) {
      const right = film.target[last][shown], letters = [..."ABCD"];
      const head = letters.map((letter, k) => `<th scope="col">${letter}${k === right ? " ✓" : ""}</th>`);
      const rows = traces.map(({ y }, n) => {
        const e = letters.map((_, k) => Math.exp(y[last][k * B + shown])), sum = e.reduce((a, v) => a + v);
        const cells = e.map(v => `<td style="--p: ${v / sum}">${percent(v / sum)}</td>`);
        return `<tr class="${"ch"[n]}"><th scope="row">${nets[n].model.cell.name}</th>${cells.join("")}</tr>`;
      });
      $("said").innerHTML = `<table><thead><tr><td></td>${head.join("")}</tr></thead>
        <tbody>${rows.join("")}</tbody></table>`;
      return;
    }
    const line = (label, kind, rows) => ({ label, kind, points: rows.map((row, t) => [t + 1, row[shown]]) });
    const lines = [line(words.wanted, "wanted", film.target), ...traces.map(({ y }, k) =>
      line(nets[k].model.cell.name, "ch"[k], y))];
    const most = Math.max(1, ...film.target.map(row => Math.abs(row[shown])));
    chart($("answers"), { lines, x: [1, T], y: [-most, most], xlabel: words.time, words: lines.map(({ label, points }) =>
      `${label}: ${points.map(([, v]) => number(v, 1)).join(" ")}`).join(". ") });
  }

  // --- hands --------------------------------------------------------------------------------------------------

  function choose() {                                        // the task's own units and bias, all gates free
    const about = tasks.find(task => task.id === document.forms.hands.task.value);
    setUp(about, {});
    $("tries").replaceChildren(...about.tries.map(attempt => {
      const item = document.createElement("li"), button = document.createElement("button");
      item.innerHTML = "<p></p><details><summary></summary><p></p></details>";
      const [ask, see] = item.querySelectorAll("p");
      [ask.textContent, see.textContent] = [attempt.ask, attempt.see];
      item.querySelector("summary").textContent = words.seen;
      Object.assign(button, { type: "button", textContent: words.set_up, onclick() {
        setUp(about, attempt.set);
        start({ said: words.ready });
        $("run").focus();
      } });
      ask.after(button);
      return item;
    }));
    start();
  }

  function setUp(about, set) {
    $("H").value = set.H ?? about.H;
    $("bias").value = set.bias ?? about.bias;
    for (const gate of "fio") {
      $("hold-" + gate).checked = gate in (set.held ?? {});
      $("at-" + gate).value = set.held?.[gate] ?? 1;
    }
    hold();
  }

  function hold() {
    for (const gate of "fio") {
      const holds = $("hold-" + gate).checked;
      $("at-" + gate).disabled = !holds;
      if (holds) held[gate] = $("at-" + gate).valueAsNumber;
      else delete held[gate];
    }
  }

  for (const radio of document.forms.hands.task) radio.onchange = choose;
  for (const id of ["H", "bias", "seed"]) $(id).onchange = () => start();
  for (const gate of "fio")
    $("hold-" + gate).onchange = $("at-" + gate).oninput = () => { hold(); score(); draw(); };
  document.forms.hands.onsubmit = () => false;
  $("run").onclick = () => running ? rest() : run();
  $("step").onclick = () => { pause(); update(); score(); draw(); };
  $("reset").onclick = () => start();
  $("another").onclick = () => { shown = (shown + 1) % B; draw(); };
  matchMedia("(prefers-color-scheme: dark)").onchange = draw;
  new ResizeObserver(() => lesson && !running && draw()).observe($("loss"));
  const asked = [...document.forms.hands.task].find(radio => "#" + radio.value === location.hash);
  (asked ?? document.forms.hands.task[0]).checked = true;
  choose();
})();
