"""The text of a page as HTML, with its hits."""

import re
from dataclasses import replace
from html import unescape

import pytest

from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.insets import insets
from documents.search.text.marks import Mark
from documents.search.text.places import hits_on
from documents.words.typeset import typeset
from tests.documents.ocr.formats.pages import INVOICE, sheet

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


ORDER = """\
Dear Sir

                  Quantity            Money
Item          Ordered     Sent     Price     Total
<b>Lamp            12       12     48.50    582.00
Blind, white        3        2    112.00    224.00
Chair              40                       758.10

Thank you"""


def with_tables(text: PageText, *marks: Mark, now: int = 0) -> str:
    return typeset(text, hits_on(text, marks), now, insets(text))


def test_a_table_has_rows_cells_and_heads_that_name_their_columns() -> None:
    html = with_tables(sheet(ORDER))
    before, rest = html.split('<div class="table-frame" role="group" aria-label="Table 1" tabindex="0">')
    table, after = rest.split("</div>")
    assert before == "<p><span>Dear Sir</span></p>\n"
    assert after == "\n<p><span>Thank you</span></p>\n"
    rows = table.removeprefix('<table dir="ltr"><tr>').removesuffix("</tr></table>").split("</tr><tr>")
    assert rows[0] == (
        '<td></td><th scope="colgroup" colspan="2"><span>Quantity</span></th>'
        '<th scope="colgroup" colspan="2"><span data-more> Money</span></th>'
    )
    assert rows[1].startswith(
        '<th scope="col"><span>Item</span></th><th scope="col"><span data-more> Ordered'
    )
    assert rows[2].startswith("<td><span>&lt;b&gt;Lamp</span></td><td><span data-more> 12</span></td>")
    assert rows[4] == (
        "<td><span>Chair</span></td><td><span data-more> 40</span></td><td></td><td></td>"
        "<td><span data-more> 758.10</span></td>"
    )


def test_without_its_elements_a_table_says_what_its_lines_say() -> None:
    html = with_tables(sheet(ORDER)).replace("</tr>", "\n")
    assert unescape(re.sub("<[^>]*>", "", html)).split() == sheet(ORDER).text.split()
    assert "Blind, white 3 2 112.00 224.00" in re.sub("<[^>]*>", "", html)


def test_a_hit_in_two_cells_is_marked_in_both_and_one_behind_the_table_in_its_place() -> None:
    text = sheet(ORDER)
    start, behind = text.text.index("white 3"), text.text.index("you")
    html = with_tables(text, Mark(start, start + 7, "exact"), Mark(behind, behind + 3, "exact"), now=1)
    assert '<mark id="hit" class="hit is-now" data-hit="1">white</mark></span></td>' in html
    assert '<td><span data-more><mark class="hit is-now" data-hit="1"> 3</mark></span></td>' in html
    assert 'Thank <mark class="hit" data-hit="2">you</mark>' in html


def test_a_row_of_two_lines_says_where_each_begins() -> None:
    text = sheet(INVOICE)
    head, lamp, *others = text.lines
    torn = Line.of(lamp.words[:2]), Line.of(lamp.words[2:])
    text = replace(text, blocks=(Block.of([head, *torn, *others]),))
    start = text.text.index("brass")
    html = with_tables(text, Mark(start, start + 5, "exact"))
    assert (
        '<td><span>Table lamp,</span>\n<span><mark class="hit" data-hit="1">brass</mark></span></td>' in html
    )


def test_paragraphs_that_a_table_cuts_keep_the_places_of_hits() -> None:
    text = sheet(ORDER)
    text = replace(text, blocks=(Block.of([*text.lines]),))
    behind = text.text.index("you")
    assert 'Thank <mark class="hit" data-hit="1">you</mark>' in with_tables(
        text, Mark(behind, behind + 3, "exact")
    )


def test_two_tables_have_names_of_their_own() -> None:
    html = with_tables(
        sheet(f"{INVOICE}\n\nAnd what follows is another one of these tables\n\n\n\n\n{INVOICE}")
    )
    assert re.findall('aria-label="([^"]*)"', html) == ["Table 1", "Table 2"]


PIXELS = 10  # in a hundredth of a column


def block(*lines: str, widths: tuple[int, ...], is_right_to_left: bool = False) -> Block:
    """Lines, as wide as ``widths`` say in hundredths of the column, that begin at one margin."""
    made = []
    for at, (text, width) in enumerate(zip(lines, widths, strict=True)):
        row = PIXELS * at * 20, PIXELS * (at * 20 + 15)
        letter = PIXELS * width / len(text)
        starts = [found.span() for found in re.finditer(r"\S+", text)]
        spans = [(round(start * letter), round(end * letter)) for start, end in starts]
        if is_right_to_left:
            spans = [(PIXELS * 100 - end, PIXELS * 100 - start) for start, end in spans]
        boxes = [Box(start, row[0], end, row[1]) for start, end in spans]
        made.append(Line.of([Word(word, 90, box) for word, box in zip(text.split(), boxes, strict=True)]))
    return Block.of(made)


def flows(block: Block) -> bool:
    return typeset(PageText(1000, 5000, (block,))).startswith('<p class="flows')


@pytest.mark.parametrize(
    "prose",
    [
        block("were present, and the minutes were", "read and approved.", widths=(100, 50)),
        block("They came at once, and", "“nobody knew,” he said,", "why.", widths=(92, 100, 20)),
        block(
            "Der Vorstand dankt allen", "Mitgliedern für die gute", "und treue Arbeit.", widths=(95, 100, 60)
        ),
        block("In 1912 the society bought", "a house, which was sold", "in 1925.", widths=(100, 90, 40)),
        block("東京の図書館は毎日開いて", "います。新しい雑誌を読む", "ことです。", widths=(100, 99, 40)),
        block(
            "وافق المجلس على الميزانية",
            "الجديدة وشكر الرئيس جميع",
            "الحاضرين.",
            widths=(98, 100, 40),
            is_right_to_left=True,
        ),
        block(
            "وافق المجلس على الميزانية وشكر",
            "الرئيس جميع",
            "الحاضرين، ثم انصرف الجميع إلى",
            "بيوتهم.",
            widths=(100, 86, 97, 20),
            is_right_to_left=True,
        ),
        block(
            "The committee met in",
            "extraordinarily",
            "straightforward humour and",
            "agreed.",
            widths=(77, 58, 100, 27),
        ),
        block("needed assurance and encourage-", "ment that had been confirmed", widths=(100, 96)),
        block(
            "which was held in the hall of the society and",
            "of which, as was said, nothing is known but that",
            widths=(97, 100),
        ),
    ],
    ids=[
        "two lines",
        "quoted",
        "nouns",
        "years",
        "Chinese characters",
        "right to left",
        "ragged right to left",
        "a long word",
        "a divided word",
        "goes on elsewhere",
    ],
)
def test_a_narrow_screen_may_break_prose_elsewhere(prose: Block) -> None:
    assert flows(prose)


@pytest.mark.parametrize(
    "rows",
    [
        block(
            "Итого доходов 1250 рублей",
            "Итого расходов 980 рублей",
            "Остаток 270 рублей",
            widths=(99, 100, 75),
        ),
        block("incl. tax 12.00", "net 10.00", "due 12.00", widths=(100, 99, 100)),
        block("Apples from Kent", "Pears from Bath", "Plums from York", widths=(100, 92, 95)),
        block("- apples and pears", "- plums and figs", "- more", widths=(100, 95, 50)),
        block("Ada Lovelace", "St James Square", "London", widths=(80, 100, 50)),
        block("apples", "pears", "plums and cherries", widths=(30, 25, 100)),
        block("المجلس على الميزانية", "وشكر الرئيس", "الحاضرين", widths=(85, 100, 40), is_right_to_left=True),
        block("وافق المجلس", "الحاضرين", widths=(100, 98), is_right_to_left=True),
        block("收入 1250 元", "支出 980 元", "余额 270 元", widths=(100, 100, 100)),
        block("Max Mustermann", "c/o Schmidt AG", widths=(100, 98)),
        block("Mairie de Lyon", "place de la Comédie", "69001 Lyon", widths=(80, 100, 60)),
        block("王小明", "李大华", "张建国", widths=(100, 100, 100)),
        block("They came, and", "so did we, and", "nobody knew", "why.", widths=(60, 60, 100, 20)),
        block("One", widths=(100,)),
    ],
    ids=[
        "sums",
        "a bill",
        "a list",
        "bullets",
        "an address",
        "short and long rows",
        "a list right to left",
        "two rows right to left",
        "sums without capitals",
        "an address in small letters",
        "an address of three lines",
        "names of one width",
        "verse",
        "one line",
    ],
)
def test_rows_stay_rows_on_a_narrow_screen(rows: Block) -> None:
    assert not flows(rows)
