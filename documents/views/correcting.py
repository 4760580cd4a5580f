"""What scripts send to change the text of a page, as JSON (docs/correcting.md).

Each takes ``base``, the key of the text that the person saw. What is refused is answered with the ``code`` of
the error and a ``message`` for the person.
"""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from documents.errors import (
    Gone,
    OcrsiteError,
    PageChanged,
    RequestTooLarge,
    RequestUnclear,
    WorkError,
)
from documents.models import Document, Page, Transcription
from documents.ocr.correcting.operations import parse
from documents.selectors import correcting
from documents.services import correct
from documents.views.access import SignedInRequest, editable_page
from documents.views.words import words_answer, words_of
from documents.words import explain_error
from documents.words.versions import page_was_changed

MOST_BYTES = 1_000_000  # a thousand changes are a tenth of it
_AT_ONCE = 64 * 1024  # bytes
_READ_AWAY = 5  # seconds
_KEYS = range(2**63)  # of rows, in any database

_Change = Callable[[User, Page, int, Mapping[str, Any]], object]
_View = Callable[[SignedInRequest, UUID, int], HttpResponse]


def _changes_text(change: _Change) -> _View:
    """A view of a page; ``change`` is given the user, the page, ``base``, and all that was sent."""

    @require_POST
    @wraps(change)
    def answer(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
        page = editable_page(request.user, document_id, number)
        try:
            sent = sent_about_text(request)
            change(request.user, page, sent["base"], sent)
        except PageChanged as error:
            return changed_meanwhile(request.user, page, sent["base"], error)
        except OcrsiteError as error:
            return refused(error)
        return words_answer(state_of(request.user, page))

    return answer


@_changes_text
def save(user: User, page: Page, base: int, sent: Mapping[str, Any]) -> Transcription:
    """``changes`` is a list of what docs/correcting.md describes."""
    operations = parse(sent.get("changes"))
    return correct.correct(user=user, page=page, current_id=base, operations=operations)


@_changes_text
def undo(user: User, page: Page, base: int, sent: Mapping[str, Any]) -> Transcription:  # noqa: ARG001
    return correct.undo(user=user, page=page, current_id=base)


@_changes_text
def redo(user: User, page: Page, base: int, sent: Mapping[str, Any]) -> Transcription:  # noqa: ARG001
    return correct.redo(user=user, page=page, current_id=base)


@_changes_text
def proofread(user: User, page: Page, base: int, sent: Mapping[str, Any]) -> None:
    """``is_right`` is false to take it back."""
    is_right = sent.get("is_right", True) is True
    correct.mark_proofread(user=user, page=page, current_id=base, is_right=is_right)


def state_of(user: User, page: Page) -> dict[str, object]:
    """What ``page`` shows."""
    current = page.current
    if current is None:
        return {"text": None}
    return {
        "text": current.pk,
        "words": words_of(current, correcting.known_words(user)),
        "can_undo": correcting.may_undo(user, current),
        "can_redo": correcting.may_redo(user, current),
        "is_proofread": page.proofread_at is not None,
        "confidence": _confidence_in(page.document),
    }


def _confidence_in(document: Document) -> str:
    """How sure all of its texts are, as its head says it (_facts.html); empty where it does not."""
    confidence = document.mean_confidence
    percent = floatformat(confidence, 0)
    return _("confidence %(percent)s%%") % {"percent": percent} if confidence is not None else ""


def refused(error: OcrsiteError, **more: object) -> JsonResponse:
    return JsonResponse({"code": error.code, **_told(error), **more}, status=_status_of(error))


def changed_meanwhile(user: User, page: Page, base: int, error: PageChanged) -> JsonResponse:
    """``is_own``: it is what ``user`` made of the text ``base``, perhaps without having heard so."""
    current = int(error.params["current"])
    return refused(error, is_own=correcting.is_step(user, page, base, current))


def _told(error: OcrsiteError) -> dict[str, object]:
    """``by``: who changed the page, where it is known."""
    if isinstance(error, PageChanged):
        return {"message": page_was_changed(error), "by": error.params["name"]}
    return {"message": explain_error(error)}


def sent_about_text(request: SignedInRequest) -> dict[str, Any]:
    """The object that was sent, whose ``base`` is a whole number. Raises RequestUnclear, RequestTooLarge."""
    sent = sent_object(request)
    base = sent.get("base")
    if not isinstance(base, int) or isinstance(base, bool) or base not in _KEYS:
        raise RequestUnclear
    return sent


def sent_object(request: SignedInRequest) -> dict[str, Any]:
    """Raises RequestUnclear, RequestTooLarge."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        _read_away(request)
        raise RequestTooLarge
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as error:  # too deep is as good as none
        raise RequestUnclear from error
    if not isinstance(sent, dict):
        raise RequestUnclear
    return sent


def _read_away(request: SignedInRequest) -> None:
    """A server closes the connection on who still sends when it has answered; they may never read why.

    Who sends slowly, or without end, is not waited for.
    """
    end = time.monotonic() + _READ_AWAY
    with suppress(UnreadablePostError):  # nobody is there any more
        while time.monotonic() < end and request.read(_AT_ONCE):
            pass


def _status_of(error: OcrsiteError) -> int:
    match error:
        case RequestTooLarge():
            return 413
        case RequestUnclear():
            return 400
        case WorkError() | Gone():
            return 409
        case _:
            return 422
