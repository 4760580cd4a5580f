"""The language of a text, with py3langid: which of the installed ones it is."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from documents.ocr.languages import PACKS, Pack

_SHARE = 0.2  # of the letters; a second language below that is a quotation
_CERTAIN = 0.95  # probability from which on a line counts for a second language
_SURELY_NONE = 0.9  # probability from which on a language that is not installed is believed
_LABELS = {"fil": "tl"}  # where the model's code is not CLDR's


def identify(texts: Sequence[str], script: str, installed: Collection[str]) -> tuple[tuple[str, ...], float]:
    """The codes of the languages that ``texts`` (lines in ``script``) are in, main one first, and the
    probability (0–1) of the main one. ``()`` when no installed pack is for that script.

    When the text is in a language that is not installed, the pack of the whole script is the answer,
    where there is one.
    """
    packs = [PACKS[code] for code in sorted(installed) if code in PACKS and PACKS[code].script == script]
    if len(packs) < 2:
        return tuple(pack.code for pack in packs), 1.0
    whole = next((pack.code for pack in packs if not pack.language), None)
    codes = _by_label(packs)
    text = " ".join(texts)
    label, probability = _ranking(text, _labels(script))[0]
    if whole and label not in codes and (not codes or probability >= _SURELY_NONE):
        return (whole,), probability
    if not codes:
        return (packs[0].code,), 0.0
    main, probability = _ranking(text, codes)[0]
    return tuple(codes[label] for label in (main, *_others(texts, codes, main))), probability


def _others(texts: Sequence[str], codes: Collection[str], main: str) -> list[str]:
    """Languages beside the main one, in which a good part of the lines certainly are."""
    letters: dict[str, int] = {}
    for text in texts:
        label, probability = _ranking(text, codes)[0]
        if label != main and probability >= _CERTAIN:
            letters[label] = letters.get(label, 0) + len(text)
    enough = _SHARE * sum(map(len, texts))
    return sorted((label for label in letters if letters[label] >= enough), key=lambda label: -letters[label])


def _ranking(text: str, labels: Iterable[str]) -> list[tuple[str, float]]:
    """Those of ``labels`` with their probabilities, best first; they add up to 1."""
    allowed = set(labels)
    ranking = [(label, probability) for label, probability in _identifier().rank(text) if label in allowed]
    total = sum(probability for _, probability in ranking) or 1.0
    return [(label, probability / total) for label, probability in ranking]


@cache
def _identifier() -> LanguageIdentifier:
    """The model, read once (0.7 s) and by those who need it."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _labels(script: str) -> frozenset[str]:
    """What the model calls the languages of a script."""
    known = set(_identifier().labels)
    return frozenset(_label(pack) for pack in PACKS.values() if pack.script == script) & known


def _by_label(packs: Iterable[Pack]) -> dict[str, str]:
    """The codes of the languages that the model knows; of several packs for one (``ita``, ``ita_old``) the first."""
    codes: dict[str, str] = {}
    for pack in packs:
        if _label(pack) in _identifier().labels:
            codes.setdefault(_label(pack), pack.code)
    return codes


def _label(pack: Pack) -> str:
    return _LABELS.get(pack.language, pack.language)
