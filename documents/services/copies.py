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

    Settles each pair of which ``user`` may change the later paper. Returns how many papers are kept: none
    where all of that is settled. Raises Gone.
    """
    pairs = group_of(user, likeness)
    with transaction.atomic():
        later = _held({likeness.document_id, *(pair.document for pair in pairs)}, user)
        if likeness.document_id not in later:
            raise Gone
        settled = _settle(pair for pair in pairs if pair.document in later)
        kept = [later[key] for key in dict.fromkeys(pair.document for pair in settled)]
        events.note_each(user=user, action=Event.Action.KEPT, documents=kept)
    return len(papers_of(settled))


def make_version(*, likeness: Likeness, user: User) -> None:
    """The later paper is a new version of the other, and no copy of any.

    Nothing happens where ``likeness`` is settled. Raises Gone, OwnVersion.
    """
    pairs = group_of(user, likeness)
    with transaction.atomic():
        held = _all_held({likeness.document_id, likeness.other_id}, user)
        if _is_open(likeness):
            _replace({held[likeness.document_id]: held[likeness.other_id]}, pairs, user)


def make_versions(*, likeness: Likeness, user: User) -> int:
    """All that look like the papers of ``likeness`` are versions of one, in the order in which they came.

    What is a version of another paper already stays that. Returns how many they are: none where ``likeness``
    is settled. Raises Gone, OwnVersion.
    """
    pairs = group_of(user, likeness)
    keys = papers_of(pairs) | {likeness.document_id, likeness.other_id}
    with transaction.atomic():
        held = _all_held(keys, user)
        if not _is_open(likeness):
            return 0
        in_order = sorted(held.values(), key=lambda paper: (paper.created_at, paper.pk))
        older = {new: old for old, new in pairwise(in_order) if new.replaces_id in (None, *keys)}
        _replace(older, pairs, user)
    return len(held)


def _replace(older: Mapping[Document, Document], pairs: Iterable[Pair], user: User) -> None:
    """Each key replaces its value, and is asked about no more. Raises OwnVersion."""
    changed = [new for new, old in older.items() if new.replaces_id != old.pk]
    for new in changed:
        if new.pk in _older_versions(older[new]):
            raise OwnVersion
        new.replaces = older[new]
        new.save(update_fields=["replaces"])
    keys = {new.pk for new in older}
    _settle(pair for pair in pairs if pair.document in keys)
    events.note_each(user=user, action=Event.Action.VERSION, documents=changed, details=_about(older))
    replaced = {older[new]: new for new in changed}
    about = _about(replaced, change="newer")
    events.note_each(user=user, action=Event.Action.VERSION, documents=list(replaced), details=about)


def undo_version(*, document: Document, user: User) -> None:
    """``document`` is no version of the older paper; whether it is a copy is asked anew. Raises Gone."""
    with transaction.atomic():
        held = _all_held({document.pk}, user)[document.pk]
        if (old := held.replaces) is None:
            return
        held.replaces = None
        held.save(update_fields=["replaces"])
        Likeness.objects.filter(document=held, other=old).update(is_settled=False)
        for one, other, change in ((held, old, "not_older"), (old, held, "not_newer")):
            about = _about({one: other}, change=change)[one.pk]
            events.note_about(user=user, action=Event.Action.VERSION, document=one, details=about)


def _about(others: Mapping[Document, Document], *, change: str = "older") -> dict[UUID, events.Details]:
    """What the history of each key tells of its value, which is, or is not, its older or newer version."""
    return {
        one.pk: {"change": change, "paper": other.title, "paper_id": str(other.pk)}
        for one, other in others.items()
    }


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


def _is_open(likeness: Likeness) -> bool:
    """Once its papers are held: did nobody decide about it meanwhile?"""
    return Likeness.objects.filter(pk=likeness.pk, is_settled=False).exists()


def _settle(pairs: Iterable[Pair]) -> list[Pair]:
    """Returns those of ``pairs`` that nobody settled before. Their later papers are held."""
    by_key = {pair.pk: pair for pair in pairs}
    still = Likeness.objects.filter(pk__in=by_key, is_settled=False)
    settled = [by_key[key] for key in still.order_by("pk").values_list("pk", flat=True)]
    still.update(is_settled=True)
    return settled


def _older_versions(document: Document) -> set[UUID]:
    """The keys of ``document`` and of all that it replaces, directly or not."""
    keys: set[UUID] = set()
    at: Document | None = document
    while at and at.pk not in keys:
        keys.add(at.pk)
        at = at.replaces
    return keys
