"""Whatever is typed is answered."""

import random

import pytest

from accounts.models import User
from documents.models import Collection
from documents.search.find import find, pages_with_hits, suggest
from tests.factories import make_document

_PIECES = [
    *'()"*-:<>|+^~{}[]\\/\'%_.,;!?&#@ \0\t\n',
    "OR", "AND", "NOT", "NEAR", " OR ", " -", "title:", "tag:", "in:", "lang:", "before:", "after:2024-13",
    "year:9999", "confidence<", "confidence>1e999", "is:failed", "is:x", "has:note", "amount>5", "iban:",
    "body:", "scope : c1", "hello", "world", "héllo", "ﬁ", "ß", "İ", "請求書", "한국어", "ภาษาไทย", "हिन्दी",
    "עִברִית", "\ud800", "\U0001f600", "\u0301", "1.234,56", "c++", "e-mail", "a" * 300, "“", "„", "«",
]  # fmt: skip


def test_any_question_has_an_answer(collection: Collection, owner: User) -> None:
    document = make_document(
        collection=collection,
        user=owner,
        texts=["Hello world héllo e-mail", "請求書 한국어 ภาษาไทย"],
        title="ﬁle",
    )
    chance = random.Random(11)  # noqa: S311
    for _ in range(250):
        text = "".join(
            chance.choice(_PIECES) + chance.choice(["", " "]) for _ in range(chance.randint(1, 12))
        )
        sort = chance.choice(["relevance", "newest", "oldest", "title", "?"])
        results = find(owner, text, sort=sort, is_forgiving=chance.random() < 0.8)
        assert results.documents in (0, 1), text
        suggest(owner, text)
        pages_with_hits(owner, document, text)


@pytest.mark.parametrize(
    "text",
    ["x " * 5000, "(" * 5000, '"' * 5001, "- " * 5000, "a* " * 3000, "-(" * 40 + "a", "OR " * 3000,
     "(a OR b) " * 1000, "the-quick-brown-fox " * 40, "無" * 9000],
)  # fmt: skip
def test_a_very_long_question_has_an_answer(collection: Collection, owner: User, text: str) -> None:
    make_document(collection=collection, user=owner, texts=["Hello world"])
    assert find(owner, text).documents in (0, 1)
    suggest(owner, text)
