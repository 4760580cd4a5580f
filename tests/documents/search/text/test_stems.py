"""Forms of a word share a stem, by the language of the page."""

import random

import pytest
import Stemmer

from documents.ocr.languages import PACKS
from documents.search.text.stems import _PACKS, algorithms, stems, stems_among


@pytest.mark.parametrize(
    ("pack", "one", "other"),
    [
        ("eng", "invoices", "invoice"),
        ("deu", "rechnungen", "rechnung"),
        ("Fraktur", "hauser", "haus"),
        ("fra", "factures", "facture"),
        ("rus", "книги", "книгами"),
        ("pol", "faktury", "fakture"),
        ("tur", "kitaplar", "kitap"),
        ("ara", "الكتاب", "كتاب"),
        ("hin", "किताबें", "किताब"),
        ("tam", "வீடுகள்", "வீடு"),
    ],
)
def test_forms_share_a_stem(pack: str, one: str, other: str) -> None:
    known = algorithms([pack])
    assert stems(one, known) == stems(other, known) != frozenset()


def test_each_language_has_its_own_stem() -> None:
    assert stems("invoices", algorithms(["eng", "fra", "rus"])) == {"invoic", "invoices"}


@pytest.mark.parametrize("word", ["as", "1986", "a4x"])
def test_short_words_and_numbers_have_none(word: str) -> None:
    assert not stems(word, algorithms(["eng"]))


def test_a_language_without_an_algorithm_has_none() -> None:
    assert not stems("hoofddorp", algorithms(["vie"]))


def test_algorithms_and_packs_are_known_to_those_who_use_them() -> None:
    assert set(_PACKS) <= set(Stemmer.algorithms())
    assert {pack for packs in _PACKS.values() for pack in packs} <= set(PACKS)


_ENDS = ["", "", "s", "es", "ing", "en", "lar", "ность", "ами", "ους", "ega"]
_STARTS = ["", "", "ge", "me", "ber", "peng", "di", "ke", "ts", "mh", "bh", "gc", "bhf", "dj", "lj", "ux"]
_LETTERS = (
    "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюяђјљњћџ", "αβγδεηικλμνοπρστυφω",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ", "אבגדהוזחטיכלמנסעפצקרשתךםןףץ", "கஙசஜஞடணதநபமயரலவழளறனஅஆஇஈஉஊஎஏஐஒஓ",
    "अआइईउऊकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह", "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(_PACKS))
def test_a_word_is_found_by_each_of_its_stems(name: str) -> None:
    chance = random.Random(7)  # noqa: S311
    known = frozenset([name])
    for letters in _LETTERS:
        for _ in range(500):
            word = "".join(chance.choices(letters, k=chance.randrange(3, 7)))
            word = chance.choice(_STARTS) + word + chance.choice(_ENDS)
            found = stems(word, known)
            assert {stem for _word, stem in stems_among({word[0]: [word]}, found, known)} == found, word


def test_words_are_found_by_a_stem_among_others() -> None:
    words = {"i": ["invoice", "invoices", "idle"], "w": ["word"]}
    found = stems_among(words, frozenset(["invoic"]), algorithms(["eng", "ara"]))
    assert sorted(found) == [("invoice", "invoic"), ("invoices", "invoic")]


def test_endings_alone_have_no_stem() -> None:
    assert not stems("ανε", algorithms(["ell"]))
