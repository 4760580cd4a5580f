"""What a person decides about papers that came twice: copies that are wanted, or versions of one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from django.db import transaction

from accounts.models import User
from documents import selectors
from documents.errors import Gone, OwnVersion
from documents.models import DateSource, Document, Event, Likeness
from documents.selectors.duplicates import Pair, group_of, papers_of
from documents.selectors.versions import newer_of, older_of
from documents.services import events, locks, organise, tags, trash


class Choice(StrEnum):
    """What papers that look alike are: all of them, or a later one beside the one that was there before."""

    KEEP = "keep"
    VERSIONS = "versions"
    VERSION = "version"
    DISCARD = "discard"


def settle(*, likeness: Likeness, user: User, choice: Choice) -> int:
    """Do what was chosen. Returns about how many papers: none where ``likeness`` is settled.

    Raises Gone, OwnVersion, InTrash.
    """
    match choice:
        case Choice.KEEP:
            return keep_all(likeness=likeness, user=user)
        case Choice.VERSIONS:
            return make_versions(likeness=likeness, user=user)
        case Choice.VERSION:
            return 2 * make_version(likeness=likeness, user=user)
        case Choice.DISCARD:
            return int(discard(likeness=likeness, user=user))


def keep_all(*, likeness: Likeness, user: User) -> int:
    """The papers of ``likeness``, and all that look like them, are copies that are wanted.

    Settles each pair of which ``user`` may change the later paper. Returns how many papers are kept: none
    where ``likeness`` is settled. Raises Gone.
    """
    pairs = group_of(user, likeness)
    with transaction.atomic():
        later = _held({likeness.document_id, *(pair.document for pair in pairs)}, user)
        if likeness.document_id not in later:
            raise Gone
        if not _is_open(likeness):
            return 0
        settled = _settle(pair for pair in pairs if pair.document in later)
        kept = [later[key] for key in dict.fromkeys(pair.document for pair in settled)]
        events.note_each(user=user, action=Event.Action.KEPT, documents=kept)
    return len(papers_of(settled))


def make_version(*, likeness: Likeness, user: User) -> bool:
    """The later paper is a new version of the other, or of the newest there is of it, and no copy of any.

    It takes over the tags and the date, if a person entered that, and keeps its own title and place. False
    where ``likeness`` is settled, and nothing happens. Raises Gone, OwnVersion.
    """
    pairs = group_of(user, likeness)
    ends = {likeness.document_id, likeness.other_id}
    versions = _versions_of(user, [likeness.other_id])
    with transaction.atomic():
        held = _all_held(ends | versions, user)
        if not _is_open(likeness):
            return False
        if _versions_of(user, [likeness.other_id]) != versions:
            raise Gone
        new = held.pop(likeness.document_id)
        old = max(held.values(), key=_age)
        _replace({new: old}, pairs, user)
        _take_over(new, old, user)
    return True


def _take_over(new: Document, old: Document, user: User) -> None:
    tags.take_over(user=user, document=new, other=old)
    if old.date_source == DateSource.PERSON and new.date_source != DateSource.PERSON:
        organise.date_document(user=user, document=new, day=old.dated_on)


def discard(*, likeness: Likeness, user: User) -> bool:
    """The later paper goes to the trash. False where ``likeness`` is settled, and nothing happens.

    Raises Gone, InTrash.
    """
    with transaction.atomic():
        held = _all_held({likeness.document_id}, user)
        if not _is_open(likeness):
            return False
        trash.trash(user=user, document=held[likeness.document_id])
    return True


def make_versions(*, likeness: Likeness, user: User) -> int:
    """All that look like the papers of ``likeness`` are versions of one, in the order in which they came.

    What is a version of another paper already stays that. Returns how many they are: none where ``likeness``
    is settled. Raises Gone, OwnVersion.
    """
    pairs = group_of(user, likeness)
    keys = papers_of(pairs) | {likeness.document_id, likeness.other_id}
    keys |= _versions_of(user, keys)
    with transaction.atomic():
        held = _all_held(keys, user)
        if not _is_open(likeness):
            return 0
        in_order = sorted(held.values(), key=_age)
        older = {new: old for old, new in pairwise(in_order) if new.replaces_id in (None, *keys)}
        _replace(older, pairs, user)
    return len(held)


def _replace(older: Mapping[Document, Document], pairs: Iterable[Pair], user: User) -> None:
    """Each key replaces its value, and is asked about no more. Raises OwnVersion."""
    changed = [new for new, old in older.items() if new.replaces_id != old.pk]
    for new in changed:
        new.replaces = older[new]
    Document.objects.bulk_update(changed, ["replaces"], batch_size=500)
    _require_no_ring(changed)
    keys = {new.pk for new in older}
    _settle(pair for pair in pairs if pair.document in keys)
    events.note_each(user=user, action=Event.Action.VERSION, documents=changed, details=_about(older))
    replaced = {older[new]: new for new in changed}
    about = _about(replaced, change="newer")
    events.note_each(user=user, action=Event.Action.VERSION, documents=list(replaced), details=about)


def undo_version(*, document: Document, user: User) -> None:
    """``document`` is no version of the older paper that ``user`` sees; whether it is a copy is asked anew.

    So it is of the one that it replaces directly, for when that comes out of the trash. Raises Gone, also
    where ``user`` sees no older paper, or not any more.
    """
    with transaction.atomic():
        held = _all_held({document.pk}, user)[document.pk]
        old = older_of(user, held)
        if old is None:
            raise Gone
        Likeness.objects.filter(document=held, other__in=[held.replaces_id, old.pk]).update(is_settled=False)
        held.replaces = None
        held.save(update_fields=["replaces"])
        for one, other, change in ((held, old, "not_older"), (old, held, "not_newer")):
            about = _about({one: other}, change=change)[one.pk]
            events.note_about(user=user, action=Event.Action.VERSION, document=one, details=about)


def _versions_of(user: User, keys: Iterable[UUID]) -> set[UUID]:
    """The keys of the versions that replace these papers, as far as ``user`` may see and change them."""
    newer = {version.pk for versions in newer_of(user, keys).values() for version in versions}
    return set(selectors.editable_documents_for(user).filter(pk__in=newer).values_list("pk", flat=True))


def _age(paper: Document) -> tuple[datetime, UUID]:
    return paper.created_at, paper.pk


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


def _require_no_ring(documents: Iterable[Document]) -> None:
    """Raises OwnVersion where one of them replaces itself, directly or not."""
    free: set[UUID] = set()
    for document in documents:
        way: set[UUID] = set()
        at: Document | None = document
        while at and at.pk not in free:
            if at.pk in way:
                raise OwnVersion
            way.add(at.pk)
            at = at.replaces
        free |= way
