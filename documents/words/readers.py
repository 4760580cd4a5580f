"""The programs that read pages, as readers call them."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from documents.ocr.elements import PageText
from documents.ocr.readers import names_of, readers_of
from documents.words import engine_name


def programs_of(engine: str, version: str) -> str:
    """“Tesseract 5.3.0 and RapidOCR 3.9.2”, by the ``version`` that an ``engine`` told of itself."""
    return _listed(f"{engine_name(name)} {number}".rstrip() for name, number in readers_of(engine, version))


def program_names(names: Iterable[str]) -> str:
    """“Tesseract and RapidOCR”."""
    return _listed(map(engine_name, names))


def page_readers(page: PageText) -> str:
    """The same, of those that read a page."""
    return program_names(names_of(page.engine, page.engine_version))


def _listed(names: Iterable[str]) -> str:
    return get_text_list(list(names), _("and"))
