from concurrent.futures import ThreadPoolExecutor
from functools import cache
from time import sleep

import pytest
from py3langid.langid import LanguageIdentifier

from documents.ocr.detection import identify as identify_module
from documents.ocr.detection.identify import identify, is_guess, likeness, rivals, told_by, warm_up
from documents.ocr.languages import PACKS

GERMAN = "Vielen Dank für Ihren Brief, wir haben die Zahlung erhalten."
FRENCH = "Merci de votre lettre, nous avons bien reçu le paiement."
SWEDISH = "Alla människor är födda fria och lika i värde och rättigheter."
LATIN = ("eng", "deu", "fra", "spa")


@pytest.mark.parametrize(("text", "code"), [(GERMAN, "deu"), (FRENCH, "fra"), ("Thank you very much", "eng")])
def test_the_words_tell_the_language(text: str, code: str) -> None:
    assert identify([text], "Latn", LATIN, "eng") == (code,)


def test_accents_that_the_engine_did_not_see_are_not_missed() -> None:
    assert identify(["Dekujeme za Vas dopis, platbu jsme obdrzeli"], "Latn", (*LATIN, "ces"), "eng") == (
        "ces",
    )


@pytest.mark.parametrize("text", ["Cellar key", "MockBa 2024 HP CCCP", "TOTAL 12.50"])
def test_the_language_of_a_name_or_two_is_a_guess(text: str) -> None:
    assert is_guess(text, "Latn")
    assert not is_guess(f"{text}. {GERMAN}", "Latn")


def test_a_script_of_one_language_leaves_nothing_to_guess() -> None:
    assert not is_guess("鍵", "Jpan")


def test_a_page_can_have_two_languages() -> None:
    assert identify([GERMAN, FRENCH], "Latn", LATIN, "eng") in [("deu", "fra"), ("fra", "deu")]


def test_a_quotation_is_no_second_language() -> None:
    assert identify([*[GERMAN] * 6, FRENCH], "Latn", LATIN, "eng") == ("deu",)


@pytest.mark.parametrize("text", ["Hello", "TOTAL 12.50", "Menu", "12.50"])
def test_a_word_of_any_language_is_of_the_usual_one(text: str) -> None:
    assert identify([text], "Latn", LATIN, "eng") == ("eng",)


def test_a_language_that_is_not_installed_gets_the_pack_of_its_script() -> None:
    assert identify([SWEDISH], "Latn", (*LATIN, "Latin"), "eng") == ("Latin",)
    assert identify([GERMAN], "Latn", (*LATIN, "Latin"), "eng") == ("deu",)


def test_the_only_pack_of_a_script_needs_no_words() -> None:
    assert identify([""], "Grek", ("eng", "ell"), "ell") == ("ell",)
    assert identify([""], "Thai", ("eng", "ell"), "ell") == ()


def test_letters_that_the_pack_did_not_know_leave_a_rival() -> None:
    read_as_russian = ["ВИкно кухн! виходить у сад, | влтку", "долинае запах троянд."]
    assert set(rivals(read_as_russian, "Cyrl", ("bul", "eng", "rus", "ukr"))) >= {"rus", "ukr"}


def test_each_of_two_languages_on_a_page_is_a_rival() -> None:
    assert set(rivals([GERMAN, FRENCH], "Latn", LATIN)) == {"deu", "fra"}


def test_a_text_that_is_clearly_in_a_language_has_no_rivals() -> None:
    assert rivals([GERMAN], "Latn", LATIN) == ("deu",)
    assert rivals([GERMAN], "Latn", ("deu", "rus")) == ()


def test_a_text_is_more_like_its_language() -> None:
    ukrainian = "Вікно кухні виходить у сад, і влітку долинає запах троянд."
    assert likeness(ukrainian, "ukr", ("rus", "ukr")) > 0.9
    assert likeness(ukrainian, "rus", ("rus", "ukr")) < 0.1


def test_packs_for_old_print_are_not_chosen_before_others() -> None:
    text = "Grazie per la Sua lettera, abbiamo ricevuto il pagamento."
    assert identify([text], "Latn", ("ita_old", "ita", "eng"), "eng") == ("ita",)


def test_the_model_is_read_once_though_two_ask_for_it_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    readings: list[str] = []

    def slowly(path: str, **_options: object) -> str:
        sleep(0.05)
        readings.append(path)
        return "the model"

    monkeypatch.setattr(LanguageIdentifier, "from_model_file", slowly)
    monkeypatch.setattr(identify_module, "_model", cache(identify_module._model.__wrapped__))
    with ThreadPoolExecutor() as pool:
        for _done in pool.map(lambda _number: warm_up(), range(2)):
            pass
    assert len(readings) == 1


@pytest.mark.parametrize("script", sorted({pack.script for pack in PACKS.values()}))
def test_no_script_is_a_trap_though_the_model_knows_no_language_of_it(script: str) -> None:
    codes = [pack.code for pack in PACKS.values() if pack.script == script]
    assert set(identify(["ab " * 20], script, codes, codes[0])) <= set(codes)
    assert set(told_by(["ab " * 20], script)) <= {PACKS[code].language for code in codes}
