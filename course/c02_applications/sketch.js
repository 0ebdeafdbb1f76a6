// A sheet of n × n squares to draw on: mouse, finger or keys (arrows move, the space bar inks, Delete clears).
// get() -> what is drawn, put(v) -> what it becomes: n·n times 0 or 1. Returns what draws it anew.
export default function sketch(el, { n, label, clear }, get, put) {
  const size = 256, ink = size / n, sheet = document.createElement("canvas"), button = document.createElement("button");
  sheet.width = sheet.height = size;
  sheet.tabIndex = 0;
  sheet.setAttribute("role", "img");
  sheet.setAttribute("aria-label", label);
  button.type = "button";
  button.textContent = clear;
  el.append(sheet, button);
  const brush = sheet.getContext("2d");
  let squares = [], last = null, at = [n >> 1, n >> 1], keyed = false;

  const show = () => {
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, size, size);
    brush.fillStyle = "#111";
    squares.forEach((on, k) => { if (on) brush.fillRect((k % n) * ink, Math.floor(k / n) * ink, ink, ink); });
    if (keyed) {
      brush.strokeStyle = "#D55E00";
      brush.lineWidth = 2;
      brush.strokeRect(at[0] * ink - 1, at[1] * ink - 1, ink + 2, ink + 2);
    }
  };
  const dot = (x, y, r = 1.9) => {
    for (let j = Math.max(0, Math.floor(y - r)); j <= Math.min(n - 1, y + r); j++)
      for (let i = Math.max(0, Math.floor(x - r)); i <= Math.min(n - 1, x + r); i++)
        if ((i + .5 - x) ** 2 + (j + .5 - y) ** 2 <= r * r) squares[j * n + i] = true;
  };
  const stroke = (x, y) => {
    const [u, v] = last || [x, y], steps = Math.ceil(2 * Math.hypot(x - u, y - v)) || 1;
    for (let k = 0; k <= steps; k++) dot(u + (x - u) * k / steps, v + (y - v) * k / steps);
    last = [x, y];
    show();
  };
  const send = () => put(squares.map(on => on ? "1" : "0").join(""));
  const place = e => {
    const box = sheet.getBoundingClientRect();
    return [(e.clientX - box.left) / box.width * n, (e.clientY - box.top) / box.height * n];
  };
  sheet.addEventListener("pointerdown", e => {
    sheet.setPointerCapture(e.pointerId);
    keyed = false;
    last = null;
    stroke(...place(e));
  });
  sheet.addEventListener("pointermove", e => { if (last && e.buttons) stroke(...place(e)); });
  for (const end of ["pointerup", "pointercancel"])
    sheet.addEventListener(end, () => { if (last) { last = null; send(); } });
  sheet.addEventListener("keydown", e => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (!way && ![" ", "Delete", "Backspace"].includes(e.key)) return;
    e.preventDefault();
    keyed = true;
    if (way) at = at.map((p, k) => Math.max(0, Math.min(n - 1, p + way[k])));
    else if (e.key === " ") dot(at[0] + .5, at[1] + .5);
    else squares.fill(false);
    show();
    if (!way) send();
  });
  button.addEventListener("click", () => { squares.fill(false); send(); });
  return () => { if (!last) { squares = [...get()].map(c => c === "1"); show(); } };
}
