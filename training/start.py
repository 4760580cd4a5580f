"""The model before it is trained: the network of the ``Latin`` pack with an output for each letter.

What the network knows of a letter is its row of the last layer. A letter that it does not know begins with
the row of one that looks like it: trained from nothing, it would still be guessing after ten thousand lines.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from training import network
from training.alphabet import UNICHARS
from training.network import Weights
from training.packages import pack
from training.programs import run
from training.texts import base_of
from training.words import Kind, words

NAME = "ocrsite_ext"
_BASE = "Latin"
# Of a new letter the bias is lowered, so that it is read where its row says so and nowhere else.
_COMPOSED, _COPIED, _UNKNOWN = 1.0, 1.5, 4.0
# Cyrillic letters, each before the Latin one or the figure that looks like it most.
_PAIRS = (
    "АAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSԚQԜWӀIаaеeоoрpсcуyхxіiјjѕsһhҺHԛqԝwӏlвBкkмMнHтTЗ3з3б6БEГFгrґrДAдaиuИNпnПnлnЛAЖXжxцuЦU"
    "ч4Ч4шwШWщwЩWъbьbЬBыbЫBэəЭЗЮOюoЯRяRфoФOѲOѳoѴVѵvѢBѣbєcЄCёëЁËїïЇÏєcљnЉnњHЊHћħЂTђħЋTџuЏUӘƏәəҮYүyӨOөoѠWѡwѺOѻoѾWѿwҀCҁcѪXѫxѦAѧaѰWѱw"
    "ѮȜѯȝꙊ8ꙋ8ꙖAꙗaꙀZꙁzѤIѥiѨIѩiѬIѭiҨOҩoҼEҽe"
)
_ALIKE = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_PUNCTUATION = [
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "(",
    ")",
    "()",
    "«»",
    "“”",
    "„“",
    '""',
    "''",
    "-",
    "–",
    "…",
    "[]",
    " ,",
    " .",
]
_FIGURES = [" ", " .", " ,", " %", "  :  ", " / / ", "€ ", "$ "]
_DICTIONARY = 20_000  # words of each list that the model knows
_IN_DICTIONARY = (
    Kind.LATIN,
    Kind.NAMES_LATIN,
    Kind.CYRILLIC,
    Kind.NAMES_CYRILLIC,
    Kind.ENGLISH,
    Kind.RUSSIAN,
)


def make(work: Path) -> None:
    """Write ``work/start``: the pack without a network, and the network to begin with. Raises
    subprocess.CalledProcessError, FileNotFoundError."""
    folder = work / "start"
    folder.mkdir(parents=True, exist_ok=True)
    letters = _pack_without_network(work, folder)
    base = f"{folder / _BASE}."
    run("combine_tessdata", "-u", pack(work, _BASE), base)
    known = _codes_of(Path(f"{base}lstm-unicharset"), Path(f"{base}lstm-recoder"))
    recogniser = network.read(Path(f"{base}lstm").read_bytes())
    null = letters.pop("<nul>")
    begun = network.with_letters(
        recogniser, lambda rows: _rows(rows, known, recogniser.null, letters, null), null
    )
    network_file(work).write_bytes(network.written(begun))


def network_file(work: Path) -> Path:
    return work / "start" / f"{NAME}.lstm"


def pack_file(work: Path) -> Path:
    return work / "start" / NAME / f"{NAME}.traineddata"


def _pack_without_network(work: Path, folder: Path) -> dict[str, int]:
    """Make the pack of letters and dictionary; gives the code of each letter that has one alone."""
    listed = {
        "letters": UNICHARS,
        "words": _dictionary(work),
        "punctuation": _PUNCTUATION,
        "figures": _FIGURES,
    }
    for name, lines in listed.items():
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    scripts = folder / "scripts"
    scripts.mkdir(exist_ok=True)
    (scripts / "radical-stroke.txt").write_text("# none\n", encoding="ascii")  # it may not be empty
    letters = folder / "letters.unicharset"
    run("unicharset_extractor", "--output_unicharset", letters, "--norm_mode", "1", folder / "letters.txt")
    run(
        "combine_lang_model",
        *("--input_unicharset", letters),
        *("--script_dir", scripts),
        *("--output_dir", folder),
        *("--words", folder / "words.txt"),
        *("--puncs", folder / "punctuation.txt"),
        *("--numbers", folder / "figures.txt"),
        *("--lang", NAME),
        *("--version_str", NAME),
    )
    (charset,) = (folder / NAME).glob(f"{NAME}.charset_size=*.txt")
    return dict(network.codes(charset.read_text(encoding="utf-8")))


def _dictionary(work: Path) -> list[str]:
    """Words of the training, those of two letters or more, in lower case as they stand in running text."""
    found = words(work, held_out=False)
    chosen = (word for kind in _IN_DICTIONARY for word in found[kind][:_DICTIONARY])
    return sorted({word for word in chosen if len(word) > 1 and word.isalpha() and not word.isupper()})


def _codes_of(unicharset: Path, recoder: Path) -> dict[str, int]:
    """The code of each letter of a pack, of those that have one alone."""
    names = [line.split(" ", 1)[0] for line in unicharset.read_text(encoding="utf-8").split("\n")[1:] if line]
    content, at, codes = recoder.read_bytes(), 4, list[list[int]]()
    while at < len(content):
        count = int.from_bytes(content[at + 1 : at + 5], "little")
        values = np.frombuffer(content, "<i4", count, at + 5)
        codes.append(values.tolist())
        at += 5 + 4 * count
    alone = zip(names, codes, strict=True)
    return {
        " " if name == "NULL" else name: code[0] for name, code in alone if len(code) == 1 and len(name) < 3
    }


def _rows(
    rows: Weights, known: Mapping[str, int], old_null: int, letters: Mapping[str, int], null: int
) -> Weights:
    """A row for each code of ``letters``, of the ``rows`` of the letters that are ``known``."""
    made = np.random.default_rng(1).normal(0, 0.1, (max(null, *letters.values()) + 1, rows.shape[1]))
    made[:, -1] -= _UNKNOWN
    made[null] = rows[old_null]
    found = {letter: rows[code] for letter, code in known.items()}
    marks = _marks(found)
    for letter in sorted(letters, key=lambda letter: (base_of(letter) is not None, letter)):
        row = found.get(letter)
        if row is None:
            row = _row_like(letter, found, marks)
        if row is not None:
            found[letter] = made[letters[letter]] = row
    return np.asarray(made, np.float64)


def _marks(found: Mapping[str, Weights]) -> dict[tuple[str, bool], Weights]:
    """What a mark adds to the row of its letter, on average: by the mark, and whether that is a capital."""
    added: dict[tuple[str, bool], list[Weights]] = defaultdict(list)
    for letter, row in found.items():
        parts = unicodedata.normalize("NFD", letter)
        if len(parts) == 2 and len(letter) == 1 and parts[0] in found:
            added[parts[1], letter.isupper()].append(row - found[parts[0]])
    return {mark: np.mean(rows, axis=0) for mark, rows in added.items()}


def _row_like(
    letter: str, found: Mapping[str, Weights], marks: Mapping[tuple[str, bool], Weights]
) -> Weights | None:
    """The row of the letter that it is made of, with what its mark adds; of one that looks like it; None."""
    parts = unicodedata.normalize("NFD", letter)
    alike = base_of(letter) or _ALIKE.get(letter)
    if alike is None or alike not in found:
        return None
    added = marks.get((parts[-1], letter.isupper()), marks.get((parts[-1], not letter.isupper())))
    row = found[alike] + (0.0 if added is None or len(parts) < 2 else added)
    row[-1] -= _COPIED if added is None else _COMPOSED
    return np.asarray(row, np.float64)
