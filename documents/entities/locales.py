"""The languages of a page as CLDR knows them."""

from collections.abc import Iterable

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from documents.ocr.languages import PACKS

_LIKELY = get_global("likely_subtags")


def cldr_codes(languages: Iterable[str]) -> tuple[str, ...]:
    """``("deu", "eng")`` as ``("de", "en")``, without what CLDR does not know; English where none is left."""
    packs = (PACKS.get(code) for code in languages)
    codes = dict.fromkeys(pack.language for pack in packs if pack and _has_data(pack.language))
    return tuple(codes) or ("en",)


def _has_data(language: str) -> bool:
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def likely_region(language: str) -> str:
    """The country where most speakers live (ISO 3166): ``de`` → ``DE``, ``en`` → ``US``; empty if unknown."""
    return str(_LIKELY.get(language, "")).rpartition("_")[2]
