from random import Random

import pytest

from documents.ocr.elements import Box, Line, Word
from documents.ocr.layout import arrange
from tests.documents.ocr.layout.drawn import HEIGHT, PITCH, SIZE, line, names, row, starts, text


def shuffled(lines: list[Line]) -> list[Line]:
    Random(7).shuffle(lines)  # noqa: S311
    return lines


def texts(lines: list[Line]) -> list[str]:
    return [found.text for block in arrange(shuffled(lines), SIZE) for found in block.lines]


def test_columns_are_read_one_after_the_other() -> None:
    lines = [*text("a", 50, 100, 8), *text("b", 450, 100, 8)]
    assert starts(arrange(shuffled(lines), SIZE)) == names("a", 8) + names("b", 8)


def test_a_heading_parts_the_columns_above_it_from_those_below() -> None:
    upper = [*text("a", 50, 100, 6), *text("b", 450, 100, 6)]
    lower = [*text("c", 50, 400, 6), *text("d", 450, 400, 6)]
    heading = line("A heading over both columns", 100, 310, size=2)
    read = starts(arrange(shuffled([*upper, heading, *lower]), SIZE))
    assert read == names("a", 6) + names("b", 6) + ["A"] + names("c", 6) + names("d", 6)


def test_a_heading_at_the_foot_of_a_column_belongs_to_what_is_below() -> None:
    lines = [*text("a", 50, 100, 6), line("Listen", 50, 320, size=1.5), *text("b", 450, 100, 12)]
    title = line("A title that runs below both of them", 50, 450, size=2)
    read = starts(arrange(shuffled([*lines, title]), SIZE))
    assert read == names("a", 6) + names("b", 12) + ["Listen", "A"]


def test_what_a_detector_ran_across_a_gutter_is_two_lines() -> None:
    left, right = text("a", 50, 100, 8), text("b", 450, 100, 8)
    lines = [Line.of(left[0].words + right[0].words), *left[1:], *right[1:]]
    assert starts(arrange(shuffled(lines), SIZE)) == names("a", 8) + names("b", 8)


def test_an_item_and_its_price_are_one_line() -> None:
    items = ["Bread and butter", "Milk of the day", "Ten brown eggs", "Honey in a jar", "Tea, green"]
    rows = [row(100 + PITCH * at, (50, item), (800, f"{at}.50")) for at, item in enumerate(items)]
    assert texts([piece for pieces in rows for piece in pieces]) == [
        f"{item} {at}.50" for at, item in enumerate(items)
    ]


def test_rows_of_a_receipt_are_told_apart_though_it_leans() -> None:
    """By 5 pixels in 100: the price of an item stands beside the next item but one."""
    lines = []
    for at in range(6):
        for x, content in ((50, f"item{at} of a long and even name"), (800, f"{at}.50")):
            words = [
                Word(
                    word.text,
                    90,
                    Box(word.box.x0, y := word.box.y0 + word.box.x0 // 20, word.box.x1, y + HEIGHT),
                )
                for word in line(content, x, 100 + PITCH * at).words
            ]
            lines.append(Line.of(words))
    assert texts(lines) == [f"item{at} of a long and even name {at}.50" for at in range(6)]


def test_a_stroke_of_a_pen_holds_no_rows_together() -> None:
    lines = [*row(100, (50, "TOTAL"), (800, "48.00")), *row(126, (50, "CASH"), (800, "50.00"))]
    stroke = Line.of([Word("/", 20, Box(400, 80, 460, 200))])
    assert {"TOTAL 48.00", "CASH 50.00"} < set(texts([*lines, stroke]))


def test_a_drop_cap_begins_the_first_line_beside_it() -> None:
    lines = text("", 130, 100, 3, letters=30) + text("a", 50, 178, 4)
    cap = Line.of([Word("S", 90, Box(50, 96, 110, 170))])
    read = texts([cap, *lines])
    assert read[0].startswith("S0 ")
    assert [found.split()[0] for found in read[1:]] == ["1", "2", *names("a", 4)]


@pytest.mark.parametrize(("word", "joined"), [("long", "A long"), ("s", "As"), ("t", "At")])
def test_a_drop_cap_that_is_a_word_may_stand_alone(word: str, joined: str) -> None:
    cap = Line.of([Word("A", 90, Box(50, 96, 110, 170))])
    assert texts([cap, line(f"{word} while ago", 120, 100)])[0] == f"{joined} while ago"


def test_a_heading_over_the_left_column_with_nothing_beside_it_parts_both() -> None:
    upper = [*text("a", 50, 100, 6), *text("b", 450, 100, 5)]
    lower = [*text("c", 50, 380, 6), *text("d", 450, 380, 6)]
    heading = line("Home again", 50, 310, size=1.5)
    read = starts(arrange(shuffled([*upper, heading, *lower]), SIZE))
    assert read == names("a", 6) + names("b", 5) + ["Home"] + names("c", 6) + names("d", 6)


def test_a_heading_beside_which_the_right_column_goes_on_parts_the_left_one_only() -> None:
    left = [*text("a", 50, 100, 6), line("Home again", 50, 310, size=1.5), *text("c", 50, 380, 6)]
    read = starts(arrange(shuffled([*left, *text("b", 450, 100, 16)]), SIZE))
    assert read == [*names("a", 6), "Home", *names("c", 6), *names("b", 16)]


def test_a_small_note_below_two_columns_comes_behind_both() -> None:
    note = line("1 See the letters of the harbour", 50, 400, size=0.75)
    read = starts(arrange(shuffled([*text("a", 50, 100, 10), *text("b", 450, 100, 9), note]), SIZE))
    assert read == [*names("a", 10), *names("b", 9), "1"]


def test_a_note_of_the_left_column_stays_there() -> None:
    note = line("1 See the letters of the harbour", 50, 400, size=0.75)
    read = starts(arrange(shuffled([*text("a", 50, 100, 10), *text("b", 450, 100, 12), note]), SIZE))
    assert read == [*names("a", 10), "1", *names("b", 12)]


def index(x: int, entries: list[str], *, gap_before: int) -> list[Line]:
    """Entries one below the other, with half a line more before one of them, as where a letter begins."""
    step = [PITCH * at + (PITCH // 2 if at >= gap_before else 0) for at in range(len(entries))]
    return [line(entry, x, 100 + y) for entry, y in zip(entries, step, strict=True)]


PLANTS = ["acorn, 12", "ash, 3, 40", "barley, 7", "birch, 9, 112", "cedar, 30", "clover, 8", "daisy, 51"]
TOOLS = ["fork, 17", "hammer, 6", "kettle, 21, 90", "ladder, 4", "needle, 77", "oven, 2", "pan, 13, 66"]


@pytest.mark.parametrize("gaps", [(3, 5), (7, 7)])
def test_an_index_in_columns_is_read_one_after_the_other(gaps: tuple[int, int]) -> None:
    lines = [*index(50, PLANTS, gap_before=gaps[0]), *index(500, TOOLS, gap_before=gaps[1])]
    assert texts(lines) == PLANTS + TOOLS


def test_a_list_without_figures_in_columns_is_told_by_gaps_of_their_own() -> None:
    plants, tools = ([entry.split(",")[0] for entry in entries] for entries in (PLANTS, TOOLS))
    lines = [*index(50, plants, gap_before=2), *index(500, tools, gap_before=5)]
    assert texts(lines) == plants + tools


def test_a_table_of_names_and_sums_is_read_across_though_each_ends_with_a_figure() -> None:
    rows = [row(100 + PITCH * at, (50, entry), (500, f"EUR {at}.50")) for at, entry in enumerate(PLANTS)]
    lines = [piece for pieces in rows for piece in pieces]
    assert texts(lines) == [f"{entry} EUR {at}.50" for at, entry in enumerate(PLANTS)]


def test_labels_of_a_form_stay_with_what_is_beside_them() -> None:
    labels = ["Surname:", "Place of birth:", "Date of birth:", "Street and number:", "Telephone and fax:"]
    values = [
        "Heron of Bristol",
        "Leeds in Yorkshire",
        "the third of May",
        "Harbour Street two",
        "none of either",
    ]
    rows = [row(100 + 2 * PITCH * at, (50, labels[at]), (450, values[at])) for at in range(5)]
    lines = [piece for pieces in rows for piece in pieces]
    assert texts(lines) == [f"{label} {value}" for label, value in zip(labels, values, strict=True)]


def test_notes_in_the_margin_follow_the_paragraph_beside_them() -> None:
    first, second = text("a", 50, 100, 6, letters=60, indent=20), text("b", 50, 256, 6, letters=60, indent=20)
    notes = [line("early on", 700, 126), line("in spring", 700, 152), line("much later", 700, 282)]
    read = starts(arrange(shuffled([*first, *second, *notes]), SIZE))
    assert read == [*names("a", 6), "early", "in", *names("b", 6), "much"]


def test_notes_in_the_left_margin_follow_the_paragraph_beside_them() -> None:
    first = text("a", 250, 100, 6, letters=60, indent=20)
    second = text("b", 250, 256, 6, letters=60, indent=20)
    notes = [
        line(note, 50, y, size=0.75) for note, y in (("early on", 103), ("in spring", 123), ("later", 283))
    ]
    read = starts(arrange(shuffled([*first, *second, *notes]), SIZE))
    assert read == [*names("a", 6), "early", "in", *names("b", 6), "later"]


def test_page_numbers_come_last_and_running_heads_first() -> None:
    columns = [*text("a", 50, 100, 6), *text("b", 450, 100, 8)]
    lines = [*columns, line("Otters", 50, 30), line("12", 750, 30), line("- 12 -", 50, 400)]
    read = texts(lines)
    assert (read[0], read[-1]) == ("Otters 12", "- 12 -")


def test_paragraphs_are_told_by_indents_white_and_size() -> None:
    first, second = text("a", 50, 160, 3, letters=60), text("b", 50, 238, 3, letters=60, indent=20)
    third = text("c", 50, 380, 3, letters=60)
    blocks = arrange([line("Heading", 50, 100, size=2), *first, *second, *third], SIZE)
    assert [block.lines[0].words[0].text for block in blocks] == ["Heading", "a0", "b0", "c0"]


def test_columns_of_hebrew_begin_on_the_right() -> None:
    lines = [
        Line.of([Word(f"{letter}לום", 90, Box(x, 100 + PITCH * at, x + 350, 120 + PITCH * at))])
        for letter, x in (("א", 550), ("ב", 50))
        for at in range(6)
    ]
    read = [found[0] for found in starts(arrange(shuffled(lines), SIZE))]
    assert read == ["א"] * 6 + ["ב"] * 6


def test_columns_of_vertical_japanese_begin_on_the_right() -> None:
    lines = [
        Line.of([Word(f"{letter}のはらうた", 90, Box(900 - 60 * at, 100, 930 - 60 * at, 500))])
        for at, letter in enumerate("一二三四")
    ]
    assert "".join(found[0] for found in starts(arrange(shuffled(lines), SIZE))) == "一二三四"


def test_words_and_boxes_stay_as_they_were() -> None:
    lines = [*text("a", 50, 100, 8), *text("b", 450, 100, 8)]
    before = sorted((word.text, word.box) for found in lines for word in found.words)
    after = [word for block in arrange(lines, SIZE) for found in block.lines for word in found.words]
    assert sorted((word.text, word.box) for word in after) == before


def test_nothing_gives_nothing() -> None:
    assert arrange([], SIZE) == ()
    assert arrange([Line((), Box(0, 0, 5, 5))], SIZE) == ()
