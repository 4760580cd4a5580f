"""What scripts send to have a part of a page read again, as JSON (docs/cleaning.md).

What is refused is answered as `documents.views.correcting` does.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from documents.errors import OcrsiteError, PageChanged, RequestUnclear
from documents.models import Page, Trial
from documents.ocr.elements import Box
from documents.ocr.options import BY_ITSELF, Layout
from documents.ocr.packing import unpack
from documents.selectors.correcting import known_words
from documents.selectors.trials import corrections_in, regions_of
from documents.services import trials
from documents.views.access import SignedInRequest, editable_page, or_404
from documents.views.answers import from_storage, picture
from documents.views.correcting import (
    changed_meanwhile,
    refused,
    sent_about_text,
    sent_object,
    state_of,
)
from documents.views.words import words_answer, words_on
from documents.words import explain, figure, language_names

_LAYOUTS = [layout.value for layout in Layout if layout not in BY_ITSELF]


@require_POST
def read(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """``box`` in pixels of the page, ``languages`` (none: those of the page), and ``layout``;
    ``kept`` are the keys of other parts that the person has in hand.

    202, and where to ask for what comes of it.
    """
    page = editable_page(request.user, document_id, number)
    try:
        asked = _asked(sent_object(request))
        trial = trials.read_region(user=request.user, page=page, **asked)
    except OcrsiteError as error:
        return refused(error)
    return JsonResponse(_told(request, page, trial), status=202)


@require_safe
def region(request: SignedInRequest, document_id: UUID, number: int, trial_id: int) -> HttpResponse:
    """How far it is, then what was read; nothing of the page has changed."""
    page, trial = _trial(request, document_id, number, trial_id)
    return words_answer(_told(request, page, trial))


@require_safe
@from_storage
def image(request: SignedInRequest, document_id: UUID, number: int, trial_id: int) -> FileResponse:
    """The part as it was read."""
    return picture(_trial(request, document_id, number, trial_id)[1].picture)


@require_POST
def put(request: SignedInRequest, document_id: UUID, number: int, trial_id: int) -> HttpResponse:
    """What was read takes the place of what stands there; ``base`` is the text that the person saw."""
    page, trial = _trial(request, document_id, number, trial_id)
    try:
        base = sent_about_text(request)["base"]
        trials.put_region(user=request.user, page=page, current_id=base, trial=trial)
    except PageChanged as error:
        return changed_meanwhile(request.user, page, base, error)
    except OcrsiteError as error:
        return refused(error)
    return words_answer(state_of(request.user, page))


def _trial(request: SignedInRequest, document_id: UUID, number: int, trial_id: int) -> tuple[Page, Trial]:
    page = editable_page(request.user, document_id, number)
    return page, or_404(regions_of(request.user, page).get, pk=trial_id)


def _asked(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Raises RequestUnclear."""
    languages, layout, kept = sent.get("languages", []), sent.get("layout", Layout.AUTO), sent.get("kept", [])
    if not _is_list_of(str, languages) or not _is_list_of(int, kept) or layout not in _LAYOUTS:
        raise RequestUnclear
    return {"region": _box(sent.get("box")), "languages": languages, "layout": Layout(layout), "kept": kept}


def _is_list_of(kind: type, sent: Any) -> bool:
    return isinstance(sent, list) and all(type(item) is kind for item in sent)  # true is an int, too


def _box(sent: Any) -> Box:
    """Raises RequestUnclear."""
    if not _is_list_of(int, sent) or len(sent) != len(Box._fields):
        raise RequestUnclear
    return Box(*sent)


def _told(request: SignedInRequest, page: Page, trial: Trial) -> dict[str, object]:
    def address(name: str) -> str:
        return reverse(name, args=[page.document_id, page.number, trial.pk])

    told: dict[str, object] = {"id": trial.pk, "state": trial.state, "url": address("region")}
    if trial.state == Trial.State.FAILED:
        told |= {"code": trial.error_code, "message": explain(trial.error_code, trial.error_params)}
    if trial.packed is not None:
        read = unpack(trial.packed)
        told |= {
            "put": address("region_put"),
            "image": address("region_image"),
            "text": trial.text,
            "confidence": trial.mean_confidence,
            "languages": read.languages,
            "language_names": language_names(read.languages),
            "words": words_on(read, known_words(request.user)),
            "replaced": _replaced(corrections_in(trial)),
        }
    return told


def _replaced(count: int) -> str:
    """Which work of people is lost where the part is put in; empty for none."""
    text = ngettext(
        "Putting it in replaces %(number)s word that somebody corrected.",
        "Putting it in replaces %(number)s words that somebody corrected.",
        count,
    )
    return text % {"number": figure(count)} if count else ""
