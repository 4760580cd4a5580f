"""Parameters that several resources take, and rows as resources get them."""

from collections.abc import Callable
from typing import Annotated, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from ninja import Path

from accounts.models import User
from documents import selectors
from documents.errors import NoRight, NotFound
from documents.models import Document, Page

P = ParamSpec("P")
T = TypeVar("T")

DocumentId = Annotated[
    UUID, Path(description="The id of a document.", examples=["6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50"])
]
PageNumber = Annotated[int, Path(description="The number of a page, from 1.", examples=[1], ge=1, lt=2**31)]
RunId = Annotated[int, Path(description="The id of a run.", examples=[42], ge=1, lt=2**63)]


def found(fetch: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What ``fetch`` gives. Raises NotFound for what is not there, or may not be seen."""
    try:
        return fetch(*args, **kwargs)
    except ObjectDoesNotExist as error:
        raise NotFound from error


def readable_document(user: User, document_id: UUID) -> Document:
    """Raises NotFound."""
    return found(selectors.document_for, user, document_id)


def editable_document(user: User, document_id: UUID) -> Document:
    """Raises NotFound, and NoRight for who may only read it."""
    document = readable_document(user, document_id)
    if not selectors.may_edit(user, document):
        raise NoRight
    return document


def readable_page(user: User, document_id: UUID, number: int) -> Page:
    """With its document and current text. Raises NotFound."""
    return found(selectors.page_for, user, document_id, number)


def editable_page(user: User, document_id: UUID, number: int) -> Page:
    """Raises NotFound, NoRight."""
    editable_document(user, document_id)
    return readable_page(user, document_id, number)
