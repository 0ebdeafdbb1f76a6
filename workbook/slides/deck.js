// A deck: each slide is as large as it has room, a text as large as the longest line allows.
const fit = new ResizeObserver(seen => seen.forEach(({ target: { offsetWidth, offsetHeight, classList, style } }) => {
  const most = classList.contains("markdown") ? 1.24 : 1.5;
  style.transform = `translate(-50%, -50%) scale(${Math.min(most, 1240 / offsetWidth, 664 / offsetHeight) || 1})`;
}));
document.querySelectorAll(".fit").forEach(box => fit.observe(box));
Reveal.initialize({ width: 1280, height: 720, margin: 0, center: false, hash: true, slideNumber: "c/t", transition: "none",
  help: true, plugins: [RevealNotes] });
