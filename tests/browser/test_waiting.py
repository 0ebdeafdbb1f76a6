"""Chapter 04 while its networks learn: what is seen and heard, what explorers say, what an interrupt leaves."""
START = """panel.content.deselectAll();
           panel.content.activeCellIndex = cells.indexOf(cell(values[0]));
           app.commands.execute("notebook:run-cell")"""
WATCH = """() => {
    const bar = document.querySelector("[data-id=learn] progress"), heard = [], seen = [];
    const voice = bar.parentNode.querySelector("[role=status]"), words = bar.nextSibling;
    new MutationObserver(() => heard.push(voice.textContent)).observe(voice, {childList: true});
    new MutationObserver(() => seen.push([bar.value, words.textContent])).observe(words, {childList: true});
    window.learned = {heard, seen};
}"""
RUNNING = "return cell('learn').model.executionState === 'running'"
IDLE = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"


def begun(chapter):
    """The chapter, its cell `learn` at work, and the bar there."""
    notebook = chapter("04")
    for id in ("imports", "slider-f", "stream-picture", "quiz"):
        notebook.run(id)
    cell = notebook.cell("learn")
    notebook._js(START, "learn")
    bar = cell.get_by_role("progressbar")
    bar.wait_for()
    return notebook, cell, bar


def test_it_is_seen_how_far_they_are_and_heard_now_and_then(chapter):
    notebook, cell, bar = begun(chapter)
    notebook.page.evaluate(WATCH)
    notebook.page.wait_for_timeout(1000)
    notebook.shot("04-learn", cell)
    notebook.page.wait_for_function(IDLE, timeout=120_000)
    heard, seen = notebook.page.evaluate("() => [window.learned.heard, window.learned.seen]")
    parts = [part for part, _ in seen]
    assert len(seen) > 20 and parts == sorted(parts) and bar.evaluate("bar => bar.value") == 1
    assert all("loss" in words or "perte" in words for _, words in seen)
    assert len({words.split(" · ")[0] for _, words in seen}) == 12                # network 1 of 12 …
    assert 2 <= len(heard) <= 4 and heard[-1] == cell.locator("progress + span").text_content()
    name = {"en": "12 networks, 220 updates each", "fr": "12 réseaux, 220 mises à jour chacun"}[notebook.lab.language]
    assert bar.get_attribute("aria-label") == name == notebook.output("learn")
    assert notebook.failures() == []


def test_what_is_asked_meanwhile_is_answered_meanwhile(chapter):
    notebook, cell, bar = begun(chapter)
    explorer, quiz = notebook.cell("slider-f"), notebook.cell("quiz").locator(".lstm-asked").nth(2)
    picture, said = explorer.locator(".lstm-picture"), quiz.get_by_role("status").first
    for hand, key, answer in ((explorer.get_by_role("slider").first, "ArrowRight", picture),
                              (quiz.locator("button").first, "Enter", said)):
        before = answer.inner_html()
        hand.press(key)
        assert notebook.changed(answer, before, seconds=4) and notebook._js(RUNNING)
    notebook._js("await panel.sessionContext.session.kernel.interrupt()")
    notebook.page.wait_for_function(IDLE, timeout=30_000)


def test_stopped_by_hand_it_says_so_in_a_line_and_learns_again(chapter):
    notebook, cell, bar = begun(chapter)
    notebook._js("await panel.sessionContext.session.kernel.interrupt()")
    notebook.page.wait_for_function(IDLE, timeout=30_000)
    said = notebook._js("""return cell("learn").model.outputs.toJSON()
                           .filter(output => output.output_type === "error").map(error => error.traceback)""")
    assert said in ([["Stopped by you. Run the cell again to begin anew."]],
                    [["Arrêté par vous. Exécutez de nouveau la cellule pour recommencer."]])
    assert cell.locator("progress + span").text_content().startswith(("Stopped: ", "Arrêté\u00a0: "))
    notebook.shot("04-stopped", cell)
    notebook.run("learn")
    assert notebook.failures() == [] and cell.get_by_role("progressbar").evaluate("bar => bar.value") == 1
