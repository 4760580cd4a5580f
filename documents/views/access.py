"""From an address to a row that the person in front of the screen may see or change."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from documents import selectors
from documents.models import Collection, Document, Page, Tag
from documents.selectors.membership import Held, collection_for, collection_to_manage
from documents.selectors.tagging import tag_to_edit
from documents.views.answers import changes

P = ParamSpec("P")
T = TypeVar("T")


class SignedInRequest(HttpRequest):
    """A request behind ``LoginRequiredMiddleware`` and ``HtmxMiddleware``."""

    user: User
    htmx: HtmxDetails


def or_404(fetch: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What ``fetch`` gives. Raises Http404 for what it does not find."""
    try:
        return fetch(*args, **kwargs)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def readable_document(user: User, document_id: UUID) -> Document:
    """Raises Http404 for what ``user`` may not see, so that nobody learns what exists."""
    return or_404(selectors.document_for, user, document_id)


def editable_document(user: User, document_id: UUID) -> Document:
    """Raises Http404 for what ``user`` may not see, PermissionDenied for what they may only read."""
    return or_404(selectors.document_to_edit, user, document_id)


def readable_page(user: User, document_id: UUID, number: int) -> Page:
    """With its document and current text. Raises Http404 for what ``user`` may not see, or is not there."""
    return or_404(selectors.page_for, user, document_id, number)


def editable_page(user: User, document_id: UUID, number: int) -> Page:
    """Raises Http404, and PermissionDenied for who may only read the document."""
    return or_404(selectors.page_to_edit, user, document_id, number)


def _to_document(request: SignedInRequest, document_id: UUID, **_rest: int) -> HttpResponse:
    return redirect("document", readable_document(request.user, document_id).pk)


changes_document = changes(otherwise=_to_document)


def readable_collection(user: User, collection_id: int) -> Held:
    """Raises Http404 for a collection that ``user`` is no member of."""
    return or_404(collection_for, user, collection_id)


def managed_collection(user: User, collection_id: int) -> Collection:
    """Raises Http404, and PermissionDenied for members who do not own it."""
    return or_404(collection_to_manage, user, collection_id)


def _to_collection(request: SignedInRequest, collection_id: int, **_rest: int) -> HttpResponse:
    return redirect("collection", readable_collection(request.user, collection_id).collection.pk)


changes_collection = changes(otherwise=_to_collection)


def editable_tag(user: User, tag_id: int) -> Tag:
    """Raises Http404, and PermissionDenied for who may only look at the documents of its collection."""
    return or_404(tag_to_edit, user, tag_id)
