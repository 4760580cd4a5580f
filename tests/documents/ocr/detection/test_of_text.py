import pytest

from documents.ocr.detection.of_text import languages_of_text

INSTALLED = ("chi_sim", "deu", "eng", "rus", "ukr")


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("The quick brown fox jumps over the lazy dog near the river bank", ("eng",)),
        ("Der schnelle braune Fuchs springt über den faulen Hund am Ufer", ("deu",)),
        ("Съешь же ещё этих мягких французских булок, да выпей чаю", ("rus",)),
        ("今天天气很好我们去公园散步吧", ("chi_sim",)),
        ("नमस्ते दुनिया यह हिन्दी है", ()),
        ("", ()),
    ],
)
def test_the_language_of_a_text_is_one_of_those_that_are_there(text: str, languages: tuple[str, ...]) -> None:
    assert languages_of_text(text, INSTALLED) == languages


def test_without_packs_there_is_no_language() -> None:
    assert languages_of_text("Hello", ()) == ()
