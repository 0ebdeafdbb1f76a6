// A page of the site: light or dark, search, the same place in the other language. It works from a folder, too.
// Before it stands skin.js.
const html = document.documentElement, form = document.querySelector("[role=search]");
const memory = { set(name, value) { try { localStorage.setItem(name, value); } catch {} } };

document.querySelector("#theme").addEventListener("click", () => {
  const dark = html.dataset.theme ? html.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  memory.set("lstm theme", html.dataset.theme = dark ? "light" : "dark");
});

document.querySelector("#forget")?.addEventListener("click", () => {
  try {
    Object.keys(localStorage).filter(name => /^lstm (?!theme)/.test(name)).forEach(name => localStorage.removeItem(name));
  } catch {}
  location.reload();
});

const tongue = document.querySelector("#tongue");                 // it leads to the paragraph that is being read
tongue.addEventListener("click", () => {
  const read = [...document.querySelectorAll("main > [id]")].filter(cell => cell.getBoundingClientRect().top < innerHeight / 3);
  if (scrollY && read.length) tongue.hash = read.at(-1).id;
});

tend(document.querySelector("main").dataset.scrolls);

const box = form.querySelector("input"), list = form.querySelector("ul"), status = form.querySelector("[role=status]");
const folded = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let index;
function load() {
  index ??= new Promise(ready => {
    const script = document.head.appendChild(document.createElement("script"));
    script.onload = () => ready(window.lstmIndex.map(entry => [...entry, folded(entry.slice(2).join(" "))]));
    script.src = "search.js";
  });
  return index;
}
async function find() {
  const words = folded(box.value).split(/\s+/).filter(Boolean), typed = box.value;
  const found = words.length ? (await load()).filter(entry => words.every(word => entry[5].includes(word))) : [];
  if (typed !== box.value) return;                                // more has been typed meanwhile
  const weight = entry => words.filter(word => folded(entry[3]).includes(word)).length;
  const best = found.sort((a, b) => weight(b) - weight(a)).slice(0, 12);
  list.replaceChildren(...best.map(([page, cell, title, heading, text]) => {
    const item = document.createElement("li"), link = item.appendChild(document.createElement("a"));
    const at = Math.max(0, folded(text).indexOf(words[0]) - 40);
    link.href = `${page}#${cell}`;
    link.textContent = heading === title ? title : `${title} › ${heading}`;
    item.append(` ${at ? "… " : ""}${text.slice(at, at + 110)}${text.length > at + 110 ? " …" : ""}`);
    return item;
  }));
  status.textContent = !words.length ? "" : found.length ? form.dataset.found.replace("{n}", found.length) : form.dataset.none;
}
box.addEventListener("focus", load);
box.addEventListener("input", find);
form.addEventListener("submit", event => { event.preventDefault(); list.querySelector("a")?.click(); });
form.addEventListener("keydown", event => { if (event.key === "Escape") { box.value = ""; find(); } });
list.addEventListener("click", () => { box.value = ""; find(); });
