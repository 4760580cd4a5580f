"""Lines of text to draw: words of one language or of several, rare letters among them, figures and signs."""

import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from training.alphabet import (
    ASCII,
    CHURCH_SLAVONIC,
    CYRILLIC_EXTENDED,
    LATIN_EXTENDED,
    PHONETIC,
    SIGNS,
    TONED,
    in_alphabet,
)
from training.words import Kind

_LONGEST = 52  # letters of a line
_MIXED = tuple(Kind)
_SHARES = {
    (Kind.ENGLISH,): 0.14,
    (Kind.LATIN,): 0.20,
    (Kind.NAMES_LATIN, Kind.LATIN): 0.16,
    (Kind.RUSSIAN,): 0.10,
    (Kind.CYRILLIC,): 0.14,
    (Kind.NAMES_CYRILLIC, Kind.CYRILLIC): 0.12,
    _MIXED: 0.14,
}
_PHONETIC_SHARE, _SLAVONIC_SHARE = 0.02, 0.02  # of the words
_BY_LETTER = 0.35  # of the words are chosen for a letter, each letter as often
_CHANGED = 0.30  # of the words have letters changed for rare ones ...
_LIKE_ITS_BASE = 0.6  # ... most in the place of the letter that they are made of, as ɗ for d
_SELDOM, _SELDOM_SHARE = 300, 0.7  # so many words have a letter that is then put in so much of the time
_ALONE = 0.06
# Of a script what is drawn more often than words have it.
_RARE: Mapping[Kind, Sequence[str]] = {
    Kind.LATIN: [*LATIN_EXTENDED, *TONED],
    Kind.CYRILLIC: list(CYRILLIC_EXTENDED),
}
# Of English as it is pronounced.
_SOUNDS = "abdefhijklmnoprstuvwzæðŋθəɛɪɔʊʌɑɒɜɡʃʒˈˌː" + PHONETIC
_IN_SLAVONIC = "абвгдежзийклмнопрстухцчшщъыьюѧѣїѡꙋꙗѻѵ" + CHURCH_SLAVONIC.lower()


@dataclass(frozen=True, slots=True)
class Words:
    """Words of each kind; those ``having`` rare letters, by these; by script what is ``made_of`` a letter,
    and which letters few words have."""

    of_kind: Mapping[Kind, Sequence[str]]
    having: Mapping[Kind, Mapping[str, Sequence[str]]]
    made_of: Mapping[Kind, Mapping[str, Sequence[str]]]
    seldom: Mapping[Kind, frozenset[str]]

    @classmethod
    def of(cls, words: Mapping[Kind, Sequence[str]]) -> Self:
        having = {kind: _by_letter(words[kind], _RARE[kind.script]) for kind in Kind}
        counts = Counter[str]()
        for found in having.values():
            counts.update({letter: len(some) for letter, some in found.items()})
        return cls(
            words,
            having,
            {script: _by_base(letters) for script, letters in _RARE.items()},
            {
                script: frozenset(one for one in letters if counts[one] < _SELDOM)
                for script, letters in _RARE.items()
            },
        )


class Texts:
    """Makes lines of ``words``, as ``chance`` will have it."""

    def __init__(self, words: Words, chance: random.Random) -> None:
        self._words = words
        self._chance = chance

    def line(self) -> str:
        """In NFC; every letter is one that the model knows."""
        kinds = self._chance.choices(list(_SHARES), list(_SHARES.values()))[0]
        words = [
            self._decorated(self._word(self._chance.choice(kinds))) for _ in range(self._chance.randint(1, 7))
        ]
        return _fitting(words) or "a"

    def _word(self, kind: Kind) -> str:
        chance, draw = self._chance, self._chance.random()
        if draw < 0.05:
            return self._number()
        if draw < 0.05 + _PHONETIC_SHARE and not kind.is_cyrillic:
            return self._phonetic()
        if draw < 0.05 + _SLAVONIC_SHARE and kind.is_cyrillic:
            return self._made(_IN_SLAVONIC, chance.randint(3, 9))
        if chance.random() < _ALONE:
            return self._letter(kind, is_upper=chance.random() < 0.6)
        word = self._cased(self._chosen(kind))
        return self._changed(word, kind) if chance.random() < _CHANGED else word

    def _chosen(self, kind: Kind) -> str:
        found = self._words.having[kind]
        if found and self._chance.random() < _BY_LETTER:
            return self._chance.choice(found[self._chance.choice(list(found))])
        return self._chance.choice(self._words.of_kind[kind])

    def _cased(self, word: str) -> str:
        draw = self._chance.random()
        if draw < 0.12 and in_alphabet(word.upper()):
            return word.upper()
        if draw < 0.35:
            return word[:1].upper() + word[1:] if in_alphabet(word[:1].upper()) else word
        return word.lower() if draw < 0.7 else word

    def _changed(self, word: str, kind: Kind) -> str:
        """With one to three letters in the place of others, in their case."""
        letters = list(word)
        made_of = self._words.made_of[kind.script]
        for _ in range(self._chance.choice([1, 1, 1, 2, 3])):
            at = self._chance.randrange(len(letters))
            alike = made_of.get(letters[at])
            if alike and self._chance.random() < _LIKE_ITS_BASE:
                letters[at] = self._chance.choice(alike)
            else:
                letters[at] = self._letter(kind, is_upper=letters[at].isupper())
        return "".join(letters)

    def _letter(self, kind: Kind, *, is_upper: bool) -> str:
        own = [letter for letter in _RARE[kind.script] if letter[0].isupper() is is_upper]
        if self._chance.random() < _SELDOM_SHARE:
            own = [letter for letter in own if letter in self._words.seldom[kind.script]]
        return self._chance.choice(own)

    def _phonetic(self) -> str:
        sounds = self._made(_SOUNDS.replace("ɡ", "g"), self._chance.randint(2, 9))
        return self._chance.choice(["[%s]", "/%s/", "%s"]) % sounds

    def _made(self, letters: str, count: int) -> str:
        return "".join(self._chance.choices(letters, k=count))

    def _number(self) -> str:
        chance = self._chance
        return chance.choice(
            [
                str(chance.randint(0, 10 ** chance.randint(1, 6))),
                f"{chance.randint(0, 999)}.{chance.randint(0, 99):02}",
                f"{chance.randint(1, 999)},{chance.randint(0, 999):03}",
                f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}",
                f"{chance.randint(0, 100)}%",
                f"{chance.randint(1, 31):02}/{chance.randint(1, 12):02}/{chance.randint(1900, 2030)}",
                f"{chance.choice('€£$')}{chance.randint(1, 9999)}",
            ]
        )

    def _decorated(self, word: str) -> str:
        draw, chance = self._chance.random(), self._chance
        if draw < 0.25:
            return chance.choice(["{},", "{},", "{}.", "{}.", "{}!", "{}?", "{}:", "{};"]).format(word)
        if draw < 0.34:
            around = ["({})", '"{}"', "«{}»", "'{}'", "„{}“", "“{}”", "[{}]", "{}-", "– {}", "{} &", "{}…"]
            return chance.choice(around).format(word)
        if draw < 0.36:
            return word + chance.choice(SIGNS)
        if draw < 0.37:
            return chance.choice(ASCII) + word + chance.choice(ASCII)
        return word


def _by_letter(words: Sequence[str], rare: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    wanted = set("".join(rare))
    for word in words:
        for letter in wanted.intersection(word):
            found[letter].append(word)
    return dict(found)


def _by_base(letters: Sequence[str]) -> dict[str, list[str]]:
    """What is made of a letter: of d, also ḍ, đ and ɗ."""
    made: dict[str, list[str]] = defaultdict(list)
    for letter in letters:
        if base := base_of(letter):
            made[base].append(letter)
    return dict(made)


def base_of(letter: str) -> str | None:
    """The letter that another one is made of, by its decomposition or its name; None where it is its own."""
    first = unicodedata.normalize("NFD", letter)[0]
    if first != letter[0] or len(letter) > 1:
        return first
    name, found, _ = unicodedata.name(letter, "").partition(" WITH ")
    try:
        return unicodedata.lookup(name) if found else None
    except KeyError:
        return None


def _fitting(words: Sequence[str]) -> str:
    """As many of ``words`` as fit on a line; all of them in letters that the model knows."""
    line = ""
    for word in words:
        longer = unicodedata.normalize("NFC", f"{line} {word}".strip())
        if len(longer) > _LONGEST or not in_alphabet(longer):
            break
        line = longer
    return line
