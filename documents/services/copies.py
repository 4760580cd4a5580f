"""What a person decides about papers that came twice: copies that are wanted, or versions of one."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from uuid import UUID

from django.db import transaction

from accounts.models import User
from documents import selectors
from documents.errors import Gone, OwnVersion
from documents.models import Document, Event, Likeness
from documents.selectors.duplicates import Pair, group_of, papers_of
from documents.services import events, locks


def keep_all(*, likeness: Likeness, user: User) -> int:
    """The papers of ``likeness``, and all that look like them, are copies that are wanted.

    Settles each pair of which ``user`` may change the later paper. Returns how many papers are kept.
    Raises Gone.
    """
    pairs = group_of(user, likeness)
    with transaction.atomic():
        later = _held({likeness.document_id, *(pair.document for pair in pairs)}, user)
        if likeness.document_id not in later:
            raise Gone
        settled = [pair for pair in pairs if pair.document in later]
        _settle(settled)
        events.note_each(user=user, action=Event.Action.KEPT, documents=list(later.values()))
    return len(papers_of(settled))


def make_version(*, likeness: Likeness, user: User) -> None:
    """The later paper is a new version of the other, and no copy of any. Raises Gone, OwnVersion."""
    pairs = group_of(user, likeness)
    with transaction.atomic():
        held = _all_held({likeness.document_id, likeness.other_id}, user)
        _replace({held[likeness.document_id]: held[likeness.other_id]}, pairs, user)


def make_versions(*, likeness: Likeness, user: User) -> int:
    """All that look like the papers of ``likeness`` are versions of one, in the order in which they came.

    What is a version of another paper already stays that. Returns how many they are. Raises Gone, OwnVersion.
    """
    pairs = group_of(user, likeness)
    keys = papers_of(pairs) | {likeness.document_id, likeness.other_id}
    with transaction.atomic():
        held = _all_held(keys, user)
        in_order = sorted(held.values(), key=lambda paper: (paper.created_at, paper.pk))
        older = {new: old for old, new in pairwise(in_order) if new.replaces_id in (None, *keys)}
        _replace(older, pairs, user)
    return len(held)


def _replace(older: Mapping[Document, Document], pairs: Iterable[Pair], user: User) -> None:
    """Each key replaces its value, and is asked about no more. Raises OwnVersion."""
    for new, old in older.items():
        if new.pk in _older_versions(old):
            raise OwnVersion
        new.replaces = old
        new.save(update_fields=["replaces"])
    keys = {new.pk for new in older}
    _settle(pair for pair in pairs if pair.document in keys)
    events.note_each(user=user, action=Event.Action.VERSION, documents=list(older))


def _all_held(keys: set[UUID], user: User) -> dict[UUID, Document]:
    """Those documents. Raises Gone where ``user`` may not change one of them, or not any more."""
    held = _held(keys, user)
    if held.keys() != keys:
        raise Gone
    return held


def _held(keys: set[UUID], user: User) -> dict[UUID, Document]:
    """Those of the documents that ``user`` may change, outside the trash, held and up to date."""
    locks.lock_documents(keys)
    return selectors.editable_documents_for(user).in_bulk(list(keys))


def _settle(pairs: Iterable[Pair]) -> None:
    keys = [pair.pk for pair in pairs]
    Likeness.objects.filter(pk__in=keys, is_settled=False).update(is_settled=True)


def _older_versions(document: Document) -> set[UUID]:
    """The keys of ``document`` and of all that it replaces, directly or not."""
    keys: set[UUID] = set()
    at: Document | None = document
    while at and at.pk not in keys:
        keys.add(at.pk)
        at = at.replaces
    return keys
