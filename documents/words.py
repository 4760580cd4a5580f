"""Errors in the words of the reader: from a stored ``code`` and ``params`` to one sentence."""

from collections.abc import Iterator, Mapping

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from documents.errors import OcrsiteError
from documents.ocr.languages import name


def explain(code: str, params: Mapping[str, str | int | float]) -> str:
    """The sentence of the error ``code`` in the language of the current request."""
    template = gettext(_BY_CODE.get(code, OcrsiteError).template)
    if "language" in params and "name" in params:
        params = {**params, "name": name(str(params["language"]), get_language() or "en")}
    return template % {key: _in_words(value) for key, value in params.items()}


def _in_words(value: str | float) -> str:
    return value if isinstance(value, str) else number_format(value, force_grouping=True)


def explain_error(error: OcrsiteError) -> str:
    return explain(error.code, error.params)


def _family(error: type[OcrsiteError]) -> Iterator[type[OcrsiteError]]:
    yield error
    for child in error.__subclasses__():
        yield from _family(child)


_BY_CODE = {error.code: error for error in _family(OcrsiteError)}
