"""The audit trail: of one document, and of everything for administrators."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.models import Event
from documents.selectors import trail
from documents.views.access import SignedInRequest, or_404, readable_document
from documents.views.answers import dialog
from documents.views.numbers import key


@require_safe
def history(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """What was done to a document, by whom and when; ``?before=`` goes further back."""
    document = readable_document(request.user, document_id)
    found = trail.events_of(request.user, document, before=key(request.GET, "before"))
    return dialog(request, "history", {"document": document, "trail": found}, heading=_("History"))


@require_safe
def events(request: SignedInRequest) -> HttpResponse:
    """Over all documents; ``?person=`` and ``?action=`` choose, ``?before=`` goes further back."""
    _require_administrator(request)
    person = request.GET.get("person", "").replace("\0", "").strip()[:150]
    wanted = request.GET.get("action", "")
    action = wanted if wanted in Event.Action.values else ""
    chosen = {"person": person, "action": action}
    before = key(request.GET, "before")
    context = {
        "trail": trail.events_for_admin(request.user, person=person, action=action, before=before),
        "actions": Event.Action.choices,
        "chosen": chosen,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "documents/events.html", context)


@require_safe
def event(request: SignedInRequest, event_id: int) -> HttpResponse:
    """The documents to which something was done at once; ``?before=`` goes further back."""
    _require_administrator(request)
    whole = or_404(trail.whole_for_admin, event_id)
    parts = trail.parts_for_admin(request.user, whole, before=key(request.GET, "before"))
    return render(request, "documents/event.html", {"event": whole, "trail": parts})


def _require_administrator(request: SignedInRequest) -> None:
    """One has the right to view events, such as who set the site up. Others learn nothing of the page."""
    if not request.user.has_perm("documents.view_event"):
        raise Http404
