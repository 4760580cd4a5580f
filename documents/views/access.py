"""From an address to a row that the person in front of the screen may see or change."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from documents import selectors
from documents.models import Collection, Document, Tag
from documents.selectors.membership import Held, collection_for
from documents.selectors.tagging import tag_for


class SignedInRequest(HttpRequest):
    """A request behind ``LoginRequiredMiddleware`` and ``HtmxMiddleware``."""

    user: User
    htmx: HtmxDetails


def readable_document(user: User, document_id: UUID) -> Document:
    """Raises Http404 for what ``user`` may not see, so that nobody learns what exists."""
    try:
        return selectors.document_for(user, document_id)
    except Document.DoesNotExist as error:
        raise Http404 from error


def editable_document(user: User, document_id: UUID) -> Document:
    """Raises Http404 for what ``user`` may not see, PermissionDenied for what they may only read."""
    document = readable_document(user, document_id)
    if not selectors.may_edit(user, document):
        raise PermissionDenied
    return document


def changes_document(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view`` answers POST; who opens its address, as a browser may show it, comes to the document."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: SignedInRequest, document_id: UUID, **rest: int) -> HttpResponse:
        if request.method == "POST":
            return view(request, document_id, **rest)
        return redirect("document", readable_document(request.user, document_id).pk)

    return answer


def readable_collection(user: User, collection_id: int) -> Held:
    """Raises Http404 for a collection that ``user`` is no member of."""
    try:
        return collection_for(user, collection_id)
    except Collection.DoesNotExist as error:
        raise Http404 from error


def managed_collection(user: User, collection_id: int) -> Collection:
    """Raises Http404, and PermissionDenied for members who do not own it."""
    held = readable_collection(user, collection_id)
    if not held.may_manage:
        raise PermissionDenied
    return held.collection


def changes_collection(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view`` answers POST; who opens its address comes to the collection."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: SignedInRequest, collection_id: int, **rest: int) -> HttpResponse:
        if request.method == "POST":
            return view(request, collection_id, **rest)
        return redirect("collection", readable_collection(request.user, collection_id).collection.pk)

    return answer


def editable_tag(user: User, tag_id: int) -> Tag:
    """Raises Http404, and PermissionDenied for who may only look at the documents of its collection."""
    try:
        tag = tag_for(user, tag_id)
    except Tag.DoesNotExist as error:
        raise Http404 from error
    if not readable_collection(user, tag.collection_id).may_edit:
        raise PermissionDenied
    return tag
