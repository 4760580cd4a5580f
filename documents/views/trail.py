"""The audit trail: of one document, and of everything for administrators."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from documents.models import Event
from documents.selectors.trail import events_for_admin, events_of
from documents.views.access import SignedInRequest, readable_document


@require_safe
@vary_on_headers("HX-Request")
def history(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """What was done to a document, by whom and when; ``?before=`` goes further back."""
    document = readable_document(request.user, document_id)
    context = {"document": document, "trail": events_of(request.user, document, before=_before(request))}
    return render(request, "documents/_history.html" if request.htmx else "documents/history.html", context)


@require_safe
def events(request: SignedInRequest) -> HttpResponse:
    """Over all documents; ``?person=`` and ``?action=`` choose, ``?before=`` goes further back.

    For administrators: people with the right to view events, such as the one who set the site up.
    """
    if not request.user.has_perm("documents.view_event"):
        raise Http404
    person = request.GET.get("person", "").replace("\0", "").strip()[:150]
    wanted = request.GET.get("action", "")
    action = wanted if wanted in Event.Action.values else ""
    chosen = {"person": person, "action": action}
    context = {
        "trail": events_for_admin(request.user, person=person, action=action, before=_before(request)),
        "actions": Event.Action.choices,
        "chosen": chosen,
        "query": urlencode({key: value for key, value in chosen.items() if value}),
    }
    return render(request, "documents/events.html", context)


def _before(request: SignedInRequest) -> int | None:
    value = request.GET.get("before", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else None
