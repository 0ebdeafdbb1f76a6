// A page for Node, as far as the course's scripts ask for one: what they write is read, what they listen to is fired.
class Element {
  constructor(tag) { Object.assign(this, { tag, children: [], attributes: {}, heard: {}, inside: {}, dataset: {}, style: {} }); }
  classList = { add() {}, toggle() {} };
  set textContent(text) { this.children = []; this.html = text; }
  get textContent() { return this.html?.replace(/<[^>]*>/g, "") ?? this.children.map(child => child.textContent).join(""); }
  set innerHTML(html) { this.html = html; }
  get innerHTML() { return this.html ?? ""; }
  get firstChild() { return this.querySelector("first"); }
  get firstElementChild() { return this.querySelector("first"); }
  appendChild(child) { this.children.push(child); return child; }
  append(...children) { this.children.push(...children); }
  replaceChildren(...children) { this.children = children; }
  setAttribute(name, value) { this.attributes[name] = String(value); }
  getAttribute(name) { return this.attributes[name] ?? null; }
  addEventListener(event, told) { (this.heard[event] ??= []).push(told); }
  fire(event, more = {}) { this.heard[event]?.forEach(told => told({ target: this, stopPropagation() {}, ...more })); }
  all(tag) { return this.children.flatMap(child => [...(child.tag === tag ? [child] : []), ...child.all?.(tag) ?? []]); }
  closest() { return null; }
  querySelector(what) { return this.inside[what] ??= new Element(what); }            // whatever is sought is there,
  querySelectorAll(what) { return [0, 1].map(k => this.querySelector(`${what} ${k}`)); }       // a list of it twice
  set src(_) { queueMicrotask(() => this.onload()); }
  after() {}
  focus() {}
  getContext() { return { putImageData() {} }; }
}
const root = new Element("html"), location = { hash: "" }, innerHeight = 900, kept = {}, woken = [], window = {};
const document = { documentElement: root, head: root, body: root, forms: { hands: {} }, createElement: tag => new Element(tag),
  getElementById: id => root.querySelector("#" + id), querySelector: what => root.querySelector(what), querySelectorAll: () => woken };
const MutationObserver = class { observe() {} }, ResizeObserver = MutationObserver, setTimeout = () => 0, clearTimeout = setTimeout;
const localStorage = { getItem: name => kept[name] ?? null, setItem: (name, value) => { kept[name] = value; } };
const matchMedia = () => ({}), getComputedStyle = () => ({ color: "rgb(0, 0, 0)", backgroundColor: "rgb(255, 255, 255)" });
const ImageData = class { constructor(wide, high) { this.data = new Uint8Array(4 * wide * high); } };
