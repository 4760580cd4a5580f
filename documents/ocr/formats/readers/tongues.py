"""The languages that a file names, as codes of packs."""

from collections.abc import Iterable
from functools import cache

from documents.ocr.formats.page_names import languages_of
from documents.ocr.languages import PACKS, tags

# ISO 639-2 has two codes for these: those of libraries, and those that packs are called by.
_BIBLIOGRAPHIC = {
    "alb": "sqi", "arm": "hye", "baq": "eus", "bur": "mya", "chi": "chi_sim", "cze": "ces", "dut": "nld",
    "fre": "fra", "geo": "kat", "ger": "deu", "gre": "ell", "ice": "isl", "mac": "mkd", "mao": "mri",
    "may": "msa", "per": "fas", "rum": "ron", "slo": "slk", "tib": "bod", "wel": "cym",
}  # fmt: skip


def codes_of(names: Iterable[str]) -> tuple[str, ...]:
    """Each once, in their order. Known are codes of packs and of ISO 639, tags of BCP 47 and the English
    names of PAGE; others are left out."""
    codes = (_code(name.strip()) for name in names)
    return tuple(dict.fromkeys(code for code in codes if code))


def _code(name: str) -> str | None:
    folded = name.casefold().replace("_", "-")
    known = _known()
    return known.get(folded) or known.get(folded.partition("-")[0])


@cache
def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for code, pack in PACKS.items():
        for name in (code, *tags([code]), pack.language, *languages_of([code])):
            known.setdefault(name.casefold().replace("_", "-"), code)
    known |= {name: code for name, code in _BIBLIOGRAPHIC.items() if code in PACKS}
    return {name: code for name, code in known.items() if name not in ("", "other")}
