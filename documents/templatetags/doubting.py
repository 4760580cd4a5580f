"""In which languages a document was read, how sure that is, and which ones would be better."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from documents import packs, selectors
from documents.models import Document
from documents.ocr.correcting.doubts import UNSURE
from documents.ocr.detection.identify import is_guess
from documents.ocr.languages import PACKS
from documents.selectors.doubts import doubts_of
from documents.words import language_names
from documents.words.engines import why_unreadable

register = template.Library()
register.simple_tag(doubts_of)

_SHORT = 160  # letters: a longer text tells its language
_FEW_PAGES = 3  # a document of more has more text
_SURE = 85.0  # mean confidence; clean pages reach it in their own language only


@register.simple_tag
def engine_for(document: Document) -> str:
    """The one that was chosen for the document and can run here; empty for the site's."""
    return packs.usable(selectors.asked_engine(document))


@register.simple_tag
def reading_advice(codes: Iterable[str], engine: str) -> str:
    """What to do about the first of the languages that ``engine`` cannot read; empty where it reads all."""
    return why_unreadable(codes, packs.chosen(engine))


@register.simple_tag
def read_as(document: Document) -> str:
    """The languages of the document; where they were detected, as ``read as Russian, English (sure)``."""
    names = language_names(document.languages)
    if selectors.asked_languages(document) or document.mean_confidence is None:
        return names
    confidence = 0.0 if _is_guessed(document) else document.mean_confidence
    return _how_sure(confidence) % {"languages": names}


def _is_guessed(document: Document) -> bool:
    """Whether there is so little text that it may be in many languages of its script, however well it was
    read."""
    if document.page_count > _FEW_PAGES:
        return False
    text = " ".join(selectors.current_texts(document))
    pack = PACKS.get(document.languages[0]) if document.languages else None
    return pack is not None and 0 < len(text) < _SHORT and is_guess(text, pack.script)


def _how_sure(confidence: float) -> str:
    if confidence >= _SURE:
        return _("read as %(languages)s (sure)")
    if confidence >= UNSURE:
        return _("read as %(languages)s (fairly sure)")
    return _("read as %(languages)s (not sure)")
