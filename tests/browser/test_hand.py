"""The hand on every kind of control: keys, small windows, zoom, focus, contrast; a kernel that is busy, or gone."""
import io

import nbformat
import pytest
from PIL import Image

CELLS = {"slider": "explorers.forget_gate()", "many": "explorers.gradient_flow()", "choice": "explorers.two_unit_rnn()",
         "upright": "explorers.forget_by_hand()", "film": "explorers.flow_order()",
         "line": "text_input(lambda line: f'{len(line)} letters', 'four', 'your sentence')",
         "sheet": "explore(lambda drawn: Note(drawn), drawn=sketch('01' * 512, 'a sheet'))",
         "gate": "single_gate()", "cell": "cell_diagram()",
         "still": "display(explorers.forget_gate().still)",
         "printed": "print('word ' * 60)\nHTML('<a href=\"#\">a link</a><details><summary>more</summary></details>'"
                    " '<table><tr>' + '<td>cells of a table' * 40)",
         "busy": "import time; time.sleep(5)"}
MOVING = [name for name in CELLS if name not in ("still", "printed", "busy")]
IMPORTS = """from IPython.display import HTML
from workbook import cell_diagram, explorers, single_gate, speak
from workbook.widgets import Note, explore, text_input
from course.c02_applications.inputs import sketch
speak({language!r})"""
WINDOWS = [("Light", 1280), ("Light", 800), ("Dark", 800), ("Dark", 400), ("Light", 400),
           ("Light", 640)]                                                    # a page zoomed twice is half as wide
PROBE = """() => {
  const faults = [], shown = node => node.getBoundingClientRect();
  for (const home of document.querySelectorAll(".lstm-explorer")) {
    const name = home.closest("[data-id]").dataset.id;
    const say = (what, node) => faults.push(`${name}: ${what} ${node?.ariaLabel ?? ""}`);
    const room = shown(home.closest(".jp-OutputArea-output")), wide = home.querySelector(".wide");
    if (shown(home).right > room.right + 1) say("wider than its room", home);
    for (const hand of home.querySelectorAll("button, select, input, canvas")) {
      const { width, height, right } = shown(hand);
      if (Math.max(width, height) < (hand.type === "range" ? 80 : 18)) say(`${width} × ${height}`, hand);
      if (!wide.contains(hand) && right > room.right + 1) say("out of the window", hand);
    }
    const labels = [...home.querySelectorAll(".strip span:first-child")].map(shown);
    labels.slice(1).forEach((label, k) => { if (label.left < labels[k].right) say("labels collide"); });
    for (const text of home.querySelectorAll("svg text")) {
      const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
      if (size < 13) say(`type of ${size} px: ${text.textContent}`);
    }
  }
  for (const node of document.querySelectorAll(".lstm-explorer [title=null], .lstm-explorer [tabbable]"))
    faults.push("null");
  if (shown(document.querySelector("[data-id=still] img")).width < 13 * 800 / 18) faults.push("a still is too small");
  for (const box of document.querySelectorAll(".jp-OutputArea-output, .jp-OutputArea-output :not(input)")) {
    const scrolls = /auto|scroll/.test(getComputedStyle(box).overflowX), over = box.scrollWidth > box.clientWidth + 1;
    const named = box.tabIndex === 0 && box.role === "group" && box.ariaLabel;
    if (over && !scrolls && box.matches(".jp-OutputArea-output")) faults.push("cut: " + box.className);
    if (over && scrolls && !named) faults.push("scrolls without a name: " + box.className);
    if (!(over && scrolls) && box.matches("[role=group][tabindex]")) faults.push("a stop for nothing " + box.className);
  }
  return faults;
}"""
STOP = "[role=group][tabindex]"                  # what scrolls
BROKEN = """() => {                 // words of which one part stands at the end of a line and the other on the next
  const text = document.querySelector("[data-id=printed] pre").firstChild, range = document.createRange();
  return [...text.data.matchAll(/\\w+/g)].filter(({ index, 0: word }) => {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return range.getClientRects().length > 1;
  }).length;
}"""
RING = """() => {
  const node = document.activeElement, style = getComputedStyle(node);
  let behind = node.parentElement;
  while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
  return [style.outlineStyle, style.outlineWidth, style.outlineColor, getComputedStyle(behind).backgroundColor];
}"""


english = pytest.mark.parametrize("lab", ["en"], indirect=True, scope="session")


@pytest.fixture
def gallery(lab, chapter):
    """A notebook of every kind of control, which has been run; `.cell` has named each of its cells."""
    first = {"imports": IMPORTS.format(language=lab.language)}
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source, id=name) for name, source in (first | CELLS).items()],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    nbformat.write(book, lab.work / lab.language / "zh-hand.ipynb")
    notebook = chapter("zh")
    for name in [*first, *CELLS]:
        notebook.cell(name)
    notebook._js("""panel.content.activeCellIndex = cells.indexOf(cell("busy"));
                    await app.commands.execute("notebook:run-all-above")""")
    assert notebook.failures() == []
    notebook.page.wait_for_function("n => document.querySelectorAll('.lstm-explorer .lstm-picture > *').length >= n",
                                    arg=len(MOVING))
    return notebook


def luminance(colour):
    """Of rgb from 0 to 255, as WCAG 2 defines it."""
    linear = [v / 12.92 if v <= .04045 else ((v + .055) / 1.055) ** 2.4 for v in (c / 255 for c in colour)]
    return sum(k * v for k, v in zip((.2126, .7152, .0722), linear))


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + .05) / (dark + .05)


def rgb(css):
    return [float(v) for v in css[css.index("(") + 1:-1].split(",")[:3]]


def hands(cell):
    """Every control of a cell that can take the focus."""
    return cell.locator(".lstm-explorer :is(button, select, input, canvas)").all()


@english
def test_no_key_reaches_the_notebook(gallery):
    page, before = gallery.page, gallery._js("return cells.map(cell => cell.model.toJSON().cell_type)")
    keys = [*"abcdefghijklmnopqrstuvwxyz0123456789", "d", "d", "Delete", "Backspace", "Shift+M", "Shift+ArrowDown",
            "Control+a", "Control+Backspace", "Control+Shift+ArrowUp", "Alt+Enter", "Escape"]
    for name in MOVING:
        kinds = {hand.evaluate("hand => hand.tagName + hand.type"): hand for hand in hands(gallery.cell(name))}
        for kind, hand in kinds.items():
            hand.focus()
            active = gallery._js("return panel.content.activeCellIndex")
            for key in keys + ["Control+z"] * (kind == "INPUTtext"):            # elsewhere it is the browser's
                page.keyboard.press(key)
            assert gallery._js("return cells.map(cell => cell.model.toJSON().cell_type)") == before, (name, kind)
            assert gallery._js("return panel.content.activeCellIndex") == active, (name, kind)
            assert gallery._js("return panel.content.selectedCells?.length ?? panel.content.widgets.filter("
                               "cell => panel.content.isSelected(cell)).length") <= 1, (name, kind)
    select = gallery.cell("many").locator("select")
    select.focus()
    page.keyboard.press("r")                                     # a letter picks
    assert select.evaluate("select => select.selectedOptions[0].text") == "ReLU"
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    run = gallery._js("return cell('many').model.executionCount")
    page.keyboard.press("Shift+Enter")
    page.wait_for_function("run => window.jupyterapp.shell.currentWidget.content.widgets.find(cell => "
                           "cell.model.id === 'many').model.executionCount > run", arg=run)


def test_every_control_is_usable_and_every_word_is_read_in_any_window(gallery):
    page = gallery.page
    for theme, width in WINDOWS:
        gallery.theme(theme)
        page.set_viewport_size({"width": width, "height": 900})
        if width == 400:
            gallery._js("app.shell.collapseLeft()")                                  # nothing fits beside it
            gallery.run("still")                                                     # what comes later is named, too
        for _ in range(10):                                  # a busy page tends its boxes a little later
            page.wait_for_timeout(500)
            if not (faults := page.evaluate(PROBE)):
                break
        assert faults == [], (theme, width)
        assert page.evaluate(BROKEN) == 0, (theme, width)
        gallery.shot(f"hand-{width}-{theme}", gallery.cell("many"))
        gallery.shot(f"hand-upright-{width}-{theme}", gallery.cell("upright"))
    still = gallery.cell("still").locator(STOP)
    still.focus()
    active = gallery._js("return panel.content.activeCellIndex")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=still.element_handle())
    assert gallery._js("return panel.content.activeCellIndex") == active


@english
def test_the_number_beside_a_slider_is_the_picture_s(gallery):
    """It cannot be typed over; what is seen, spoken and drawn is one number, and Reset takes all three back."""
    cell = gallery.cell("slider")
    hand, value, picture = cell.get_by_role("slider"), cell.locator(".value"), cell.locator(".lstm-picture")
    first, start = picture.inner_html(), value.inner_text()
    value.click()
    gallery.page.keyboard.type("0.99")
    assert value.inner_text() == hand.get_attribute("aria-valuetext")
    assert gallery.page.locator(".lstm-explorer [contenteditable]").count() == 0
    hand.press("End")
    hand.press("ArrowLeft")
    shown = hand.get_attribute("aria-valuetext")
    assert shown == value.inner_text() != start
    picture.get_by_text(f"f = {shown} ").first.wait_for()
    cell.locator(".lstm-explorer button").first.click()
    gallery.page.wait_for_function("([node, first]) => node.innerHTML === first", arg=[picture.element_handle(), first])
    assert value.inner_text() == hand.get_attribute("aria-valuetext") == start


@english
def test_a_line_says_that_enter_is_needed(gallery):
    cell = gallery.cell("line")
    box, picture = cell.locator("[type=text]"), cell.locator(".lstm-picture")
    enter = cell.locator(".lstm-explorer button").first
    assert "↵" in enter.inner_text() and box.get_attribute("placeholder")
    for answer in (lambda: box.press("Enter"), lambda: box.press("Shift+Enter"), enter.click):
        before = picture.inner_html()
        box.press_sequentially("es")
        answer()
        assert gallery.changed(picture, before)


@english
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_focus_tracks_and_handles_are_seen(gallery, theme):
    page = gallery.page
    gallery.theme(theme)
    page.wait_for_timeout(500)
    printed = gallery.cell("printed")
    printed.locator(STOP).wait_for()
    for name, stops in [("printed", printed.locator(f"a, summary, {STOP}").all())] + [
            (name, hands(gallery.cell(name))) for name in MOVING]:
        assert stops
        for hand in stops:
            page.keyboard.press("Tab")                                          # as who uses the keyboard
            hand.focus()
            look, width, ring, behind = page.evaluate(RING)
            assert (look, width) == ("solid", "3px"), (name, hand)
            assert contrast(rgb(ring), rgb(behind)) >= 3, (name, ring, behind)
    for name in ("slider", "gate"):
        slider = gallery.cell(name).get_by_role("slider").first
        slider.evaluate("slider => slider.blur()")
        picture = Image.open(io.BytesIO(slider.screenshot())).convert("RGB")
        row = [picture.getpixel((x, picture.height // 2)) for x in range(3, picture.width - 3)]
        paper = picture.getpixel((picture.width // 2, 1))
        part = slider.evaluate("slider => (slider.value - slider.min) / (slider.max - slider.min)")
        handle = picture.getpixel((round(10 + part * (picture.width - 20)), picture.height // 2))
        for colour in (row[0], row[-1], handle):
            assert contrast(colour, paper) >= 3, (name, colour, paper)
    pressed = gallery.cell("gate").locator(".lstm-explorer button").last
    assert pressed.get_attribute("aria-pressed") == "false"
    pressed.click()
    assert pressed.get_attribute("aria-pressed") == "true"


def note(cell):
    return cell.locator(".note").inner_text()


@english
def test_a_kernel_that_is_busy_or_gone_is_told_and_nothing_shows_what_is_not_drawn(gallery):
    page, cell = gallery.page, gallery.cell("slider")
    hand, picture = cell.get_by_role("slider"), cell.locator(".lstm-picture")
    said = {"en": ("Another cell is running", "The kernel was restarted: run this cell again.", "Run this cell"),
            "fr": ("Une autre cellule", "Le noyau a été redémarré", "Exécutez cette cellule")}[gallery.lab.language]
    told = "([cell, text]) => cell.querySelector('.note').textContent.startsWith(text)"

    gallery._js("panel.content.activeCellIndex = cells.indexOf(cell('busy'));"
                "app.commands.execute('notebook:run-cell')")
    page.wait_for_function("() => window.jupyterapp.shell.currentWidget.content.widgets.find(cell => "
                           "cell.model.id === 'busy').model.executionState === 'running'")
    before, node = picture.inner_html(), cell.element_handle()
    hand.press("ArrowRight")
    assert gallery.changed(picture, before, 4) and note(cell) == ""             # at its first move, too
    assert gallery._js("return cell('busy').model.executionState") == "running"
    gallery._js("panel.sessionContext.session.kernel.commsOverSubshells = 'disabled'")       # as outside of JupyterLab
    before = picture.inner_html()
    hand.press("ArrowRight")
    page.wait_for_function(told, arg=[node, said[0]], timeout=4500)
    assert gallery.changed(picture, before)                                     # and it answers when it can
    page.wait_for_function("cell => cell.querySelector('.note').textContent === ''", arg=node)

    def stays(text):
        cell.locator(".lstm-picture").hover()
        page.wait_for_function(told, arg=[cell.element_handle(), text], timeout=20_000)
        drawn, value = picture.inner_html(), hand.get_attribute("aria-valuetext")
        box = hand.bounding_box()
        page.mouse.click(box["x"] + 5, box["y"] + box["height"] / 2)
        page.keyboard.press("ArrowRight")
        assert (picture.inner_html(), hand.get_attribute("aria-valuetext")) == (drawn, value)
        assert f"f = {value} " in drawn

    gallery._js("await panel.sessionContext.session.kernel.restart()")
    stays(said[1])
    gallery.shot("hand-restarted", cell)
    gallery.run("imports")
    gallery.run("slider")
    before = picture.inner_html()
    hand.press("ArrowRight")
    assert gallery.changed(picture, before) and note(cell) == ""

    before = hand.get_attribute("aria-valuetext")
    gallery._js("await panel.context.save(); await panel.sessionContext.shutdown()")
    stays(said[1])
    gallery.open()
    cell = gallery.cell("slider")
    hand, picture = cell.get_by_role("slider"), cell.locator(".lstm-picture")
    picture.locator("svg").wait_for()
    stays(said[2])
    assert hand.get_attribute("aria-valuetext") == before
