import pytest

from documents.ocr.detection.vertical import (
    are_vertical,
    level_of,
    missing_for_vertical,
    packs_for_vertical,
    run_down,
    vertical_of,
    without_vertical,
    words_downwards,
)
from documents.ocr.elements import Box, Line, Word


@pytest.mark.parametrize(
    ("languages", "packs"),
    [
        (("jpn",), [("jpn_vert",)]),
        (("jpn", "eng"), [("jpn_vert", "eng")]),
        (("jpn_vert",), []),  # read so anyway
        (("chi_tra",), []),  # its pack is missing
        (("eng",), []),
        ((), [("chi_sim_vert",), ("jpn_vert",)]),
    ],
)
def test_packs_for_vertical_text_take_the_place_of_those_for_level_lines(
    languages: tuple[str, ...], packs: list[tuple[str, ...]]
) -> None:
    installed = ("jpn", "jpn_vert", "eng", "chi_sim_vert", "chi_tra")
    assert list(packs_for_vertical(languages, installed)) == packs


@pytest.mark.parametrize(
    ("sizes", "down"),
    [
        ([(300, 20)], False),
        ([(20, 300), (20, 300), (300, 20)], True),
        ([(20, 300), (300, 20)], False),
        ([], False),
    ],
)
def test_lines_run_down_where_most_are_higher_than_wide(sizes: list[tuple[int, int]], *, down: bool) -> None:
    lines = [Line.of([Word("several", 90, Box(0, 0, *size))]) for size in sizes]
    assert run_down(lines) == down
    assert not run_down([Line.of([Word("few", 90, Box(0, 0, 20, 300))])])


def test_words_run_downwards_in_lines_of_several_letters_that_are_higher_than_wide() -> None:
    sizes = {"several": (20, 300), "across": (300, 20), "few": (20, 300)}
    lines = [Line.of([Word(text, 90, Box(0, 0, *size))]) for text, size in sizes.items()]
    assert [word.text for word in words_downwards(lines)] == ["several"]


def test_a_pack_for_vertical_text_that_is_not_there_is_missing() -> None:
    assert missing_for_vertical(("jpn", "eng"), ("jpn", "eng")) == ("jpn_vert",)
    assert missing_for_vertical(("jpn", "eng"), ("jpn", "jpn_vert", "eng")) == ()


def test_of_languages_that_were_found_each_has_its_pack_by_itself() -> None:
    installed = ("jpn", "jpn_vert", "eng", "chi_sim_vert", "chi_tra")
    assert list(vertical_of(("ita", "chi_sim", "jpn", "chi_tra"), installed)) == [
        ("chi_sim_vert",),
        ("jpn_vert",),
    ]


def test_a_page_is_vertical_if_one_pack_is_for_it() -> None:
    assert are_vertical(("jpn_vert", "eng"))
    assert not are_vertical(("jpn", "eng"))


def test_a_pack_for_vertical_text_is_no_language_beside_its_own() -> None:
    assert without_vertical(("eng", "jpn", "jpn_vert", "kor_vert")) == ["eng", "jpn", "kor_vert"]


@pytest.mark.parametrize(
    ("languages", "level"),
    [
        (("jpn_vert",), ("jpn",)),
        (("jpn_vert", "jpn", "eng"), ("jpn", "eng")),
        (("chi_tra_vert",), ("chi_tra_vert",)),  # the other pack is missing
    ],
)
def test_level_lines_of_a_vertical_page_are_read_with_the_packs_for_these(
    languages: tuple[str, ...], level: tuple[str, ...]
) -> None:
    assert level_of(languages, ("eng", "jpn", "jpn_vert", "chi_tra_vert")) == level
