"""What PAGE calls languages and scripts: English names of its own, from a closed list."""

from collections.abc import Iterable

from babel import Locale

from documents.ocr.languages import PACKS

# Where PAGE has another name than CLDR.
_LANGUAGES = {
    "bn": "Bengali", "gd": "Gaelic", "grc": "Greek", "ht": "Haitian", "or": "Oriya", "sl": "Slovene",
    "to": "Tonga", "ug": "Uighur", "fil": "Tagalog", "enm": "English", "frm": "French",
}  # fmt: skip
_UNKNOWN = frozenset(("ceb", "chr", "syr"))  # to PAGE
_SCRIPTS = {
    "Arab": "Arabic", "Armn": "Armenian", "Beng": "Bengali",
    "Cans": "Unified Canadian Aboriginal Syllabics", "Cher": "Cherokee", "Cyrl": "Cyrillic",
    "Deva": "Devanagari (Nagari)", "Ethi": "Ethiopic", "Geor": "Georgian (Mkhedruli)", "Grek": "Greek",
    "Gujr": "Gujarati", "Guru": "Gurmukhi", "Hans": "Han (Simplified variant)",
    "Hant": "Han (Traditional variant)", "Hebr": "Hebrew", "Jpan": "Japanese", "Khmr": "Khmer",
    "Knda": "Kannada", "Kore": "Korean (alias for Hangul + Han)", "Laoo": "Lao",
    "Latf": "Latin (Fraktur variant)", "Latn": "Latin", "Mlym": "Malayalam", "Mymr": "Myanmar (Burmese)",
    "Orya": "Oriya", "Sinh": "Sinhala", "Syrc": "Syriac", "Taml": "Tamil", "Telu": "Telugu",
    "Thaa": "Thaana", "Thai": "Thai", "Tibt": "Tibetan",
}  # fmt: skip


def languages_of(codes: Iterable[str]) -> list[str]:
    """The languages of packs, each once, in their order; those that PAGE does not know are “other”."""
    known = (PACKS[code].language for code in codes if code in PACKS)
    return list(dict.fromkeys(_language(language) for language in known if language))


def _language(language: str) -> str:
    if language in _UNKNOWN:
        return "other"
    return _LANGUAGES.get(language) or str(Locale("en").languages[language])


def script_of(codes: Iterable[str]) -> str | None:
    """The script of the first pack that PAGE has a name for."""
    scripts = (PACKS[code].script for code in codes if code in PACKS)
    return next((f"{script} - {_SCRIPTS[script]}" for script in scripts if script in _SCRIPTS), None)
