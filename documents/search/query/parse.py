"""What a person typed, read into a tree, and filters put into what was typed. Pure.

    invoice -draft                  a word, and not another one
    "paid in full"                  words in this order
    inv*                            words that begin so
    (receipt OR invoice) tag:tax    one or the other, and a filter on the document
    confidence<60 after:2024-03     comparisons
    amount > 1 000 €                with spaces, where numbers are compared

Everything can be read: what makes no sense as an operator is taken as words, and a value that makes no
sense is left out and told in ``Query.left_out``.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeGuard

from documents.search.query.fields import FIELDS, MEASURED, MEASURES
from documents.search.query.tree import Comparison, Either, Every, Filter, Not, Query, Tree, Words

__all__ = [
    "LONGEST", "MOST_FILTERS", "MOST_WORDS", "Either", "Every", "Filter", "Not", "Query", "Tree", "Words",
    "ends_in_filter", "is_bare_field", "is_bare_word", "parse", "phrase", "title_values", "unknown_fields",
    "with_filter", "without_exclusions", "without_filter",
]  # fmt: skip

LONGEST = 1000  # characters that are looked at; a pasted page is no query
MOST_WORDS = 32
MOST_FILTERS = 16
_DEEPEST = 20  # brackets within brackets
_SHOWN = 30  # characters of what was too long to be read

# As keyboards of all countries type them.
_QUOTE = '"„“”‟«»＂'
_OPEN, _CLOSE = "(（", ")）"
_MINUS = r"\-−－"
_COMPARISONS: dict[str, Comparison] = {
    "<=": "<=", ">=": ">=", "＜＝": "<=", "＞＝": ">=",
    ":": "=", "=": "=", "<": "<", ">": ">", "：": "=", "＝": "=", "＜": "<", "＞": ">",
}  # fmt: skip
_LIKE_A_FIELD = re.compile(r"[^\W\d_]{2,20}[:：](?!//)")
_NEVER_TYPED = re.compile("[\0-\x08\x0e-\x1f\x7f\ud800-\udfff]")

_BARE = rf"[^\s{_OPEN}{_CLOSE}{_QUOTE}\\]+"
_TOKEN = re.compile(
    rf"""
      (?P<open>[{_OPEN}])
    | (?P<close>[{_CLOSE}])
    | (?P<not>[{_MINUS}](?=[^\s{_CLOSE}{_MINUS}]) | NOT(?=\s+[^\s{_CLOSE}]))
    | (?P<or>(?:OR|\||｜)(?=[\s{_OPEN}]|$))
    | (?P<and>AND(?=[\s{_OPEN}]|$))
    | (?P<field> (?P<is_measure> (?P<is_sum>(?i:amount)) | (?i:{"|".join(MEASURES)}) )
               | (?i:{"|".join(FIELDS)}) )
      (?(is_measure) (?: \s+ (?=[<>=＜＞＝]) )? )
      (?P<comparison>{"|".join(_COMPARISONS)})
      (?: (?(is_measure)\s*) [{_QUOTE}] (?P<quoted>(?:[^{_QUOTE}\\]|\\.)*) [{_QUOTE}]?
        | (?(is_measure) \s* (?P<measured>{MEASURED}) (?=[\s{_OPEN}{_CLOSE}]|$) | (?!) )
        | (?P<bare>[^\s{_OPEN}{_CLOSE}]*) )
    | [{_QUOTE}] (?P<phrase>[^{_QUOTE}]*) [{_QUOTE}]?
    | (?P<word>[^\s{_OPEN}{_CLOSE}{_QUOTE}]+)
    """,
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=1 << 8)  # a page of results reads its question once for each way to narrow it down
def parse(text: str) -> Query:
    """Read ``text``, or as much of it as is looked at."""
    typed = _NEVER_TYPED.sub("", text)
    query = _Parser(typed[:LONGEST]).read()
    is_understood = not (query.left_out or query.has_too_many)
    if query.tree is None and is_understood:  # nothing but operators: they are words as well
        query = Query(_leaf(typed[:LONGEST]))
    if rest := typed[LONGEST:].strip():
        return replace(query, left_out=(*query.left_out, rest[:_SHOWN] + "…" * (len(rest) > _SHOWN)))
    return query


def phrase(text: str) -> str:
    """What asks for the words of ``text`` in their order."""
    return f'"{re.sub(f"[{_QUOTE}]", " ", text)}"'


def with_filter(text: str, field: str, value: str) -> str:
    """``text`` that asks for ``field:value`` as well, whatever quotes and brackets it leaves open."""
    addition = f"{field}:{_quoted(value)}"
    before = _required(parse(text).tree)
    if not before:
        return addition
    wanted = _required(parse(addition).tree)
    if set(wanted) <= set(before):
        return text
    expected = Counter((*before, *wanted))
    flat = re.sub(f"[{_OPEN}{_CLOSE}]", " ", text)
    for closed in (text, f'{text}"', flat, f'{flat}"'):
        for wish in (f"{closed} {addition}", f"({closed}) {addition}"):
            if Counter(_required(parse(wish).tree)) == expected:
                return wish
    return f"{addition} {text}"


def without_filter(text: str, field: str, value: str) -> str:
    """``text`` that no longer asks for ``field:value``; ``-field:value`` stays."""
    kept, at, is_negated = [], 0, False
    for token in _TOKEN.finditer(text):
        if not is_negated and _is_filter(token, field, value):
            kept.append(text[at : token.start()])
            at = token.end()
        is_negated = token["not"] is not None
    return " ".join("".join((*kept, text[at:])).split())


def without_exclusions(text: str) -> str:
    """``text`` that no longer says what is not wanted."""
    kept, at, depth, is_negated = [], 0, 0, False
    for token in _TOKEN.finditer(text):
        if token["not"] is not None and not (depth or is_negated):
            kept.append(text[at : token.start()])
            is_negated = True
            continue
        depth += is_negated and token["open"] is not None
        depth -= bool(depth) and token["close"] is not None
        if is_negated and not depth:
            at, is_negated = token.end(), False
    return " ".join("".join((*kept, "" if is_negated else text[at:])).split())


def title_values(text: str) -> Iterator[tuple[int, int]]:
    """Where in ``text`` the values of filters by title stand, from the first letter to behind the last."""
    for token in _TOKEN.finditer(text):
        if token["field"] and token["field"].lower() == "title":
            yield token.end("comparison"), token.end()


def ends_in_filter(text: str) -> bool:
    """Whether what was typed last is a field, or the value of one."""
    *_before, last = (None, *_TOKEN.finditer(text))
    return last is not None and last["field"] is not None


def is_bare_word(text: str) -> bool:
    """Whether ``text`` is a word wherever it stands, and not an operator beside others."""
    token = _TOKEN.match(f"{text} and")
    return token is not None and token["word"] == text


def is_bare_field(text: str) -> bool:
    """Whether ``text`` is a field and a comparison, with no value yet."""
    token = _TOKEN.fullmatch(text)
    return token is not None and token["field"] is not None and not _value(token)


def unknown_fields(text: str) -> Iterator[str]:
    """What looks like a field, though there is none of that name: ``author:`` of ``author:me``."""
    for token in _TOKEN.finditer(text[:LONGEST]):
        if token["word"] and (match := _LIKE_A_FIELD.match(token["word"])):
            yield match[0]


def _is_filter(token: re.Match[str], field: str, value: str) -> bool:
    return (
        token["field"] is not None
        and token["field"].lower() == field
        and _COMPARISONS[token["comparison"]] == "="
        and _value(token).casefold() == value.casefold()
    )


def _required(tree: Tree | None) -> tuple[Tree, ...]:
    """The parts that must all be there."""
    if isinstance(tree, Every):
        return tuple(required for part in tree.parts for required in _required(part))
    return (tree,) if tree else ()


def _quoted(value: str) -> str:
    """``value`` as a filter needs it: as it is, or in quotes with a backslash before those in it."""
    if re.fullmatch(_BARE, value):
        return value
    return '"' + re.sub(rf"[{_QUOTE}\\]", r"\\\g<0>", value) + '"'


def _value(token: re.Match[str]) -> str:
    if token["quoted"] is None:
        return str(token["measured"] or token["bare"])
    return re.sub(r"\\(.)", r"\1", token["quoted"], flags=re.DOTALL)


def _leaf(text: str, *, is_quoted: bool = False) -> Words | None:
    """Words where there is a letter or a figure in ``text``."""
    if not any(letter.isalnum() for letter in text):
        return None
    plain = text.rstrip("*＊")
    return Words(plain, is_prefix=plain != text, is_quoted=is_quoted)


def _meaningful(text: str) -> Iterator[re.Match[str]]:
    """The tokens of ``text`` without AND, which is meant anyway, and brackets that close nothing."""
    depth = 0
    for token in _TOKEN.finditer(text):
        if token["open"] is not None:
            depth += 1
        is_bracket = token["open"] is not None or token["close"] is not None
        if token["and"] is None and (not is_bracket or 0 < depth <= _DEEPEST):
            yield token
        if token["close"] is not None:
            depth = max(0, depth - 1)


class _Parser:
    """Recursive descent: either = every ("OR" every)*, every = part*, part = "-"? (group | leaf)."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_meaningful(text))
        self._at = 0
        self._words = 0
        self._filters = 0
        self._has_too_many = False
        self._left_out: list[str] = []

    def read(self) -> Query:
        return Query(self._either(), tuple(self._left_out), self._has_too_many)

    def _next_is(self, kind: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at][kind] is not None

    def _either(self) -> Tree | None:
        parts = []
        while True:
            if (part := self._every()) is not None:
                parts.append(part)
            if not self._next_is("or"):
                return _joined(Either, parts)
            self._at += 1

    def _every(self) -> Tree | None:
        parts: list[Tree | None] = []
        known: dict[str, Tree | None] = {}  # what is said again counts once
        while self._at < len(self._tokens) and not self._next_is("or") and not self._next_is("close"):
            if self._next_is("not") or self._next_is("open"):
                parts.append(self._part())
                continue
            typed = self._tokens[self._at][0].casefold()
            if typed in known:
                self._at += 1
            else:
                known[typed] = self._part()
            parts.append(known[typed])
        return _joined(Every, _with_neighbours([part for part in parts if part is not None]))

    def _part(self) -> Tree | None:
        if self._next_is("not"):
            self._at += 1
            part = self._positive()
            return Not(part) if part else None
        return self._positive()

    def _positive(self) -> Tree | None:
        if not self._next_is("open"):
            return self._word_or_filter()
        self._at += 1
        part = self._either()
        self._at += self._next_is("close")
        return part

    def _word_or_filter(self) -> Tree | None:
        token = self._tokens[self._at]
        self._at += 1
        if token["field"]:
            return self._filter(token)
        if token["phrase"] is not None:
            return self._counted(_leaf(token["phrase"], is_quoted=True))
        return self._counted(_leaf(token[0]))

    def _counted(self, words: Words | None) -> Words | None:
        """``words``, if they are not too many."""
        if words is None:
            return None
        self._words += len(words.text.split())
        if self._words > MOST_WORDS:
            self._has_too_many = True
            return None
        return words

    def _filter(self, token: re.Match[str]) -> Tree | None:
        self._filters += 1
        if self._filters > MOST_FILTERS:
            self._has_too_many = True
            return None
        try:
            return FIELDS[token["field"].lower()](_COMPARISONS[token["comparison"]], _value(token))
        except ValueError:
            self._left_out.append(token[0])
            return None


def _joined(kind: type[Every] | type[Either], parts: list[Tree]) -> Tree | None:
    """``parts``, of which equal ones are one."""
    different = tuple(_without_beginnings(kind, dict.fromkeys(parts)))
    return kind(different) if len(different) > 1 else next(iter(different), None)


def _without_beginnings(kind: type[Every] | type[Either], parts: Collection[Tree]) -> Iterator[Tree]:
    """``parts`` without ``in*`` beside ``inv*``, which asks for that and more; of one or the other, ``inv*``.

    Each of many beginnings of one word would be looked up by itself, and they are on most pages.
    """
    beginnings = sorted({part.text.casefold() for part in parts if _is_beginning(part)})
    # What begins with a text follows it at once where texts are sorted.
    shorter = {first for first, second in pairwise(beginnings) if second.startswith(first)}
    for part in parts:
        text = part.text.casefold() if _is_beginning(part) else ""
        is_said = text in shorter if kind is Every else any(map(text.startswith, shorter - {text}))
        if not is_said:
            yield part


def _is_beginning(part: Tree) -> TypeGuard[Words]:
    return isinstance(part, Words) and part.is_prefix and not part.is_quoted and part.text.isalnum()


def _with_neighbours(parts: list[Tree]) -> list[Tree]:
    """``parts``, each once; a word that stands beside others is told what they are without the space."""
    runs: dict[Tree, list[str]] = {part: [] for part in parts}
    for first, second in pairwise(parts):
        if first != second and _is_plain(first) and _is_plain(second):
            runs[first].append(first.text + second.text)
            runs[second].append(first.text + second.text)
    return [
        replace(part, neighbours=tuple(dict.fromkeys(run))) if isinstance(part, Words) and run else part
        for part, run in runs.items()
    ]


def _is_plain(part: Tree) -> TypeGuard[Words]:
    return isinstance(part, Words) and not part.is_prefix and not part.is_quoted and part.text.isalnum()
