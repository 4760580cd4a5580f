"""What a renaming would come to: the first few titles, before it begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from documents import selectors
from documents.errors import OcrsiteError
from documents.models import Document
from documents.services.bulk.actions import Selection
from documents.services.bulk.slices import found
from documents.services.bulk.titles import Renaming

_SHOWN = 5
# Documents that are looked at to find some that the person may rename.
_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Renamed:
    """``error`` says why a document would be left as it is; ``after`` is empty then."""

    before: str
    after: str
    error: OcrsiteError | None = None


def first_few(*, user: User, selection: Selection) -> list[UUID]:
    """The first of ``selection`` that ``user`` may change, in the order of the work."""
    ids = selection.ids
    if selection.query is not None:
        chosen = found(user, selection.query, is_forgiving=selection.is_forgiving, most=_LOOKED_AT)
        ids = tuple(chosen)
    return [document.pk for document in _editable(user, ids)][:_SHOWN]


def preview(*, user: User, renaming: Renaming, document_ids: Sequence[UUID]) -> list[Renamed]:
    """The titles of documents that begin a selection, before and after. ``renaming`` passed its check."""
    shown: list[Renamed] = []
    position = 0
    for document in _editable(user, document_ids[:_SHOWN]):
        try:
            after = renaming.title_of(document.title, document.dated_on, position=position)
        except OcrsiteError as error:
            shown.append(Renamed(document.title, "", error))
        else:
            shown.append(Renamed(document.title, after))
            position += 1
    return shown


def _editable(user: User, document_ids: Sequence[UUID]) -> list[Document]:
    """In the order of ``document_ids``."""
    there = selectors.editable_documents_for(user).in_bulk(list(dict.fromkeys(document_ids[:_LOOKED_AT])))
    return [there[document_id] for document_id in dict.fromkeys(document_ids) if document_id in there]
