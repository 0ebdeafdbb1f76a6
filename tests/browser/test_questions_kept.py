"""What was answered stands there again: after a second run, after a restart; and a hand on the keyboard is enough."""
import json

from workbook import questions, quizzes, words

CODE = "07"
QUESTION = quizzes.chapter(CODE).QUESTIONS[0]
OPTIONS = QUESTION.options()
RIGHT, WRONG = OPTIONS.index(QUESTION.right), OPTIONS.index(QUESTION.wrong[0])
GUESS = questions.find("07-one-unit")

COLOURS = """button => {
    const luminance = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
        .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, k) => sum + v * [.2126, .7152, .0722][k], 0);
    const ratio = (...two) => two.map(luminance).sort((a, b) => a - b).reduce((a, b) => (b + .05) / (a + .05));
    let behind = button.parentElement, own = getComputedStyle(button), opacity = 1;
    for (let node = button; node; node = node.parentElement) opacity *= getComputedStyle(node).opacity;
    while (/, 0\\)$|transparent/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
    return {text: ratio(own.color, own.backgroundColor), opacity, ring: own.outlineStyle + " " + own.outlineWidth,
            seen: ratio(own.outlineColor, getComputedStyle(behind).backgroundColor), title: button.title,
            pressed: button.getAttribute("aria-pressed"), disabled: button.getAttribute("aria-disabled")}; }"""


def asked(notebook, id, k):
    """The buttons and the words of the k-th question of a cell, on the page."""
    question = notebook.cell(id).locator(".lstm-asked").nth(k)
    question.locator("button").first.wait_for()
    return question.locator("button"), question.get_by_role("status").first


def closed_and_readable(button):
    return button["disabled"] == "true" and button["text"] > 4.5 and button["opacity"] == 1 and not button["title"]


def restart(notebook):
    notebook._js("await panel.sessionContext.session.kernel.restart()")
    notebook.run("imports")


def stands(notebook):
    """The first question of the quiz is solved, at the second try; the others are open."""
    buttons, said = asked(notebook, "quiz", 0)
    said.locator("p").wait_for()
    words.speak(notebook.lab.language)
    assert questions.tell(QUESTION.right.why) in said.text_content().replace("\u202f", "\xa0")
    words.speak("en")
    shown = [buttons.nth(k).evaluate(COLOURS) for k in range(len(OPTIONS))]
    assert [one["pressed"] for one in shown] == [str(k in (RIGHT, WRONG)).lower() for k in range(len(OPTIONS))]
    assert buttons.nth(RIGHT).text_content().startswith("✓") and buttons.nth(WRONG).text_content().startswith("✗")
    assert all(map(closed_and_readable, shown))
    before = said.inner_html(), buttons.all_inner_texts()
    for k in range(len(OPTIONS)):
        buttons.nth(k).click(force=True)
    notebook.page.wait_for_timeout(300)
    assert (said.inner_html(), buttons.all_inner_texts()) == before
    assert asked(notebook, "quiz", 1)[0].first.get_attribute("aria-disabled") == "false"
    assert "1" in notebook.cell("quiz").locator(".lstm-asked").last.text_content()


def test_a_quiz_and_a_guess_stand_there_again(chapter):
    notebook = chapter(CODE)
    page, ids = notebook.page, notebook.ids()
    notebook.run("imports")

    notebook.run("quiz")
    buttons, said = asked(notebook, "quiz", 0)
    for place in (WRONG, RIGHT):                                # by the keyboard, and the focus stays
        before = said.inner_html()
        buttons.nth(place).focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        found = buttons.nth(place).evaluate(COLOURS)
        assert found["ring"] == "solid 3px" and found["seen"] > 3
        for key in "abxmdd":                                    # JupyterLab's own
            page.keyboard.press(key)
        page.keyboard.press("Enter")
        assert notebook.changed(said, before)
        assert buttons.nth(place).evaluate("button => button === document.activeElement")
    assert notebook.ids() == ids
    stands(notebook)
    notebook.run("quiz")
    stands(notebook)

    notebook.run("predict-one")
    buttons, said = asked(notebook, "predict-one", 0)
    chosen, right = GUESS.options().index(GUESS.wrong[0]), GUESS.options().index(GUESS.right)
    buttons.nth(chosen).click()
    said.locator("summary").wait_for()
    for again in (False, True):
        if again:
            restart(notebook)
            notebook.run("quiz")
            stands(notebook)
            notebook.run("predict-one")
            buttons, said = asked(notebook, "predict-one", 0)
        assert [k for k in range(len(GUESS.options())) if "✎" in buttons.nth(k).inner_text()] == [chosen]
        assert not any("✓" in text for text in buttons.all_inner_texts())
        said.locator("summary").click()
        assert [k for k in range(len(GUESS.options())) if "✓" in buttons.nth(k).inner_text()] == [right]
        shown = [buttons.nth(k).evaluate(COLOURS) for k in range(len(GUESS.options()))]
        assert all(map(closed_and_readable, shown))
    notebook.shot("07-guess", notebook.cell("predict-one"))
    notebook.shot("07-quiz", notebook.cell("quiz"))

    notebook.run("predict-silence")                             # a number: all stands on one line
    row = notebook.cell("predict-silence").locator(".lstm-asked")
    box = row.locator("input")
    box.wait_for()
    middles = [place["y"] + place["height"] / 2 for place in (
        part.bounding_box() for part in (box, row.locator("label span").last, row.locator("button")))]
    assert max(middles) - min(middles) <= 2
    box.fill("x")
    box.press("Enter")
    row.get_by_role("status").first.locator("p").wait_for()
    box.fill("0")
    box.press("Enter")
    row.locator("summary").wait_for()
    assert box.get_attribute("readonly") is not None and notebook.ids() == ids

    notebook.edit("hidden", 'check("hidden", lambda o, c: o + 7 * c)')      # the third wrong try offers the solution
    for _ in range(3):
        notebook.run("hidden")
    offer = notebook.cell("hidden").locator(".lstm-asked")
    offer.locator(".lstm-verdict").wait_for()
    offer.locator("button").click()
    offer.locator("pre").wait_for()
    assert "return o * np.tanh(c)" in offer.locator("pre").text_content()
    notebook.shot("07-solution", notebook.cell("hidden"))
    assert "hidden" in json.loads((notebook.lab.work / "progress.json").read_text())["helped"]

    notebook.theme("Dark")
    for k in (0, 1):
        button = asked(notebook, "quiz", k)[0].first
        button.focus()
        found = button.evaluate(COLOURS)
        assert found["text"] > 4.5 and found["seen"] > 3, found
    notebook.shot("07-dark", notebook.cell("quiz"))

    notebook._js("await panel.sessionContext.session.kernel.restart()")
    buttons, _ = asked(notebook, "quiz", 1)                     # a dead one says so
    buttons.first.click()
    note = notebook.cell("quiz").locator(".lstm-asked").nth(1).locator("p[role=status]")
    gone = {"en": "The kernel was restarted: run this cell again.", "fr": "Le noyau a été redémarré"}
    note.filter(has_text=gone[notebook.lab.language]).wait_for()


def test_board_quiz_and_guess_fit_a_small_window(chapter):
    notebook = chapter("00", width=800)
    notebook._js("await app.commands.execute('application:toggle-left-area')")
    for id in ("imports", "board", "quiz", "predict-ten"):
        notebook.run(id)
    cell = notebook.cell("board")
    table = cell.locator("table")
    for width in (800, 400):
        notebook.page.set_viewport_size({"width": width, "height": 1600})
        for id in ("quiz", "predict-ten"):
            buttons, _ = asked(notebook, id, 0)
            assert buttons.first.evaluate("""button => { const room = button.closest(".jp-OutputArea-output");
                return room.clientWidth > 200 && room.scrollWidth <= room.clientWidth; }"""), (id, width)
        assert {table.locator("tr").nth(1).locator("td").nth(k).evaluate("cell => getComputedStyle(cell).textAlign")
                for k in range(4)} == {"left"}
        assert table.evaluate("""table => {
            const box = table.parentElement, room = box.closest(".jp-OutputArea-output");
            return room.scrollWidth <= room.clientWidth && getComputedStyle(box).overflowX === "auto"; }""")
        notebook.shot(f"00-board-{width}", cell)
