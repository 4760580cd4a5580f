"""``/upload/``: files come in, through a plain form or one by one from the script on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.services import remember_languages
from documents.errors import FileTooLarge, OcrsiteError
from documents.forms import UploadForm
from documents.models import Document, Likeness
from documents.ocr.formats.readers import LARGEST_MB
from documents.selectors.duplicates import trashed_copies, twins_of
from documents.services.receive import Incoming, grouped, receive_upload
from documents.uploads import incoming
from documents.views.access import SignedInRequest
from documents.views.languages import chooser
from documents.views.places import chosen_place, places
from documents.words import explain_error, figure
from documents.words.copies import keep


@dataclass(frozen=True, slots=True)
class Refusal:
    """One sentence about one file; ``file`` is empty when it is about the whole request.

    ``command`` is the part of the sentence that is to be typed, empty where there is none. ``retryable``
    means that the same may be sent again as it is.
    """

    file: str
    code: str
    message: str
    command: str = ""
    retryable: bool = False


@dataclass(slots=True)
class Outcome:
    """What came of a request; ``twins`` are papers that were there before, by the key of the new one.

    ``trashed`` are the same files in the trash; ``files`` are the names of those that each became.
    """

    documents: list[Document] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    twins: dict[UUID, Likeness] = field(default_factory=dict)
    trashed: dict[UUID, Document] = field(default_factory=dict)
    files: dict[UUID, list[str]] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """201 all was kept, 207 some of it, 422 nothing; 503 nothing, through no fault of what was sent."""
        if not self.refusals:
            return 201
        if self.documents:
            return 207
        return 503 if all(refusal.retryable for refusal in self.refusals) else 422


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("Accept", "HX-Request")
def upload(request: SignedInRequest) -> HttpResponse:
    """``files`` (several), ``languages``, ``engine``, ``combine``, ``title``, ``collection`` (an id).

    Answers JSON to who accepts only that.
    """
    if request.method != "POST":
        return _form(request, Outcome(), UploadForm())
    form = UploadForm(request.POST)
    outcome = _receive(request, form)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _as_json(outcome)
    return _as_page(request, outcome, form)


def _receive(request: SignedInRequest, form: UploadForm) -> Outcome:
    files = request.FILES.getlist("files")
    if not form.is_valid():
        return Outcome(refusals=list(_form_refusals(form)))
    if not files:
        return Outcome(refusals=[Refusal("", "no-file", _("Choose at least one file."))])
    languages = _languages(request, form)
    try:
        place = chosen_place(request)
    except OcrsiteError as error:
        return Outcome(refusals=[Refusal("", error.code, explain_error(error))])
    engine = form.cleaned_data["engine"]
    receive = partial(receive_upload, user=request.user, languages=languages, engine=engine, collection=place)
    title = form.cleaned_data["title"] or ""
    outcome = _received(files, receive, title=title, is_one=form.cleaned_data["combine"])
    outcome.twins = twins_of(request.user, outcome.documents)
    outcome.trashed = trashed_copies(request.user, outcome.documents)
    return outcome


def _languages(request: SignedInRequest, form: UploadForm) -> Sequence[str]:
    """What was sent, which is remembered; the default of the site for a script that sends none."""
    if "languages" not in request.POST:
        return list(settings.OCRSITE_DEFAULT_LANGUAGES)
    languages: Sequence[str] = form.cleaned_data["languages"]
    remember_languages(user=request.user, codes=languages)
    return languages


def _received(
    files: "Sequence[UploadedFile[bytes]]", receive: "partial[Document]", *, title: str, is_one: bool
) -> Outcome:
    """What came of ``files``; refusals in their order."""
    outcome = Outcome()
    groups = _groups(files, outcome, is_one=is_one)
    # A title is one document's; several documents are called as their files are.
    receive = partial(receive, title=title if len(groups) == 1 else "")
    for group in groups:
        _receive_document(group, receive, outcome)
    # Those that did not come in whole were refused before any other was looked into.
    order = {file.name: at for at, file in enumerate(files)}
    outcome.refusals.sort(key=lambda refusal: order.get(refusal.file, 0))
    return outcome


def _groups(
    files: "Sequence[UploadedFile[bytes]]", outcome: Outcome, *, is_one: bool
) -> list[list[Incoming]]:
    """What is to become one document each. Files that did not come in whole are refused, and where all are
    to be one document the others with them."""
    whole: list[Incoming] = []
    for file in files:
        try:
            whole.append(incoming(file))
        except OcrsiteError as error:
            outcome.refusals.append(_refusal(error))
    if not is_one:
        return grouped(whole)
    return [] if outcome.refusals else [whole]


def _receive_document(files: Sequence[Incoming], receive: "partial[Document]", outcome: Outcome) -> None:
    """Keep ``files`` as one document, or note why not."""
    try:
        document = receive(files=files)
    except OcrsiteError as error:
        outcome.refusals.append(_refusal(error, files[0].name if len(files) == 1 else ""))
    else:
        outcome.documents.append(document)
        outcome.files[document.pk] = [file.name for file in files]


def _refusal(error: OcrsiteError, name: str = "") -> Refusal:
    """``name`` is that of the file, where the error does not tell it."""
    command = str(error.params.get("command", ""))
    return Refusal(error.file or name, error.code, explain_error(error), command, error.retryable)


def _form_refusals(form: UploadForm) -> Iterator[Refusal]:
    for errors in form.errors.as_data().values():
        for error in errors:
            command = str((error.params or {}).get("command", ""))
            yield from (Refusal("", error.code or "input", message, command) for message in error.messages)


def _as_json(outcome: Outcome) -> HttpResponse:
    documents = [
        {
            "id": str(document.pk),
            "title": document.title,
            "url": reverse("document", args=[document.pk]),
            "files": outcome.files[document.pk],
            "locked": document.is_locked,
            "duplicate": _duplicate(outcome.twins.get(document.pk)),
            "in_trash": _in_trash(outcome.trashed.get(document.pk)),
        }
        for document in outcome.documents
    ]
    errors = [asdict(refusal) for refusal in outcome.refusals]
    return JsonResponse({"documents": documents, "errors": errors}, status=outcome.status)


def _duplicate(twin: Likeness | None) -> dict[str, str | bool] | None:
    """What a script needs to offer the choice."""
    if twin is None:
        return None
    return {
        "title": twin.other.title,
        "date": _day(twin.other.created_at),
        "url": reverse("document", args=[twin.other_id]),
        "choice_url": reverse("duplicate", args=[twin.document_id, twin.pk]),
        "may_be_version": twin.may_be_version,
        "keep": keep(twin.keeps),
        "more": _more(twin.more),
        "more_url": reverse("duplicates"),
    }


def _more(count: int) -> str:
    template = ngettext("%(number)s more copy", "%(number)s more copies", count)
    return template % {"number": figure(count)} if count else ""


def _in_trash(copy: Document | None) -> dict[str, str] | None:
    """What a script needs to offer to take it out."""
    if copy is None:
        return None
    return {
        "title": copy.title,
        "date": _day(copy.trashed_at) if copy.trashed_at else "",
        "restore_url": reverse("document_restore", args=[copy.pk]),
    }


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


def _as_page(request: SignedInRequest, outcome: Outcome, form: UploadForm) -> HttpResponse:
    if outcome.refusals:
        return _form(request, outcome, form)
    if len(outcome.documents) == 1:
        return redirect("document", outcome.documents[0].pk)
    if outcome.twins or outcome.trashed:
        return _form(request, outcome, form)
    count = len(outcome.documents)
    text = ngettext(
        "%(number)s document was received: %(titles)s",
        "%(number)s documents were received: %(titles)s",
        count,
    )
    titles = ", ".join(document.title for document in outcome.documents)
    messages.success(request, text % {"number": figure(count), "titles": titles})
    return redirect("archive")


def _form(request: SignedInRequest, outcome: Outcome, form: UploadForm) -> HttpResponse:
    """The form, with what came of the request before. It never answers 201 or 207, which are for scripts."""
    context = {
        "outcome": outcome,
        "received": [
            (document, outcome.twins.get(document.pk), outcome.trashed.get(document.pk))
            for document in outcome.documents
        ],
        "chooser": chooser(_languages_at_first(request), is_preset=request.method != "POST"),
        "form": form,
        "places": places(request),
        "title": request.POST.get("title", ""),
        "combine": "combine" in request.POST,
        "max_bytes": settings.OCRSITE_MAX_UPLOAD_MB * 1_000_000,
        "max_mb": figure(settings.OCRSITE_MAX_UPLOAD_MB),
        "text_mb": figure(LARGEST_MB),
        "too_large": explain_error(FileTooLarge(limit_mb=settings.OCRSITE_MAX_UPLOAD_MB)),
    }
    template = "documents/_upload_form.html" if request.htmx else "documents/upload.html"
    return render(request, template, context, status=200 if outcome.status < 400 else outcome.status)


def _languages_at_first(request: SignedInRequest) -> Sequence[str]:
    """What was just sent, else what the person chose last, else the site's default."""
    if request.method == "POST":
        return request.POST.getlist("languages")
    return request.user.reading_languages or settings.OCRSITE_DEFAULT_LANGUAGES
