"""All documents that a question finds, for what is to be done to each of them."""

from collections.abc import Iterator
from itertools import chain
from uuid import UUID

from accounts.models import User
from documents.search.index.candidates import EVERYWHERE, Bounds
from documents.search.locked import locked_documents
from documents.search.question import Question
from documents.search.screens import grouped

_STEP = 1000  # pages whose words are in memory together


def document_ids(user: User, text: str, *, is_forgiving: bool = True) -> Iterator[UUID]:
    """Those of all documents that ``text`` finds and ``user`` may see, once each, mostly the newest first.

    It takes as long as it takes, and leaves none out. Between two of them the caller may write.
    """
    question = Question.of(user, text, is_forgiving=is_forgiving)
    if question.is_empty:
        return
    if not question.is_about_words:
        yield from list(question.documents.order_by("-created_at", "-pk").values_list("pk", flat=True))
        return
    seen: set[UUID] = set()
    for document_id in chain(locked_documents(question, most=None), _with_words(question)):
        if document_id not in seen:
            seen.add(document_id)
            yield document_id


def _with_words(question: Question) -> Iterator[UUID]:
    """Step by step down the keys of the pages that are found, as often as a document has such steps."""
    bounds = EVERYWHERE
    while pages := question.newest(_STEP, bounds=bounds, is_hurried=False).pages:
        yield from (group.document_id for group in grouped(question.rank(pages)))
        bounds = Bounds(below=pages[-1].page_id)
