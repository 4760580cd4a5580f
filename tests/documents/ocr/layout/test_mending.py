from documents.ocr.elements import Block, Box, Line, Word
from documents.ocr.layout import downwards, ordered
from tests.documents.ocr.layout.drawn import SIZE, block, justified, line, names, row, starts, text


def test_a_right_order_stays_the_very_same() -> None:
    blocks = (
        block(line("A heading over both", 100, 40, size=1.5)),
        block(text("a", 50, 100, 4)), block(text("b", 50, 210, 4)),
        block(text("c", 450, 100, 8)), block(line("12", 480, 600)),
    )  # fmt: skip
    assert ordered(blocks, SIZE) == blocks


def test_the_line_of_a_drop_cap_comes_before_its_paragraph() -> None:
    cap = Word("S", 40, Box(50, 96, 110, 170))
    first = Line((cap, *line("HE moped and she sighed", 130, 100).words), Box(50, 96, 360, 170))
    rest = block(text("a", 130, 126, 2, letters=28), text("b", 50, 178, 4))
    assert starts(ordered((rest, block(first)), SIZE)) == ["S", *names("a", 2), *names("b", 4)]


def test_the_line_of_a_drop_cap_that_was_left_to_the_end_of_a_column_comes_first() -> None:
    cap = Word("S", 40, Box(50, 96, 110, 170))
    first = Line((cap, *line("HE moped and she sighed", 130, 100).words), Box(50, 96, 360, 170))
    beside, below = text("a", 130, 126, 2, letters=28), text("b", 50, 178, 4)
    column = downwards((block(beside), block(below, first)), SIZE)
    assert starts(column) == ["S", *names("a", 2), *names("b", 4)]


def test_a_line_of_a_column_leaves_the_block_that_it_does_not_belong_to() -> None:
    upper, lower = text("a", 50, 100, 3), text("b", 50, 300, 3)
    column = downwards((block(upper[:1], lower), block(upper[1:])), SIZE)
    assert column == (block(upper[:1]), block(upper[1:]), block(lower))


def test_a_column_whose_lines_go_downwards_stays_the_very_same() -> None:
    blocks = (block(text("a", 50, 100, 3)), block(text("b", 50, 190, 3)), block(text("c", 500, 100, 3)))
    assert downwards(blocks, SIZE) == blocks
    assert downwards((), SIZE) == ()


def test_a_heading_below_two_columns_comes_behind_both() -> None:
    heading = block(line("A heading below both of the columns", 50, 300, size=1.5))
    left, right = block(text("a", 50, 100, 6)), block(text("b", 450, 100, 6))
    assert ordered((left, heading, right), SIZE) == (left, right, heading)


def test_a_short_heading_between_two_sections_of_columns_comes_behind_the_upper_ones() -> None:
    upper = block(text("a", 50, 100, 6)), block(text("b", 450, 100, 6))
    lower = block(text("c", 50, 380, 6)), block(text("d", 450, 380, 6))
    heading = block(line("Home", 50, 310, size=1.5))
    order = ordered((upper[0], heading, upper[1], *lower), SIZE)
    assert order == (*upper, heading, *lower)


def test_a_short_note_below_two_columns_comes_behind_both() -> None:
    left, right = block(text("a", 50, 100, 10)), block(text("b", 450, 100, 9))
    reaching = block(line("1 See the letters of the harbour in winter, 12", 50, 400))
    small = block(line("1 See the letters of the harbour", 50, 400, size=0.75))
    number = block(line("- 42 -", 380, 500))
    assert ordered((left, reaching, right), SIZE) == (left, right, reaching)
    assert ordered((left, small, number, right), SIZE) == (left, right, small, number)


def test_a_note_of_the_left_column_stays_before_the_right_one() -> None:
    left, right = block(text("a", 50, 100, 10)), block(text("b", 450, 100, 12))
    note = block(line("1 See the letters of the harbour", 50, 400, size=0.75))
    assert ordered((left, note, right), SIZE) == (left, note, right)


def test_a_caption_between_two_parts_of_its_column_stays_there() -> None:
    left, right = (
        (block(text("a", 50, 100, 6)), block(text("c", 50, 400, 6))),
        [*text("b", 450, 100, 6), *text("d", 450, 400, 6)],
    )
    caption = block(line("Figure 3, a boat in the harbour", 50, 340, size=0.75))
    blocks = (left[0], caption, left[1], block(right[:6]), block(right[6:]))
    assert ordered(blocks, SIZE) == blocks


def test_a_long_left_column_stays_before_the_right_one() -> None:
    left, right, end = (
        block(text("a", 50, 100, 6)),
        block(text("b", 450, 100, 6)),
        block(text("c", 50, 300, 2)),
    )
    assert ordered((left, end, right), SIZE) == (left, end, right)


def test_sections_that_the_engine_read_by_columns_follow_each_other() -> None:
    upper, lower = (
        (text("a", 50, 100, 6), text("b", 450, 100, 6)),
        (text("c", 50, 380, 6), text("d", 450, 380, 6)),
    )
    heading = line("Home again", 50, 310, size=1.5)
    blocks = [block(found) for found in (upper[0], [heading], lower[0], upper[1], lower[1])]
    read = starts(ordered(blocks, SIZE))
    assert read == names("a", 6) + names("b", 6) + ["Home"] + names("c", 6) + names("d", 6)


def test_sections_with_white_between_them_follow_each_other() -> None:
    upper, lower = (
        (text("a", 50, 100, 6), text("b", 450, 100, 6)),
        (text("c", 50, 340, 6), text("d", 450, 340, 6)),
    )
    blocks = [block(found) for found in (upper[0], lower[0], upper[1], lower[1])]
    read = starts(ordered(blocks, SIZE))
    assert read == names("a", 6) + names("b", 6) + names("c", 6) + names("d", 6)


def test_a_paragraph_that_ends_beside_text_is_no_section() -> None:
    left, right = [*text("a", 50, 100, 6), *text("c", 50, 340, 6)], text("b", 450, 100, 16)
    blocks = (block(left[:6]), block(left[6:]), block(right))
    assert ordered(blocks, SIZE) == blocks


def test_an_article_over_several_columns_begins_below_those_above_it() -> None:
    xs = (20, 345, 670)
    upper = [block(justified(at, x, 100, 12)) for at, x in zip((0, 3, 9), xs, strict=True)]
    headline = block(line("A headline over the first and the second", 20, 450, size=1.5))
    lower = [block(justified(at, x, 500, 14)) for at, x in zip((5, 11), xs[:2], strict=True)]
    assert ordered((*upper, headline, *lower), SIZE) == (*upper, headline, *lower)


def test_articles_of_a_newspaper_that_were_read_one_after_the_other_stay_the_very_same() -> None:
    upper = [justified(at, x, 120, 12) for at, x in ((0, 20), (3, 345), (9, 670))]
    lower = [justified(at, x, 560, 14) for at, x in ((5, 20), (11, 345), (17, 670))]
    first, second = line("The harbour", 20, 80, size=1.5), line("Old maps of the coast", 345, 80, size=1.5)
    third, fourth = (
        line("A cow on", 20, 510, size=1.4),
        line("The new wing of the museum", 345, 506, size=1.5),
    )
    blocks = tuple(
        block(*found)
        for found in (
            [first], upper[0], [second], upper[1], upper[2], [third], lower[0], [fourth], lower[1], lower[2]
        )
    )  # fmt: skip
    assert ordered(blocks, SIZE) == blocks


def test_a_headline_that_was_left_to_the_end_comes_before_its_column() -> None:
    first, second = block(text("a", 50, 100, 12)), block(text("b", 450, 150, 10))
    below = block(text("c", 50, 480, 6, letters=74))
    headline = block(line("Bridges", 450, 100, size=1.5))
    assert ordered((first, second, below, headline), SIZE) == (first, headline, second, below)


def test_a_speck_at_the_foot_that_was_read_first_comes_last() -> None:
    upper, lower = block(text("a", 50, 100, 6)), block(text("b", 50, 300, 6))
    speck = block(line("boy", 50, 700))
    assert ordered((speck, upper, lower), SIZE) == (upper, lower, speck)


def test_an_index_that_was_read_by_columns_stays_the_very_same() -> None:
    plants = ["acorn, 12", "ash, 3, 40", "barley, 7", "birch, 9, 112", "cedar, 30", "clover, 8"]
    tools = ["fork, 17", "hammer, 6", "kettle, 21, 90", "ladder, 4", "needle, 77", "oven, 2"]
    columns = [
        block([line(entry, x, 100 + 26 * at) for at, entry in enumerate(entries)])
        for x, entries in ((50, plants), (500, tools))
    ]
    assert ordered(columns, SIZE) == tuple(columns)


def test_headings_below_each_other_come_together() -> None:
    kicker = block(line("Listen to the voices", 50, 300, size=1.3))
    title = block(line("A title that is below both of the columns", 50, 350, size=2))
    left, right = block(text("a", 50, 100, 6)), block(text("b", 450, 100, 9))
    assert ordered((left, kicker, title, right), SIZE) == (left, right, kicker, title)


def test_columns_that_the_engine_leaves_and_comes_back_to_are_read_through() -> None:
    left, right = text("a", 50, 100, 12), text("b", 450, 100, 12)
    blocks = [block(part) for part in (left[:6], right[:6], left[6:], right[6:])]
    assert starts(ordered(blocks, SIZE)) == names("a", 12) + names("b", 12)


def test_lines_that_run_on_across_a_gutter_are_cut() -> None:
    left, right = text("a", 50, 100, 12), text("b", 450, 100, 12)
    across = [Line.of(one.words + other.words) for one, other in zip(left, right, strict=True)]
    assert starts(ordered([block(across)], SIZE)) == names("a", 12) + names("b", 12)


def test_rows_of_a_table_that_was_read_by_columns_come_together() -> None:
    items, prices = ["Bread", "Milk", "Eggs", "Honey", "Tea"], ["1.50", "2.00", "3.25", "7.80", "4.10"]
    rows = [row(100 + 40 * at, (50, items[at]), (500, prices[at])) for at in range(5)]
    blocks = [block([found[0] for found in rows]), block([found[1] for found in rows])]
    read = [found.text for one in ordered(blocks, SIZE) for found in one.lines]
    assert read == [f"{item} {price}" for item, price in zip(items, prices, strict=True)]


def test_notes_that_were_taken_for_text_leave_it() -> None:
    lines = text("a", 50, 100, 8, letters=60)
    lines[2] = Line.of(lines[2].words + line("early on", 700, 152).words)
    lines[3] = Line.of(lines[3].words + line("in spring", 700, 178).words)
    assert starts(ordered([block(lines)], SIZE)) == [*names("a", 8), "early", "in"]


def test_a_page_of_too_many_blocks_stays_as_it_is() -> None:
    blocks = tuple(Block.of([line("word", 50, 30 * at)]) for at in range(2_001, 0, -1))
    assert ordered(blocks, SIZE) == blocks


def test_nothing_stays_nothing() -> None:
    assert ordered((), SIZE) == ()
