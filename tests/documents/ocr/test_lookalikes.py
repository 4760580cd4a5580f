import pytest

from documents.ocr.lookalikes import told_apart
from tests.factories import blocks

RUSSIAN = ("eng", "rus")


def _told_apart(text: str, languages: tuple[str, ...] = RUSSIAN) -> str:
    return "".join(block.text for block in told_apart(blocks(text), languages))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Пpивeт", "Привет"),  # Latin p and e
        ("Тhе", "The"),  # Cyrillic Т and е
        ("(«пocле»)", "(«после»)"),
    ],
)
def test_a_look_alike_takes_the_alphabet_of_its_word(read: str, meant: str) -> None:
    assert read != meant
    assert _told_apart(read) == meant


@pytest.mark.parametrize("word", ["USB-кабель", "x-лучи", "МиГ-29", "№", "A4", "C++", "3D-печать", "B2B"])
def test_a_word_in_two_alphabets_stays(word: str) -> None:
    assert _told_apart(f"это {word} здесь") == f"это {word} здесь"


def test_a_word_of_look_alikes_is_in_the_alphabet_of_its_neighbours() -> None:
    assert _told_apart("город MOCKBA был") == "город МОСКВА был"
    assert _told_apart("this is а book") == "this is a book"


def test_the_first_word_of_a_line_has_one_neighbour() -> None:
    assert _told_apart("B городе") == "В городе"


def test_between_two_alphabets_a_word_stays_as_it_was_read() -> None:
    assert _told_apart("город MOCKBA this") == "город MOCKBA this"


@pytest.mark.parametrize("line", ["работает с PDF и Excel, {} также", "работает с файлами PDF и Excel, {}"])
def test_a_short_word_beside_a_name_is_in_the_alphabet_of_its_line(line: str) -> None:
    assert _told_apart(line.format("a")) == line.format("а")


def test_a_short_word_in_letters_that_no_word_of_its_line_has_is_misread() -> None:
    assert _told_apart("files are stored оп the server") == "files are stored on the server"
    assert _told_apart("files are stored ищ the server") == "files are stored ищ the server"
    assert _told_apart("write оп, мы all read") == "write оп, мы all read"


def test_a_word_of_look_alikes_in_two_alphabets_is_in_the_one_of_most_letters() -> None:
    assert _told_apart("CОР") == "СОР"


def test_a_line_of_look_alikes_is_in_the_alphabet_of_its_page() -> None:
    page = (*blocks("MOCKBA"), *blocks("Привет из города"))

    assert told_apart(page, RUSSIAN)[0].text == "МОСКВА"


@pytest.mark.parametrize("word", ["HP", "BMX", "MTX", "HP,"])
def test_a_few_latin_capitals_may_be_an_abbreviation(word: str) -> None:
    assert _told_apart(f"новый {word} здесь") == f"новый {word} здесь"


def test_a_few_cyrillic_capitals_between_latin_words_are_latin() -> None:
    assert _told_apart("the new НР printer") == "the new HP printer"


def test_capitals_are_a_word_where_the_page_has_it_in_the_other_alphabet() -> None:
    page = (*blocks("при CCCP было"), *blocks("СССР и СССР"))

    assert told_apart(page, RUSSIAN)[0].text == "при СССР было"


def test_capitals_are_a_word_in_a_line_of_capitals() -> None:
    assert _told_apart("ВЫХОД HA УЛИЦУ") == "ВЫХОД НА УЛИЦУ"


def test_a_few_small_letters_are_a_word() -> None:
    assert _told_apart("старый cop лежит") == "старый сор лежит"


def test_only_some_letters_are_words() -> None:
    assert _told_apart("два c половиной a не X или H") == "два с половиной а не X или H"


@pytest.mark.parametrize("numeral", ["XX", "X"])
def test_a_roman_numeral_is_no_word(numeral: str) -> None:
    assert _told_apart(f"наш {numeral} век") == f"наш {numeral} век"
    assert _told_apart(f"НАШ {numeral} ВЕК") == f"НАШ {numeral} ВЕК"


def test_a_numeral_is_no_ukrainian_word_though_its_letters_exist_there() -> None:
    assert _told_apart("наше II місто", ("ukr", "eng")) == "наше II місто"
    assert _told_apart("ти I я", ("ukr", "eng")) == "ти І я"


def test_ukrainian_letters_are_for_languages_that_have_them() -> None:
    assert _told_apart("мiсто", ("ukr",)) == "місто"
    assert _told_apart("мiсто", ("rus",)) == "мiсто"


def test_greek_is_told_from_latin() -> None:
    assert _told_apart("Toυς πολίτες", ("ell", "eng")) == "Τους πολίτες"


def test_three_alphabets_are_told_apart() -> None:
    assert _told_apart("город MOCKBA был", ("eng", "rus", "ell")) == "город МОСКВА был"


@pytest.mark.parametrize("languages", [("eng", "deu"), ("jpn",), ()])
def test_a_page_without_another_alphabet_is_left_alone(languages: tuple[str, ...]) -> None:
    page = blocks("Тhе MOCKBA")

    assert told_apart(page, languages) == page


def test_boxes_and_confidences_stay() -> None:
    page = blocks("Пpивeт", 42.0)
    word = told_apart(page, RUSSIAN)[0].lines[0].words[0]

    assert (word.box, word.confidence) == (page[0].lines[0].words[0].box, 42.0)
