"""Whether a page was read in the wrong language, and which one is better.

In the wrong script an engine finds few letters that it is sure of, and words of no language: the page is
looked at again, as is one where that is so of some lines only. In another language of the right script it
reads nearly all of them, and the text tells.
"""

from collections.abc import Collection

from PIL import Image

from documents.ocr.clean import rotate
from documents.ocr.detection.detect import detect, glance_at
from documents.ocr.detection.identify import told_by
from documents.ocr.detection.sample import lies_sideways, take_sample
from documents.ocr.detection.scripts import own_share
from documents.ocr.detection.vertical import missing_for_vertical
from documents.ocr.elements import Line, PageText, confidence_of
from documents.ocr.engines.base import Engine, Inability
from documents.ocr.languages import PACKS, of_script

_LEGIBLE = 60.0  # confidence of a page from which on its text is believed: in a wrong script it is 8–63 ...
# ... and nothing of it in its language. From this confidence on a page is believed without that, and so is a
# sample in other languages ...
_SURELY = 75.0
_BETTER = 15.0  # ... if it is by so much better than that of the page
_LETTERS = 200  # a shorter text, or a receipt of names and sums, may seem to be in any language
_SHORTEST_BLOCK = 40  # letters that tell a language from all others of its script
_MOSTLY = 0.5  # of the letters in such blocks
_SELDOM = 0.1
# A line of so many letters and figures tells whether it was read; a heading or a sum does not.
_LONG_LINE = 12
_TOLD = 1.0  # confidence of a glance that tells a script: of text in nine it has 2 to 10, of dirt up to 0.4
# Scripts of languages that the letters do not tell apart: a legible Chinese page is one.
_ONE_LANGUAGE = ("Hans", "Hant", "Jpan")


def better_languages(page: PageText, image: Image.Image, engine: Engine) -> tuple[str, ...]:
    """The languages in which a page should be read again, ``()`` where it is well as it is.

    A pack for vertical text need not be installed. ``image`` is what was read, before it was turned. Raises
    as ``Engine.read``.
    """
    if page.confidence is None and not _looks_otherwise(page, image, engine):
        return ()
    certainty = page.confidence or 0.0
    if certainty >= _LEGIBLE:
        told = doubt(page, engine.languages())
        if told:
            return told
        if (confidence := _confidence_of_illegible(page)) is not None:
            return _languages_of_illegible(page, confidence, image, engine)
        if certainty >= _SURELY or _is_in_its_languages(page):
            return ()
    if missing := _missing_for_vertical(page, image, engine):
        return missing
    found = detect(rotate(image, page.rotation), engine)
    is_better = found.confidence >= max(_SURELY, certainty + _BETTER)
    return found.languages if is_better and not _covers(page.languages, found.languages) else ()


def missing_script(page: PageText, image: Image.Image, engine: Engine) -> tuple[str, ...]:
    """The pack for the script that a page seems to be in, where it is hardly legible and the engine reads
    nothing in that script; else ``()``. ``image`` and errors as for `better_languages`."""
    if (page.confidence or 0.0) >= _LEGIBLE:
        return ()
    script = _seen_script(rotate(image, page.rotation), engine)
    return (of_script(script),) if script and _scripts(engine.languages()).isdisjoint(_forms(script)) else ()


def _looks_otherwise(page: PageText, image: Image.Image, engine: Engine) -> bool:
    """Whether there are lines whose shapes are not of a script that the page was read in. To read those of
    dirt and drawings in one script after the other would take seconds."""
    script = _seen_script(image, engine)
    return script is not None and _scripts(page.languages).isdisjoint(_forms(script))


def _seen_script(image: Image.Image, engine: Engine) -> str | None:
    """As shapes tell it, ``Hani`` for all that is written in Chinese characters."""
    glance = glance_at(take_sample(image), engine.scout)
    return glance.script if glance and glance.confidence >= _TOLD else None


def _forms(script: str) -> Collection[str]:
    """The scripts that shapes do not tell from it."""
    return _ONE_LANGUAGE if script == "Hani" else (script,)


def _confidence_of_illegible(page: PageText) -> float | None:
    """That of the long lines that are not legible; None where these are few."""
    lines = [line for line in page.lines if sum(map(str.isalnum, line.text)) >= _LONG_LINE]
    words = [word for line in lines if _is_illegible(line) for word in line.words]
    letters = sum(len(word.text) for word in words)
    few = letters < _SELDOM * sum(len(word.text) for word in page.words)
    return None if few else confidence_of(words)


def _is_illegible(line: Line) -> bool:
    return (confidence_of(line.words) or 0.0) < _LEGIBLE


def _languages_of_illegible(
    page: PageText, confidence: float, image: Image.Image, engine: Engine
) -> tuple[str, ...]:
    """Those of the page, where some are in a script that it was not read in: its lines among legible ones
    have the ``confidence``."""
    found = detect(rotate(image, page.rotation), engine)
    scripts = _scripts(page.languages)
    others = {PACKS[code].script for code in found.languages if code in PACKS} - scripts
    is_better = found.confidence >= max(_SURELY, confidence + _BETTER)
    return found.languages if scripts and others and is_better else ()


def _missing_for_vertical(page: PageText, image: Image.Image, engine: Engine) -> tuple[str, ...]:
    if Inability.MORE_LANGUAGES in engine.cannot:
        return ()
    missing = missing_for_vertical(page.languages, engine.languages())
    return missing if missing and lies_sideways(image) else ()


def doubt(page: PageText, installed: Collection[str]) -> tuple[str, ...]:
    """The language that the text of a legible page is in, if it is ``installed`` and not among those that it
    was read in, of which there is hardly anything; else ``()``."""
    script, texts = _script_of(page), _telling_texts(page)
    total = sum(map(len, texts))
    if script is None or total < _LETTERS:
        return ()
    letters = told_by(texts, script)
    likeliest = max(letters, key=lambda language: letters[language], default="")
    own = sum(letters.get(language, 0) for language in _languages(page))
    if letters.get(likeliest, 0) < _MOSTLY * total or "" in _languages(page) or own >= _SELDOM * total:
        return ()
    return tuple(_packs(likeliest, script, installed)[:1])


def _is_in_its_languages(page: PageText) -> bool:
    """Whether some of the text is certainly in a language that the page was read in."""
    script, texts = _script_of(page), _telling_texts(page)
    letters = told_by(texts, script) if script else {}
    own = sum(letters.get(language, 0) for language in _languages(page))
    return own > 0 and own >= _SELDOM * sum(map(len, texts))


def _telling_texts(page: PageText) -> list[str]:
    return [text for block in page.blocks if len(text := " ".join(block.text.split())) >= _SHORTEST_BLOCK]


def _languages(page: PageText) -> set[str]:
    """CLDR codes; empty for packs of whole scripts."""
    return {PACKS[code].language for code in page.languages if code in PACKS}


def _scripts(codes: Collection[str]) -> set[str]:
    """Those that the packs are for."""
    return {PACKS[code].script for code in codes if code in PACKS}


def _script_of(page: PageText) -> str | None:
    """That of most letters, of those that the page was read in."""
    scripts = _scripts(page.languages).difference(_ONE_LANGUAGE)
    shares = {script: own_share(page.text, script) for script in scripts}
    script = max(shares, key=lambda script: shares[script], default=None)
    return script if script and shares[script] >= _MOSTLY else None


def _packs(language: str, script: str, installed: Collection[str]) -> list[str]:
    packs = (PACKS[code] for code in sorted(installed) if code in PACKS)
    return [pack.code for pack in packs if (pack.language, pack.script) == (language, script)]


def _covers(languages: Collection[str], others: Collection[str]) -> bool:
    """Whether packs of the same languages, or of their whole scripts, are among ``languages``."""
    known = [PACKS[code] for code in languages if code in PACKS]
    return all(
        code in languages
        or any(
            (pack.script, pack.language or PACKS[code].language) == (PACKS[code].script, PACKS[code].language)
            for pack in known
        )
        for code in others
    )
