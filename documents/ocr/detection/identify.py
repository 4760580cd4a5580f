"""The language of a text, with py3langid: which of the installed ones it is."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from threading import Lock

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from documents.ocr.languages import PACKS, Pack

_SHARE = 0.15  # of the letters; a second language below that is a quotation
_CERTAIN = 0.9  # probability from which on a line counts for a second language
_SURELY_NONE = 0.8  # probability from which on a language that is not installed is believed
_GUESS = 0.5  # probability below which the pack that the text was read with will do, if it is at all likely
# A language is a rival of the likeliest from this share of its probability on, or as the likeliest of a good
# part of the lines; of so many each costs a reading.
_RIVAL = 0.05
_MOST_RIVALS = 3
_LABELS = {"fil": "tl"}  # where the model's code is not CLDR's


def identify(texts: Sequence[str], script: str, installed: Collection[str], usual: str) -> tuple[str, ...]:
    """The codes of the languages that ``texts`` (lines in ``script``) are in, the main one first; ``()`` when
    no installed pack is for that script.

    When the text is in a language that is not installed, the pack of the whole script is the answer,
    where there is one. A few words that could be in any language are in the ``usual`` one.
    """
    packs = [PACKS[code] for code in sorted(installed) if code in PACKS and PACKS[code].script == script]
    if len(packs) < 2:
        return tuple(pack.code for pack in packs)
    whole = next((pack.code for pack in packs if not pack.language), None)
    codes = _by_label(packs)
    if not _labels(script):
        return (usual,)
    text = " ".join(texts)
    label, probability = _ranking(text, _labels(script))[0]
    if whole and label not in codes and probability >= _SURELY_NONE:
        return (whole,)
    if not codes:
        return (usual,)
    main = _main(_ranking(text, codes), codes, usual)
    return tuple(codes[label] for label in (main, *_others(texts, codes, main)))


def rivals(texts: Sequence[str], script: str, installed: Collection[str]) -> tuple[str, ...]:
    """The codes of the ``installed`` languages that ``texts`` (lines in ``script``, read in any of them) may
    be in, the likeliest first; ``()`` where there is no choice.

    A pack that lacks letters of a language spells it as its own: і, ї and є are none of Russian.
    """
    codes = _by_label(pack for pack in map(PACKS.get, sorted(installed)) if pack and pack.script == script)
    if len(codes) < 2:
        return ()
    ranking = _ranking(" ".join(texts), codes)
    near = [label for label, probability in ranking if probability >= _RIVAL * ranking[0][1]]
    letters = Counter[str]()
    for text in texts:
        letters[_ranking(text, codes)[0][0]] += len(text)
    leading = [label for label, count in letters.most_common() if count >= _SHARE * letters.total()]
    return tuple(codes[label] for label in [*dict.fromkeys((ranking[0][0], *leading, *near))][:_MOST_RIVALS])


def likeness(text: str, code: str, among: Collection[str]) -> float:
    """The probability that ``text`` is in the language ``code`` and in no other ``among`` which it is."""
    labels = _by_label(PACKS[one] for one in among)
    return next((share for label, share in _ranking(text, labels) if labels[label] == code), 0.0)


def is_guess(text: str, script: str) -> bool:
    """Whether no language of ``script`` is likelier than all others together: a name, or a word or two. Where
    the model knows but one or none, there is nothing to guess."""
    labels = _labels(script)
    return len(labels) > 1 and _ranking(text, labels)[0][1] < _GUESS


def told_by(texts: Sequence[str], script: str) -> dict[str, int]:
    """Letters of those of ``texts`` (in ``script``) that are certainly in a language, by its CLDR code.

    All languages of the script count, installed or not. Of Cherokee, Syriac and others the model knows none.
    """
    if not _labels(script):
        return {}
    letters: dict[str, int] = {}
    cldr = {_label(pack): pack.language for pack in PACKS.values()}
    for text in texts:
        label, probability = _ranking(text, _labels(script))[0]
        if probability >= _CERTAIN:
            letters[cldr[label]] = letters.get(cldr[label], 0) + len(text)
    return letters


def _main(ranking: Sequence[tuple[str, float]], codes: Mapping[str, str], usual: str) -> str:
    likeliest, probability = ranking[0]
    if probability >= _GUESS:
        return likeliest
    usual_one = (label for label, other in ranking if codes[label] == usual and 4 * other >= probability)
    return next(usual_one, likeliest)


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


def warm_up() -> None:
    """Read the model now (0.7 s), so that the first page need not wait for it."""
    _identifier()


def _identifier() -> LanguageIdentifier:
    with _reading:  # who comes while it is being read waits for it
        return _model()


@cache
def _model() -> LanguageIdentifier:
    """The model, read once and by those who need it."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


_reading = Lock()


@cache
def _labels(script: str) -> frozenset[str]:
    """What the model calls the languages of a script."""
    known = set(_identifier().labels)
    return frozenset(_label(pack) for pack in PACKS.values() if pack.script == script) & known


def _by_label(packs: Iterable[Pack]) -> dict[str, str]:
    """The codes of the languages that the model knows; of ``ita`` and ``ita_old`` the first."""
    codes: dict[str, str] = {}
    for pack in packs:
        if _label(pack) in _identifier().labels:
            codes.setdefault(_label(pack), pack.code)
    return codes


def _label(pack: Pack) -> str:
    return _LABELS.get(pack.language, pack.language)
