"""What each kind of bulk action does to one document, in the transaction of whoever calls it.

A step gives what undoing needs, or None where there was nothing to change; it raises an OcrsiteError
where the document is to be left alone. Permission is looked up at each step: it may have changed meanwhile.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from documents import queues, selectors
from documents.errors import ChangedMeanwhile, CollectionGone, InTrash, NoRight, NotInTrash
from documents.models import BulkAction, BulkItem, Document, Tag
from documents.search.text.analysis import fold
from documents.selectors.membership import editable_collections
from documents.services import index, locks, organise, recognise, tags, trash
from documents.services.bulk.titles import Renaming

Before = dict[str, Any]
Step = Callable[[BulkAction, UUID], Before | None]
Kind = BulkAction.Kind
Texts = Mapping[int, index.Analysed]


def prepare(action: BulkAction, document_id: UUID) -> Texts:
    """What takes long and can be done before anything is held: the texts that a new title is found with."""
    if action.kind != Kind.RENAME:
        return {}
    document = selectors.editable_documents_for(action.user).filter(pk=document_id).first()
    return index.analyse_document(document) if document else {}


def step(action: BulkAction, document_id: UUID, prepared: Texts) -> Before | None:
    """Do to the document what ``action`` asks for. ``prepared`` is what `prepare` gave."""
    if action.kind == Kind.RENAME:
        return _rename(action, document_id, prepared)
    return _STEPS[Kind(action.kind)](action, document_id)


def _move(action: BulkAction, document_id: UUID) -> Before | None:
    document = _editable(action, document_id)
    before = document.collection_id
    wanted = _former_place(action, document) if action.undoes else int(action.params["collection"])
    if before == wanted:
        return None
    target = next((place for place in editable_collections(action.user) if place.pk == wanted), None)
    if target is None:
        raise CollectionGone
    organise.move_document(user=action.user, document=document, collection=target)
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
    wanted = _former_tag(action, document).name if action.undoes else action.params["tag"]
    if _tag_called(wanted, document):
        return None
    tags.add_tags(user=action.user, document=document, wanted=[wanted])
    tag = _tag_called(wanted, document)
    return {"tag": tag and tag.pk}


def _untag(action: BulkAction, document_id: UUID) -> Before | None:
    document = _editable(action, document_id)
    tag = _former_tag(action, document) if action.undoes else _tag_called(action.params["tag"], document)
    if tag is None:
        return None
    tags.remove_tag(user=action.user, document=document, tag=tag)
    return {"tag": tag.pk}


def _tag_called(name: str, document: Document) -> Tag | None:
    """The tag of that name which ``document`` has."""
    return document.tags.filter(name_folded=fold(name)[:200]).first()


def _former_tag(undo: BulkAction, document: Document) -> Tag:
    """The tag that was given to ``document`` or taken from it, whatever it is called by now.

    Raises ChangedMeanwhile where it is not there any more, or was taken off by somebody.
    """
    known = document.tags if undo.kind == Kind.UNTAG else document.collection.tags
    tag = known.filter(pk=_undone(undo, document).before["tag"]).first()
    if tag is None:
        raise ChangedMeanwhile
    return tag


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
    languages = action.params["languages"]
    recognise.start_run(user=action.user, document=document, languages=languages, priority=queues.LAST)


def _trash(action: BulkAction, document_id: UUID) -> Before:
    trash.trash(user=action.user, document=_editable(action, document_id))
    return {"trashed": False}


def _restore(action: BulkAction, document_id: UUID) -> Before:
    trash.restore(user=action.user, document=_in_trash(action, document_id))
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
    Kind.RESTORE: _restore,
    Kind.DELETE: _delete,
}
