"""The text of a page as HTML, with its hits."""

import re

from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.search.text.marks import Mark
from documents.search.text.places import hits_on
from documents.words.typeset import typeset

BOX = Box(0, 0, 10, 10)


def page(*lines: list[tuple[str, float]]) -> PageText:
    rows = tuple(Line(tuple(Word(*word, BOX) for word in line), BOX) for line in lines)
    return PageText(100, 100, (Block(rows, BOX),))


def shown(text: PageText, *marks: Mark, now: int = 0) -> str:
    return typeset(text, hits_on(text, marks), now)


LETTER = page([("Paid", 90), ("in", 90), ("full", 40)], [("and", 90), ("gladly", 90)])


def test_a_page_without_hits_has_no_marks_of_hits() -> None:
    assert "hit" not in shown(LETTER)


def test_a_hit_is_marked_and_knows_its_number() -> None:
    html = shown(LETTER, Mark(0, 4, "exact"), Mark(17, 23, "form"))
    assert '<mark class="hit" data-hit="1">Paid</mark> in ' in html
    assert '<mark class="hit" data-hit="2">gladly</mark>' in html


def test_an_unsure_word_is_marked_inside_a_hit() -> None:
    html = shown(LETTER, Mark(5, 12, "exact"))
    assert '<mark class="hit" data-hit="1">in <mark class="unsure"' in html
    assert "full</mark></mark></span>" in html


def test_a_part_of_an_unsure_word_is_marked() -> None:
    html = shown(LETTER, Mark(8, 10, "exact"))
    assert re.search(
        r'data-hit="1"><mark class="unsure"[^>]*>fu</mark></mark><mark class="unsure"[^>]*>ll<', html
    )


def test_a_hit_on_two_lines_is_marked_on_both_with_one_anchor() -> None:
    html = shown(LETTER, Mark(8, 16, "exact"), now=1)
    assert html.count('data-hit="1"') == 2
    assert html.count('class="hit is-now"') == 2
    assert html.count('id="hit"') == 1


def test_hits_beside_each_other_stay_two() -> None:
    text = page([("机器人", 90)])
    html = shown(text, Mark(0, 2, "exact"), Mark(2, 3, "exact"))
    assert '<mark class="hit" data-hit="1">机器</mark><mark class="hit" data-hit="2">人</mark>' in html


def test_what_may_be_misread_says_what_was_asked() -> None:
    html = shown(page([("lnvoice", 90)]), Mark(0, 7, "misread", "<invoice>"))
    assert 'title="Perhaps “&lt;invoice&gt;”, misread" class="hit misread"' in html


def test_the_text_itself_stays_what_it_was_whatever_is_marked() -> None:
    text = page([("a<b", 30), ("&", 90), ("c", 20)], [("d-", 90)], [("e", 90)])
    plain = re.sub(r"<[^>]*>", "", shown(text))
    for start in range(len(text.text)):
        for end in range(start + 1, len(text.text) + 1):
            html = shown(text, Mark(start, end, "exact"))
            assert re.sub(r"<[^>]*>", "", html) == plain
            assert html.count("<mark") == html.count("</mark>")
