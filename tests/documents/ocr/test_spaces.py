import pytest

from documents.ocr.elements import Block, Box, Line, Word
from documents.ocr.spaces import needs_text, with_spaces

BOX = Box(0, 0, 10, 10)


def spaced(words: str, text: str) -> str:
    """What a page says whose words (lines: ``/``) are these, and whose plain text is ``text``."""
    lines = tuple(
        Line(tuple(Word(word, 90.0, BOX) for word in line.split()), BOX) for line in words.split("/")
    )
    [block] = with_spaces([Block(lines, BOX)], text)
    return block.text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("모든 인 간 은 태 어 날", "모든 인간은 태어날"),
        ("安装 Python 3.11 后 运行", "安装Python 3.11后运行"),
        ("姓 名 : 王", "姓 名: 王"),
        ("Web サ イト へ", "Webサイトへ"),
        ("ไทย และ PDF", "ไทยและ PDF"),
        ("Hello world", "Hello world"),
    ],
)
def test_words_are_parted_where_the_plain_text_parts_them(words: str, text: str) -> None:
    assert spaced(words, f"\n  {text}  \n\n") == text


def test_lines_are_found_wherever_they_stand() -> None:
    assert spaced("한 국 / 사 람", "사람\n\n잡음\n한 국\n") == "한 국\n사람"


def test_lines_of_the_same_letters_keep_their_own_spaces() -> None:
    assert spaced("한 국 / 한 국 / 한 국", "한국\n한 국\n") == "한국\n한 국\n한 국"


def test_marks_of_direction_and_decomposed_letters_are_no_difference() -> None:
    assert spaced("한 국", "\u200e\u1112\u1161\u11ab국") == "한국"


@pytest.mark.parametrize("text", ["", "한극인", "rubbish\n한국 인 또\n"])
def test_a_line_that_the_text_does_not_have_stays_as_its_script_has_it(text: str) -> None:
    assert spaced("한 국인 中 文", text) == "한 국인 中文"


def test_words_of_spaced_scripts_are_never_joined() -> None:
    assert spaced("Total 8.70", "Total8.70") == "Total 8.70"
    assert spaced("شكرا جزيلا", "شكراجزيلا") == "شكرا جزيلا"


@pytest.mark.parametrize(
    ("languages", "is_needed"),
    [
        (["eng"], False),
        (["eng", "rus", "ell"], False),
        (["ara"], False),
        (["Latin"], False),
        (["kor"], True),
        (["eng", "jpn"], True),
        (["chi_sim"], True),
        (["tha"], True),
        (["Hangul"], True),
        (["eng", "of_our_own"], True),
    ],
)
def test_the_plain_text_is_asked_for_where_it_may_tell_more(languages: list[str], *, is_needed: bool) -> None:
    assert needs_text(languages) == is_needed
