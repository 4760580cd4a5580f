"""What each kind of bulk action does to one document, in the transaction of whoever calls it.

A step gives what undoing needs, or None where there was nothing to change; it raises an OcrsiteError
where the document is to be left alone. Permission is looked up at each step: it may have changed meanwhile.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from documents import queues, selectors
from documents.errors import ChangedMeanwhile, CollectionGone, InTrash, NoRight, NotInTrash
from documents.models import BulkAction, BulkItem, Collection, Document, Tag
from documents.search.text.analysis import fold
from documents.selectors.membership import editable_collections
from documents.services import index, locks, organise, recognise, tags, trash
from documents.services.bulk.titles import Renaming

Before = dict[str, Any]
Step = Callable[[BulkAction, UUID], Before | None]
Kind = BulkAction.Kind
Texts = Mapping[int, index.Analysed]
# Among the ``params`` of an action, and so of what undoes it: the keys of the tags that it made.
_MADE = "made_tags"


def prepare(action: BulkAction, document_id: UUID) -> Texts:
    """What takes long and can be done before anything is held: the texts that the document is found with."""
    match action.kind:
        case Kind.RENAME:
            documents = selectors.editable_documents_for(action.user)
        case Kind.RESTORE:
            documents = selectors.trashed_for(action.user)
        case _:
            return {}
    document = documents.filter(pk=document_id).first()
    return index.analyse_document(document) if document else {}


def step(action: BulkAction, document_id: UUID, prepared: Texts) -> Before | None:
    """Do to the document what ``action`` asks for. ``prepared`` is what `prepare` gave."""
    match action.kind:
        case Kind.RENAME:
            return _rename(action, document_id, prepared)
        case Kind.RESTORE:
            return _restore(action, document_id, prepared)
        case kind:
            return _STEPS[Kind(kind)](action, document_id)


def _move(action: BulkAction, document_id: UUID) -> Before | None:
    document = _editable(action, document_id)
    before = document.collection_id
    wanted = _former_place(action, document) if action.undoes else int(action.params["collection"])
    if before == wanted:
        return None
    target = next((place for place in editable_collections(action.user) if place.pk == wanted), None)
    if target is None:
        raise CollectionGone
    place, had = document.collection, _tag_keys(document)
    made = organise.move_document(user=action.user, document=document, collection=target)
    _keep_in_mind(action, made)
    _delete_made(action, place, had)
    return {"collection": before}


def _former_place(undo: BulkAction, document: Document) -> int:
    """Where the document lay before it was moved. Raises ChangedMeanwhile when it lies elsewhere by now."""
    moved = _undone(undo, document)
    if document.collection_id != int(moved.action.params["collection"]):
        raise ChangedMeanwhile
    return int(moved.before["collection"])


def _undone(undo: BulkAction, document: Document) -> BulkItem:
    return BulkItem.objects.select_related("action").get(action=undo.undoes_id, document=document)


def _tag(action: BulkAction, document_id: UUID) -> Before | None:
    document = _editable(action, document_id)
    wanted = [tag.name for tag in _former_tags(action, document)] if action.undoes else action.params["tags"]
    had = _tag_keys(document)
    _keep_in_mind(action, tags.add_tags(user=action.user, document=document, wanted=wanted))
    added = _tag_keys(document) - had
    return {"tags": sorted(added)} if added else None


def _untag(action: BulkAction, document_id: UUID) -> Before | None:
    document = _editable(action, document_id)
    if action.undoes:
        taken_off = _former_tags(action, document)
    else:
        taken_off = _tags_called(action.params["tags"], document)
    if not taken_off:
        return None
    tags.remove_tags(user=action.user, document=document, unwanted=taken_off)
    keys = {tag.pk for tag in taken_off}
    _delete_made(action, document.collection, keys)
    return {"tags": sorted(keys)}


def _keep_in_mind(action: BulkAction, made: list[Tag]) -> None:
    """Which tags ``action`` made: who undoes it does not want them. Its row is held."""
    if made and not action.undoes:
        action.params.setdefault(_MADE, []).extend(tag.pk for tag in made)
        action.save(update_fields=["params"])


def _delete_made(action: BulkAction, collection: Collection, taken_off: set[int]) -> None:
    """Of the tags that ``action`` undoes having made, delete those that nothing has any more.

    ``taken_off`` are those that a document had until now: there is nothing to do while others have them.
    """
    made = set(action.params.get(_MADE, ())) if action.undoes else set()
    if Tag.objects.filter(pk__in=made & taken_off, documents=None).exists():
        tags.delete_unused_tags(user=action.user, collection=collection, among=made)


def _tag_keys(document: Document) -> set[int]:
    return set(document.tags.values_list("pk", flat=True))


def _tags_called(names: Sequence[str], document: Document) -> list[Tag]:
    """The tags of these names which ``document`` has."""
    return list(document.tags.filter(name_folded__in=[fold(name)[:200] for name in names]))


def _former_tags(undo: BulkAction, document: Document) -> list[Tag]:
    """The tags that were given to ``document`` or taken from it, whatever they are called by now.

    Those that are not there any more, or were taken off by somebody, are passed over; raises
    ChangedMeanwhile where that is so of all.
    """
    known = document.tags if undo.kind == Kind.UNTAG else document.collection.tags
    former = list(known.filter(pk__in=_undone(undo, document).before["tags"]))
    if not former:
        raise ChangedMeanwhile
    return former


def _rename(action: BulkAction, document_id: UUID, analysed: Texts) -> Before | None:
    document = _editable(action, document_id)
    locks.lock_editable(document, user=action.user)  # what it is called is part of what it will be called
    before = document.title
    wanted = _former_title(action, document) if action.undoes else _new_title(action, document)
    if wanted == before:
        return None
    organise.rename_document(user=action.user, document=document, title=wanted, analysed=analysed)
    return {"title": before, "renamed": document.title}


def _new_title(action: BulkAction, document: Document) -> str:
    """They are numbered in the order of the work, without gaps for those that are left alone."""
    renaming = Renaming(**action.params["renaming"])
    return renaming.title_of(document.title, document.dated_on, position=action.done)


def _former_title(undo: BulkAction, document: Document) -> str:
    """Raises ChangedMeanwhile when it is called otherwise by now."""
    renamed = _undone(undo, document).before
    if document.title != renamed["renamed"]:
        raise ChangedMeanwhile
    return str(renamed["title"])


def _read(action: BulkAction, document_id: UUID) -> None:
    document = _editable(action, document_id)
    recognise.start_run(
        user=action.user,
        document=document,
        languages=action.params["languages"],
        engine=action.params.get("engine", ""),  # not asked in actions from before an upgrade
        priority=queues.LAST,
    )


def _trash(action: BulkAction, document_id: UUID) -> Before:
    trash.trash(user=action.user, document=_editable(action, document_id))
    return {"trashed": False}


def _restore(action: BulkAction, document_id: UUID, analysed: Texts) -> Before:
    trash.restore(user=action.user, document=_in_trash(action, document_id), analysed=analysed)
    return {"trashed": True}


def _delete(action: BulkAction, document_id: UUID) -> None:
    trash.delete(user=action.user, document_id=_in_trash(action, document_id).pk)


def _editable(action: BulkAction, document_id: UUID) -> Document:
    document = selectors.editable_documents_for(action.user).filter(pk=document_id).first()
    if document is None:
        is_trashed = selectors.trashed_for(action.user).filter(pk=document_id).exists()
        raise InTrash if is_trashed else NoRight
    return document


def _in_trash(action: BulkAction, document_id: UUID) -> Document:
    document = selectors.trashed_for(action.user).filter(pk=document_id).first()
    if document is None:
        is_there = selectors.editable_documents_for(action.user).filter(pk=document_id).exists()
        raise NotInTrash if is_there else NoRight
    return document


_STEPS: dict[Kind, Step] = {
    Kind.MOVE: _move,
    Kind.TAG: _tag,
    Kind.UNTAG: _untag,
    Kind.READ: _read,
    Kind.TRASH: _trash,
    Kind.DELETE: _delete,
}
