from django.utils.translation import override

from documents.words import language_names


def test_languages_are_named_in_the_language_of_the_page() -> None:
    assert language_names(["eng", "rus"]) == "English, Russian"
    with override("fr"):
        assert language_names(["eng"]) == "anglais"
