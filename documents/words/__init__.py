"""Errors in the words of the reader: from a stored ``code`` and ``params`` to one sentence."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.formats import number_format
from django.utils.html import avoid_wrapping
from django.utils.translation import get_language, gettext, gettext_lazy

from documents.errors import OcrsiteError, by_code
from documents.ocr import languages

Params = Mapping[str, str | int | float]
_ENGINES = {
    "tesseract": "Tesseract",
    "tesserocr": gettext_lazy("Tesseract, in-process"),
    "rapidocr": "RapidOCR",
    "best": gettext_lazy("Tesseract, and RapidOCR where in doubt"),
}
_ROUND = 999.95  # what would be written as 1,000.0 is one of the next unit


def explain(code: str, params: Params) -> str:
    """The sentence of the error ``code`` in the language of the current request."""
    return template(code) % in_words(params)


def explain_error(error: OcrsiteError) -> str:
    return explain(error.code, error.params)


def template(code: str) -> str:
    """The sentence before its placeholders are filled."""
    return gettext(by_code(code).template)


def in_words(params: Params) -> dict[str, str]:
    """What fills the placeholders: numbers, and the names of languages and engines, in the form that the
    reader uses."""
    words = {key: value if isinstance(value, str) else figure(value) for key, value in params.items()}
    if "language" in words and "name" in words:
        words["name"] = language_name(words["language"])
    if "engine" in words:
        words["engine"] = engine_name(words["engine"])
    return words


def engine_name(name: str) -> str:
    """What readers call an engine; one that we do not know is its own name."""
    return str(_ENGINES.get(name, name))


def language_name(code: str) -> str:
    """The pack ``code`` as the reader calls its language: ``deu`` is “German”, “allemand”."""
    return languages.name(code, get_language() or "en")


def language_names(codes: Iterable[str]) -> str:
    """``English, Russian``."""
    return ", ".join(map(language_name, codes))


def by_name(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes with the names of their languages, in the order of these."""
    return sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1].casefold())


def figure(value: float) -> str:
    """``value`` as the reader writes it: ``2,000`` or ``2 000``."""
    return number_format(value, force_grouping=True)


def ranges(numbers: Sequence[int]) -> str:
    """Rising numbers as people write them: ``2–3, 5``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1][1:] = [number]
        else:
            parts.append([number])
    return ", ".join("–".join(map(figure, part)) for part in parts)


def file_size(count: int) -> str:
    """``count`` bytes as ``266.3 KB`` or ``1.2 MB``: units of 1,000, as the limit of an upload has them."""
    kilobytes = max(count, 1000) / 1000 if count else 0.0
    if kilobytes < _ROUND:
        template, size = gettext("%(size)s KB"), kilobytes
    elif kilobytes < 1000 * _ROUND:
        template, size = gettext("%(size)s MB"), kilobytes / 1000
    else:
        template, size = gettext("%(size)s GB"), kilobytes / 1_000_000
    return avoid_wrapping(template % {"size": number_format(round(size, 1), 1, force_grouping=True)})
