"""``/bulk/``: one change to many documents; how far it is, and how to take it back."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HTMX_STOP_POLLING

from accounts.services import remember_languages
from documents import storage
from documents.errors import NothingChosen, OcrsiteError, QuestionUnclear
from documents.forms.bulk import FORMS, RenameForm, selection, uuids
from documents.models import BulkAction
from documents.search.find import find
from documents.selectors import deeds, documents_for, trashed
from documents.selectors.tagging import tags_to_give
from documents.services import bulk as service
from documents.services.bulk import Selection
from documents.services.bulk.preview import first_few, preview
from documents.views.access import SignedInRequest, or_404
from documents.views.answers import changes, from_storage, refusals_to_messages
from documents.views.languages import Chooser, chooser
from documents.views.numbers import keys
from documents.words import explain_error
from documents.words.bulk import asks, asks_all, destroys, verb

Kind = BulkAction.Kind
_LISTED = 50


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: SignedInRequest) -> HttpResponse:
    """What the person asked for in the last month; takes ``kind``, ``document`` or ``all``, and what it asks.

    The first POST comes from a list and may be answered with a question, whose answer has ``asked``. An
    answer with ``preview`` only asks what would come of it.
    """
    if request.method != "POST":
        actions = deeds.actions_of(request.user).select_related("undoes")[:_LISTED]
        return render(request, "documents/bulk_actions.html", {"actions": actions})
    try:
        kind = Kind(request.POST.get("kind", ""))
    except ValueError as error:
        raise Http404 from error
    chosen = selection(request.POST)
    if chosen.query is None and not chosen.ids:
        return _refuse(request, NothingChosen())
    try:
        service.require_clear(user=request.user, kind=kind, selection=chosen)
    except QuestionUnclear as error:
        return _refuse(request, error)
    return _ask(request, kind, chosen) if kind in FORMS else _start(request, kind, chosen, {})


def _ask(request: SignedInRequest, kind: BulkAction.Kind, chosen: Selection) -> HttpResponse:
    """The question before ``kind`` begins, or, once it is answered, the beginning."""
    is_preview = "preview" in request.POST
    is_answer = "asked" in request.POST and not is_preview
    form = FORMS[kind](request.POST if is_answer or is_preview else None, user=request.user)
    if is_answer and form.is_valid():
        return _start(request, kind, chosen, form.params())
    is_fragment = is_preview and bool(request.htmx)
    context = {
        "form": form,
        "kind": kind,
        "chosen": chosen,
        "title": "" if is_fragment else _question(request, kind, chosen),
        "verb": verb(kind),
        "back": _back(request),
        "offered": tags_to_give(request.user) if kind in (Kind.TAG, Kind.UNTAG) else [],
        "chooser": _chooser(request) if kind == Kind.READ else None,
        "is_fragment": is_fragment,
        **(_preview(request, form, chosen) if isinstance(form, RenameForm) else {}),
        **(_doomed(request, chosen) if kind == Kind.DELETE else {}),
    }
    if is_fragment:
        return render(request, "documents/_rename_preview.html", context)
    return render(request, "documents/bulk_ask.html", context, status=422 if is_answer else 200)


def _question(request: SignedInRequest, kind: BulkAction.Kind, chosen: Selection) -> str:
    if chosen.query is None:
        return asks(kind, len(chosen.ids))
    if kind == Kind.DELETE:  # of the trash, which no search looks into
        return asks_all(kind, "", 0)
    if not chosen.query:
        return asks_all(kind, "", documents_for(request.user).count())
    results = find(request.user, chosen.query, is_forgiving=chosen.is_forgiving)
    return asks_all(kind, chosen.query, results.documents, is_exact=results.pages_are_exact)


def _preview(request: SignedInRequest, form: RenameForm, chosen: Selection) -> dict[str, object]:
    """The first titles; which they are is found out once, and sent along as ``sample``."""
    first = uuids(request.POST, "sample") or first_few(user=request.user, selection=chosen)
    is_clear = not form.is_bound or form.is_valid()
    renamed = preview(user=request.user, renaming=form.renaming, document_ids=first) if is_clear else []
    return {"sample": first, "renamed": renamed}


def _doomed(request: SignedInRequest, chosen: Selection) -> dict[str, object]:
    doomed = trashed.doomed(request.user, chosen.ids if chosen.query is None else None)
    return {"doomed": doomed, "destroys": destroys(doomed)}


def _chooser(request: SignedInRequest) -> Chooser:
    """What was just sent, else what the person chose last."""
    sent = request.POST.getlist("languages")
    return chooser(sent or request.user.reading_languages, is_preset=not sent)


def _start(
    request: SignedInRequest, kind: BulkAction.Kind, chosen: Selection, params: dict[str, object]
) -> HttpResponse:
    try:
        action = service.start(user=request.user, kind=kind, selection=chosen, back=_back(request), **params)
    except NothingChosen as error:
        return _refuse(request, error)
    if kind == Kind.READ:
        remember_languages(user=request.user, codes=action.params["languages"])
    return redirect("bulk_action", action.pk)


def _refuse(request: SignedInRequest, error: OcrsiteError) -> HttpResponse:
    messages.error(request, explain_error(error))
    return redirect(_back(request))


def _back(request: SignedInRequest) -> str:
    """Where the person came from, if it is a page of this site."""
    wanted = request.POST.get("back", "").replace("\0", "")  # which not every database stores
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else reverse("archive")


@require_safe
def action(request: SignedInRequest, action_id: int) -> HttpResponse:
    """How far it is, then what came of it."""
    return render(request, "documents/bulk_action.html", _context(request, _own(request, action_id)))


@require_safe
def progress(request: SignedInRequest, action_id: int) -> HttpResponse:
    """The same as a fragment, asked for again and again; status 286 tells htmx to ask no more."""
    context = _context(request, _own(request, action_id))
    status = HTMX_STOP_POLLING if context["is_over"] else 200
    return render(request, "documents/_bulk_progress.html", context, status=status)


@require_safe
def lines(request: SignedInRequest) -> HttpResponse:
    """A line for each of the actions ``?id=``, for a page that follows them; status 286 when all are over."""
    ids = keys(request.GET, "id")
    actions = deeds.followed(request.user, ids)
    is_under_way = any(one.finished_at is None for one in actions)
    context = {"actions": actions, "is_under_way": is_under_way}
    status = 200 if is_under_way else HTMX_STOP_POLLING
    return render(request, "documents/_bulk_lines.html", context, status=status)


def _context(request: SignedInRequest, action: BulkAction) -> dict[str, object]:
    is_over = action.finished_at is not None
    return {
        "action": action,
        "is_over": is_over,
        "left": deeds.left_alone(request.user, action) if is_over else [],
        "is_undoable": service.is_undoable(action),
        "undoing": getattr(action, "undone_by", None),
        "has_download": deeds.has_download(request.user, action),
        "back": action.params.get("back") or reverse("archive"),
    }


def _to_action(request: SignedInRequest, action_id: int) -> HttpResponse:
    return redirect("bulk_action", _own(request, action_id).pk)


@changes(otherwise=_to_action)
def cancel(request: SignedInRequest, action_id: int) -> HttpResponse:
    service.cancel(action=_own(request, action_id))
    return redirect("bulk_action", action_id)


@changes(otherwise=_to_action)
def undo(request: SignedInRequest, action_id: int) -> HttpResponse:
    shown = action_id
    with refusals_to_messages(request):
        shown = service.undo(action=_own(request, action_id)).pk
    return redirect("bulk_action", shown)


@require_safe
@from_storage
def download(request: SignedInRequest, action_id: int) -> HttpResponseBase:
    """The packed documents, for a day, as long as all of them are the person's to see."""
    own = _own(request, action_id)
    if not deeds.has_download(request.user, own):
        raise Http404
    file = storage.open_file(own.file)
    name = f"ocrsite-{own.created_at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _own(request: SignedInRequest, action_id: int) -> BulkAction:
    """Raises Http404 for what is not there, or somebody else's."""
    return or_404(deeds.action_for, request.user, action_id)
