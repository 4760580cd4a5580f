"""The languages that can be read: their codes, their names in the reader's tongue, and how to
install the ones that are missing.

A code is the name of one of Tesseract's trained packs: ISO 639-2 with a suffix for script or use
(``eng``, ``chi_sim``, ``jpn_vert``), or the name of a script whose pack reads all its languages
(``Latin``). The table follows the list of https://github.com/tesseract-ocr/tessdata_fast.
"""

import os
import re
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from documents.errors import LanguageMissing, LanguageUnknown

# By script (ISO 15924): the code of the pack = the language as CLDR writes it.
_LANGUAGES = {
    "Latn": "afr=af aze=az bos=bs bre=br cat=ca ceb=ceb ces=cs cos=co cym=cy dan=da deu=de eng=en"
    " enm=enm epo=eo est=et eus=eu fao=fo fil=fil fin=fi fra=fr frm=frm fry=fy gla=gd gle=ga"
    " glg=gl hat=ht hrv=hr hun=hu ind=id isl=is ita=it ita_old=it jav=jv kmr=ku lat=la lav=lv"
    " lit=lt ltz=lb mlt=mt mri=mi msa=ms nld=nl nor=no oci=oc pol=pl por=pt que=qu ron=ro"
    " slk=sk slv=sl spa=es spa_old=es sqi=sq srp_latn=sr sun=su swa=sw swe=sv ton=to tur=tr"
    " uzb=uz vie=vi yor=yo",
    "Latf": "frk=de deu_latf=de",
    "Cyrl": "aze_cyrl=az bel=be bul=bg kaz=kk kir=ky mkd=mk mon=mn rus=ru srp=sr tat=tt tgk=tg ukr=uk"
    " uzb_cyrl=uz",
    "Grek": "ell=el grc=grc",
    "Arab": "ara=ar fas=fa pus=ps snd=sd uig=ug urd=ur",
    "Hebr": "heb=he yid=yi",
    "Deva": "hin=hi mar=mr nep=ne san=sa",
    "Beng": "asm=as ben=bn",
    "Ethi": "amh=am tir=ti",
    "Geor": "kat=ka kat_old=ka",
    "Tibt": "bod=bo dzo=dz",
    "Hans": "chi_sim=zh chi_sim_vert=zh",
    "Hant": "chi_tra=zh chi_tra_vert=zh",
    "Jpan": "jpn=ja jpn_vert=ja",
    "Kore": "kor=ko kor_vert=ko",
    "Armn": "hye=hy",
    "Cans": "iku=iu",
    "Cher": "chr=chr",
    "Gujr": "guj=gu",
    "Guru": "pan=pa",
    "Khmr": "khm=km",
    "Knda": "kan=kn",
    "Laoo": "lao=lo",
    "Mlym": "mal=ml",
    "Mymr": "mya=my",
    "Orya": "ori=or",
    "Sinh": "sin=si",
    "Syrc": "syr=syr",
    "Taml": "tam=ta",
    "Telu": "tel=te",
    "Thaa": "div=dv",
    "Thai": "tha=th",
}

# Packs that read every language of a script.
_SCRIPTS = {
    "Arabic": "Arab", "Armenian": "Armn", "Bengali": "Beng", "Canadian_Aboriginal": "Cans",
    "Cherokee": "Cher", "Cyrillic": "Cyrl", "Devanagari": "Deva", "Ethiopic": "Ethi",
    "Fraktur": "Latf", "Georgian": "Geor", "Greek": "Grek", "Gujarati": "Gujr", "Gurmukhi": "Guru",
    "HanS": "Hans", "HanS_vert": "Hans", "HanT": "Hant", "HanT_vert": "Hant", "Hangul": "Kore",
    "Hangul_vert": "Kore", "Hebrew": "Hebr", "Japanese": "Jpan", "Japanese_vert": "Jpan",
    "Kannada": "Knda", "Khmer": "Khmr", "Lao": "Laoo", "Latin": "Latn", "Malayalam": "Mlym",
    "Myanmar": "Mymr", "Oriya": "Orya", "Sinhala": "Sinh", "Syriac": "Syrc", "Tamil": "Taml",
    "Telugu": "Telu", "Thaana": "Thaa", "Thai": "Thai", "Tibetan": "Tibt", "Vietnamese": "Viet",
}  # fmt: skip

_RIGHT_TO_LEFT = frozenset(("Arab", "Hebr", "Syrc", "Thaa"))

# The name of a pack says its script where the same language is also written in another one.
_NAMED_WITH_SCRIPT = frozenset(
    (
        "aze_cyrl",
        "uzb_cyrl",
        "srp_latn",
        "chi_sim",
        "chi_sim_vert",
        "chi_tra",
        "chi_tra_vert",
        "frk",
        "deu_latf",
    )
)

# What CLDR has no words for, by the language of the interface; English where it is not listed.
_WORDS = {
    "vert": {"en": "vertical"},
    "old": {"en": "old", "fr": "ancien"},
    "script": {"en": "script", "fr": "écriture"},
    "Latf": {"en": "Fraktur"},
    "Hans": {"en": "Simplified Han", "fr": "han simplifié"},
    "Hant": {"en": "Traditional Han", "fr": "han traditionnel"},
    "Viet": {"en": "Vietnamese", "fr": "vietnamien"},
}

# Packs under their newer names, which no package of Debian 12 has.
_RENAMED = {"deu_latf": "frk"}

_DETECT = ("", "auto", "detect")
_DEBIAN_SCRIPTS = {"Kore": "hang", "Latf": "frak"}  # where Debian's name of a script pack is not the ISO code


@dataclass(frozen=True, slots=True)
class Pack:
    """``language`` is a CLDR code, empty for a pack of a whole script (ISO 15924)."""

    code: str
    script: str
    language: str = ""


def _packs() -> dict[str, Pack]:
    pairs = (
        (script, entry.split("=")) for script, entries in _LANGUAGES.items() for entry in entries.split()
    )
    packs = [Pack(code, script, language) for script, (code, language) in pairs]
    packs += [Pack(name, script) for name, script in _SCRIPTS.items()]
    return {pack.code: pack for pack in packs}


PACKS = _packs()
_BY_FOLDED = {code.casefold(): code for code in PACKS}


def parse(languages: str | Iterable[str] | None, *, also: Collection[str] = ()) -> tuple[str, ...]:
    """The codes in ``eng+rus``, ``eng, rus`` or a list of such, without repetition and in their order.

    Nothing, ``detect`` and ``auto`` give ``()``: find the languages on the page. ``also`` are codes
    known beside the table, such as packs that someone trained. Raises LanguageUnknown.
    """
    text = languages if isinstance(languages, str) else "+".join(languages or ())
    words = (word for word in re.split(r"[+,;\s]+", text) if word.casefold() not in _DETECT)
    return tuple(dict.fromkeys(word if word in also else _known(word) for word in words))


def _known(word: str) -> str:
    code = _BY_FOLDED.get(word.removeprefix("script/").casefold())
    if code is None:
        raise LanguageUnknown(language=word)
    return _RENAMED.get(code, code)


def of_script(script: str) -> str:
    """The code of the pack for ``script`` (ISO 15924): of its language where it has but one, else of all of
    them. Chinese of either form, ``Hani``, is taken for the simplified one."""
    script = "Hans" if script == "Hani" else script
    codes = [entry.partition("=")[0] for entry in _LANGUAGES[script].split()]
    usual = [code for code in codes if not code.endswith(("_old", "_vert"))]
    whole = next(code for code, of in _SCRIPTS.items() if of == script)
    return usual[0] if len(usual) == 1 else whole


def installable(installed: Collection[str]) -> frozenset[str]:
    """The codes of packs that are not ``installed`` and could be, each pack once."""
    twice = {code for pair in _RENAMED.items() if set(pair) & set(installed) for code in pair}
    return frozenset(PACKS) - set(installed) - twice - set(_RENAMED)


def require_installed(codes: Iterable[str], installed: Collection[str]) -> None:
    """Raises LanguageMissing for the first of ``codes`` that is not among ``installed``."""
    for code in codes:
        if code not in installed:
            raise LanguageMissing(name=name(code), language=code, command=install_command(code))


def install_command(code: str) -> str:
    """What to type to install a pack: with apt where the system has it, else by fetching the file."""
    if shutil.which("apt-get"):
        return f"sudo apt-get install {_debian_package(code)}"
    folder = os.environ.get("TESSDATA_PREFIX", "/usr/share/tessdata")
    pack = PACKS.get(code)
    path = code if pack is None or pack.language else f"script/{code}"
    url = f"https://github.com/tesseract-ocr/tessdata_fast/raw/main/{path}.traineddata"
    return f"sudo curl -L -o {folder}/{code}.traineddata {url}"


def _debian_package(code: str) -> str:
    pack = PACKS.get(code)
    if pack is None or pack.language:
        return f"tesseract-ocr-{code.replace('_', '-')}"
    script = _DEBIAN_SCRIPTS.get(pack.script, pack.script.lower())
    return f"tesseract-ocr-script-{script}{'-vert' if code.endswith('_vert') else ''}"


@lru_cache(maxsize=4096)
def name(code: str, locale: str = "en") -> str:
    """The name of a pack in the language of ``locale`` (``fr``, ``pt-br``), as CLDR has it.

    ``chi_sim`` is “Chinese (Simplified)”, in French “chinois (simplifié)”. A code that is not in the
    table is its own name.
    """
    pack = PACKS.get(code)
    if pack is None:
        return code
    reader = _locale(locale)
    if not pack.language:
        words = [_script_name(pack.script, reader), "script"]
    elif code in _NAMED_WITH_SCRIPT:
        words = [
            _language_name(pack.language, reader),
            _script_name(pack.script, reader, beside_language=True),
        ]
    else:
        words = [_language_name(pack.language, reader)]
    words += [suffix for suffix in ("old", "vert") if code.endswith(f"_{suffix}")]
    first, *details = (_word(word, reader) for word in words)
    return f"{first} ({', '.join(details)})" if details else first


@lru_cache(maxsize=256)
def named(typed: str, locale: str = "en") -> tuple[str, ...]:
    """The codes of the packs that ``typed`` means: a code, a code of ISO 639-1, or a name of the language.

    Names are those of English and of ``locale``, with or without what stands in brackets.
    """
    wanted = typed.strip().casefold()
    if code := _BY_FOLDED.get(wanted):
        return (code,)
    return tuple(code for code, pack in PACKS.items() if wanted in _names(pack, locale))


def tags(codes: Iterable[str]) -> list[str]:
    """The languages of packs as BCP 47 has them (``de``, ``zh-Hans``, ``und-Latn`` for a whole script).

    Each once, in their order; a code that is not in the table has none.
    """
    packs = (PACKS[code] for code in codes if code in PACKS)
    return list(dict.fromkeys(map(_tag, packs)))


def from_the_right(codes: Sequence[str]) -> bool:
    """Whether a book in the first of ``codes`` opens from the right, because lines run from right to left or
    from top to bottom."""
    pack = PACKS.get(codes[0]) if codes else None
    return pack is not None and (pack.script in _RIGHT_TO_LEFT or pack.code.endswith("_vert"))


def _tag(pack: Pack) -> str:
    if pack.script == "Viet":  # no script of ISO 15924
        return "vi"
    if not pack.language or pack.code in _NAMED_WITH_SCRIPT:
        return f"{pack.language or 'und'}-{pack.script}"
    return pack.language


def _names(pack: Pack, locale: str) -> set[str]:
    names = {name(pack.code, tongue).casefold() for tongue in ("en", locale)}
    return {pack.language, *names, *(one.partition(" (")[0] for one in names)} - {""}


def _locale(identifier: str) -> Locale:
    try:
        return Locale.parse(identifier.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _language_name(language: str, reader: Locale) -> str:
    return str(reader.languages.get(language) or Locale("en").languages[language])


def _script_name(script: str, reader: Locale, *, beside_language: bool = False) -> str:
    """CLDR's name; for the two forms of Han it is only good beside “Chinese”."""
    if script in _WORDS and not (beside_language and script.startswith("Han")):
        return _word(script, reader)
    return str(reader.scripts.get(script) or Locale("en").scripts[script])


def _word(word: str, reader: Locale) -> str:
    translations = _WORDS.get(word, {"en": word})
    return translations.get(reader.language, translations["en"])
