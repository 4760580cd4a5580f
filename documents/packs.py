"""The languages that this site can read now: the packs of the engine that the settings name."""

from collections.abc import Iterable

from django.conf import settings

from documents.ocr import languages
from documents.ocr.engines import get_engine


def installed_packs() -> tuple[str, ...]:
    """Codes in alphabetical order. Raises EngineMissing."""
    return tuple(sorted(get_engine(settings.OCRSITE_ENGINE).languages()))


def checked(wanted: str | Iterable[str]) -> tuple[str, ...]:
    """The codes in ``wanted``, ``()`` for detect. Raises LanguageUnknown, LanguageMissing, EngineMissing."""
    return languages.checked(wanted, installed_packs())
