// What moves and what asks, without a kernel: explorer.js and asked.js as in JupyterLab, on a model that has its answers.
// EXPLORER and ASKED are these two.
function modelOf(state) {
  const heard = {};
  const model = {
    widget_manager: {},
    get: name => state[name],
    set: (name, value) => { state[name] = value; },
    on: (event, told) => { (heard[event] ??= []).push(told); },
    fire: event => (heard[event] ?? []).forEach(told => told()),
    put(values) {
      Object.assign(state, values);
      Object.keys(values).forEach(name => model.fire(`change:${name}`));
    },
  };
  return model;
}

async function unpacked(letters) {
  const bytes = Uint8Array.from(atob(letters), letter => letter.charCodeAt());
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

const WAKE = {
  async explorer(el, { frames, sizes, first, ...told }) {
    const { parts, places } = await unpacked(frames);
    const steps = places.map(place => {                                  // back from steps to which part it is
      let which = 0;
      return Array.isArray(place) ? place.map(step => which += step) : place;
    });
    const at = hands => hands.flat().reduce((k, hand, n) => k * sizes[n] + Number(hand), 0);
    const picture = hands => steps.map(place => parts[Array.isArray(place) ? place[at(hands)] : place]).join("");
    const asked = { at: first, lecture: false };
    const model = modelOf({ ...told, first, asked, drawn: asked, picture: picture(first) });
    model.save_changes = () => {
      model.set("picture", picture(model.get("asked").at));
      model.set("drawn", model.get("asked"));
    };
    el.replaceChildren();
    EXPLORER.render({ model, el });
  },

  guess(el, { id, asked, after, number }) {
    const { answer, keep } = prompt(el, id, asked);
    answer(given => {
      const values = number ? judged(number, given, asked) : after[given];
      model(el).put(values);
      if (values.closed) keep([given]);
    });
  },

  quiz(el, { id, title, rows, score, left, solved }) {
    el.replaceChildren();
    el.classList.add("lstm-frame");
    el.appendChild(document.createElement("p")).innerHTML = `<b>${title}</b>`;
    const tried = rows.map(() => []), places = rows.map(() => el.appendChild(document.createElement("div")));
    const told = el.appendChild(document.createElement("div"));
    told.setAttribute("role", "status");
    const add = () => {
      const answered = tried.filter(ids => ids.length).length;
      const first = rows.filter(({ right }, k) => tried[k][0] === right).length;
      const open = rows.map(({ right }, k) => tried[k].includes(right) ? 0 : k + 1).filter(Boolean);
      told.textContent = `${score[answered][first]} ${open.length ? left.replace("{numbers}", open.join(", ")) : solved}`;
    };
    rows.forEach(({ asked, after, right }, k) => {
      const { answer, keep } = prompt(places[k], `${id}-${k}`, asked);
      answer(given => {
        tried[k] = [...tried[k].filter(one => one !== given), given];
        const options = asked.options.map((option, n) => tried[k].includes(n) ? after[n].option : option);
        model(places[k]).put({ options, said: after[given].said, closed: given === right });
        keep(tried[k]);
        add();
      });
    });
    add();
  },
};

// A question in its place. answer(heard): what is given goes there, and at once what was given here before.
const models = new WeakMap(), model = el => models.get(el);
function prompt(el, id, asked) {
  const name = `lstm ${asked.language} ${id}`;
  const made = modelOf({ ...asked });
  let heard;
  made.send = ({ given }) => { made.fire("msg:custom"); heard(given); };
  models.set(el, made);
  el.replaceChildren();
  el.classList.add("lstm-frame");
  ASKED.render({ model: made, el });
  const keep = given => { try { localStorage.setItem(name, JSON.stringify(given)); } catch {} };
  return { keep, answer(told) {
    heard = told;
    let before = [];
    try { before = JSON.parse(localStorage.getItem(name)) ?? []; } catch {}
    before.forEach(told);
  } };
}

// How a number that was typed stands to the answer; questions.compare says it so in JupyterLab.
function judged({ answer, between, traps, told, near, off, verdicts, unreadable }, typed, { box, language }) {
  const text = String(typed).trim(), guess = Number(text.replace(/[\s%]/g, "").replace(",", ".").replace("−", "-") || NaN);
  const escaped = text.replace(/[&<]/g, sign => ({ "&": "&amp;", "<": "&lt;" })[sign]);
  if (Number.isNaN(guess)) return { said: `<p lang="${language}">${unreadable}</p>`, closed: false };
  const say = verdict => ({ said: told.replace("{text}", escaped).replace("{verdict}", verdict), closed: true,
    box: { ...box, value: text } });
  if (between[0] <= guess && guess <= between[1]) return say(near);
  const times = guess * answer > 0 ? Math.max(guess / answer, answer / guess) : 0, far = times >= 2 && times < 1e6;
  const shown = times.toFixed(times < 10 ? 1 : 0).replace(/\.0$/, "").replace(".", language === "fr" ? "," : ".");
  const [trap, way] = traps.toSorted(([a], [b]) => Math.abs(guess - a) - Math.abs(guess - b))[0];
  const caught = Math.abs(guess - trap) <= .02 * Math.abs(trap);
  return say(off.replace("{verdict}", verdicts[2 * far + (guess > answer)].replace("{times}", shown))
    .replace("{way}", caught ? way : ""));
}

for (const el of document.querySelectorAll(".lstm-wakes"))
  WAKE[el.dataset.kind](el, JSON.parse(el.querySelector(":scope > script").textContent));
