"""Locked PDFs, which have no page that the index could know: they are found by their titles, as typed."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.db.models import Q

from documents.search.filters import condition
from documents.search.query.tree import Filter, Words
from documents.search.question import Question
from documents.search.text.tokens import asked, tokens

_MOST = 200  # are looked at while a person waits, the newest


def locked_documents(question: Question, *, most: int | None = _MOST) -> list[UUID]:
    """Those among the newest ``most`` that ``question``, which is about words, finds; the newest first."""
    locked = question.visible.filter(is_locked=True)
    newest = locked.order_by("-created_at", "-pk").values_list("pk", "title")[:most]
    titles = {pk: f" {' '.join(token.text for token in tokens(title))} " for pk, title in newest}
    if question.query.tree is None or not titles:
        return []
    found = condition(question.user, question.query.tree, partial(_with_title, titles))
    those = set(locked.filter(found, pk__in=titles).values_list("pk", flat=True))
    return [pk for pk in titles if pk in those]


def _with_title(titles: Mapping[UUID, str], wanted: Words | Filter) -> Q:
    """Words that are typed together stand side by side; those of the filter anywhere."""
    typed = wanted.text if isinstance(wanted, Words) else str(wanted.value)
    question = asked(typed)
    is_prefix = question.is_prefix or (isinstance(wanted, Words) and wanted.is_prefix)
    phrase = " ".join(question.words)
    looked_for = question.words if isinstance(wanted, Filter) else (phrase,) if phrase else ()
    if not looked_for:
        return Q(pk__in=[])
    end = "" if is_prefix else " "
    has_all = (pk for pk, title in titles.items() if all(f" {one}{end}" in title for one in looked_for))
    return Q(pk__in=list(has_all))
