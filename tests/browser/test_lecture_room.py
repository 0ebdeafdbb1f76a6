"""The lecture room: hand and picture in one window, upright sliders over their columns, words that stand apart."""
from test_every_explorer import EXPLORERS, lay_out_all

from workbook.ink import SMALLEST

ROOMS = [(1920, 1080), (1366, 768)]
STUDIES = [(1280, 800), (800, 800)]
# What is wrong with an explorer as it stands on the page, in words.
FAULTS = """([id, smallest, projected]) => {
    const home = document.querySelector(`[data-id="${id}"] .lstm-explorer`), found = [];
    const panel = home.closest(".jp-WindowedPanel-outer").getBoundingClientRect();
    const svg = home.querySelector(".lstm-picture svg"), seen = svg.getBoundingClientRect();
    const { width: W, height: H } = svg.viewBox.baseVal, scale = Math.min(seen.width / W, seen.height / H);
    const high = seen.bottom - home.getBoundingClientRect().top;
    if (projected && high > panel.height) found.push(`${high} px high, the window ${panel.height}`);
    const hands = [...home.querySelectorAll(".strip input")], step = scale * 792 / hands.length;
    hands.forEach((hand, k) => {
        const { x, width } = hand.getBoundingClientRect();
        const column = seen.x + (seen.width - scale * W) / 2 + scale * 4 + (k + .5) * step;
        const off = Math.abs(x + width / 2 - column) / step;
        if (off > .5) found.push(`slider ${k + 1} stands ${off} columns from its own`);
    });
    const texts = [...svg.querySelectorAll("text"), ...home.querySelectorAll("label > span, button")]
        .filter(text => text.textContent.trim() && text.getClientRects().length && !text.transform?.baseVal?.length);
    const range = document.createRange(), boxes = texts.map(text => {
        range.selectNodeContents(text);
        const { left, right, top, bottom } = range.getBoundingClientRect(), ink = .2 * (bottom - top);
        return [left, top + ink, right, bottom - ink];
    });
    texts.forEach((text, k) => {
        const px = parseFloat(getComputedStyle(text).fontSize) * (text.ownerSVGElement ? scale : 1);
        if (px < smallest) found.push(`${text.textContent}: ${px} px`);
        for (let j = k + 1; j < texts.length; j++) {
            const [a, b, c, d] = boxes[k], [p, q, r, s] = boxes[j];
            if (Math.min(c, r) > Math.max(a, p) && Math.min(d, s) > Math.max(b, q))
                found.push(`${text.textContent} touches ${texts[j].textContent}`);
        }
    });
    return found;
}"""
TRACKS = """() => [...document.querySelectorAll(".lstm-explorer [type=range]")]
    .map(input => Math.max(input.clientWidth, input.clientHeight))"""


def test_hand_and_picture_share_a_window_and_nothing_touches(lab, chapter):
    lay_out_all(lab)
    notebook = chapter("zz")
    page = notebook.page
    notebook.run_all()
    assert notebook.failures() == []
    for name in EXPLORERS:
        notebook.cell(name).locator(".lstm-picture svg").first.wait_for()

    def look(size, projected):
        page.set_viewport_size(dict(zip(("width", "height"), size)))
        page.wait_for_timeout(400)
        wrong = {name: page.evaluate(FAULTS, [name, SMALLEST - .5, projected]) for name in EXPLORERS}
        assert not any(wrong.values()), (size, projected, {name: told for name, told in wrong.items() if told})
        assert min(page.evaluate(TRACKS)) >= 80

    for size in STUDIES:
        look(size, False)
    for name in EXPLORERS:
        notebook.cell(name).locator("button[aria-pressed]").last.click()
    for files in ("as they are", "hidden"):
        if files == "hidden":
            notebook._js("await app.commands.execute('application:toggle-left-area')")
        for size in ROOMS:
            look(size, True)
            notebook.shot(f"lecture-{size[0]}-{files.split()[0]}", notebook.cell("two_unit_rnn"))
