"""Every box of chapter 02 as a learner uses it: words, none, strange ones; a drawing, a path."""

import re

TYPED = {"try-sentiment": {"en": "The song was never silly but the book was bad",
                           "fr": "La pièce n’est pas ratée"},
         "try-tales": {"en": "the cats that the dog sees", "fr": "les chats que le chien voit"},
         "try-reference": {"en": "An object", "fr": "An object"},
         "try-translation": {"en": "the big green house sees a boy", "fr": "la maison verte voit un garçon"},
         "try-back": {"en": "un garçon noir aime la table", "fr": "a black boy likes the table"}}
ODD = ["", "🙂", "blorb", "good the drôle le " * 2500]
SEVEN = [(60, 40), (190, 40), (110, 220)]


def pictured(cell):
    return cell.locator(".lstm-picture")


def test_every_box_answers_whatever_is_typed_or_drawn(chapter):
    notebook = chapter("02")
    page = notebook.page
    notebook.run_all()
    assert notebook.failures() == []
    for id, lines in TYPED.items():
        cell = notebook.cell(id)
        box, picture = cell.locator("input[type=text]").first, pictured(cell)
        for k, line in enumerate([*ODD, lines[notebook.lab.language]]):
            before = picture.inner_html()
            box.fill(line)
            box.press("Enter")
            assert notebook.changed(picture, before), (id, line[:40])
            said = picture.inner_html()
            assert not re.search(r"Error|could not|Impossible", said), (id, said)
            if k in (1, 3, 4):
                notebook.shot(f"02-{id}-{k}", cell)

    cell = notebook.cell("try-pictures")
    sheet, picture = cell.locator("canvas"), pictured(cell)
    before = picture.inner_html()
    cell.locator(".own button").click()
    assert notebook.changed(picture, before) and picture.locator("svg").count() == 0
    notebook.shot("02-blank", cell)
    corner, before = sheet.bounding_box(), picture.inner_html()
    for k, (x, y) in enumerate(SEVEN):
        page.mouse.move(corner["x"] + x, corner["y"] + y, steps=8)
        if k == 0:
            page.mouse.down()
    page.mouse.up()
    assert notebook.changed(picture, before) and picture.locator("svg").count() == 1
    notebook.shot("02-drawn", cell)
    before = picture.inner_html()
    sheet.press("ArrowDown")
    sheet.press(" ")                                             # ink by the keyboard
    assert notebook.changed(picture, before)

    cell = notebook.cell("try-films")
    picture = pictured(cell)
    for hand in cell.get_by_role("slider").all():
        before = picture.inner_html()
        hand.press("ArrowLeft")
        assert notebook.changed(picture, before)
    notebook.shot("02-path", cell)
