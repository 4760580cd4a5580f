"""``/documents/<id>/pages/<n>/history/``: the texts that a page had, what changed in each; restoring one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from documents import selectors
from documents.models import Transcription
from documents.ocr.correcting.comparing import Comparison, compare
from documents.ocr.correcting.differences import Row, changed_lines
from documents.selectors.comparing import whole_copies
from documents.selectors.correcting import Version, history
from documents.services import correct
from documents.views.access import SignedInRequest, changes_document, editable_page, readable_page
from documents.views.numbers import key
from documents.views.texts import address_of, of_text, readable_text, refusals_of_changes
from documents.words.versions import kind_of

_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Changed:
    """What a text changed in the one before it: the lines, in groups that stand apart."""

    comparison: Comparison
    groups: list[list[Row]]


@dataclass(frozen=True, slots=True)
class Told:
    """A version as it is shown; ``before`` is None for the first text, ``changed`` unless it is looked at.

    ``may_undo``: it is a part of what the reader corrected everywhere, and is still shown.
    """

    version: Version
    kind: str
    before: Transcription | None
    changed: Changed | None
    may_undo: bool

    @property
    def text(self) -> Transcription:
        return self.version.text


@require_safe
@of_text
def versions(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """Newest first; ``?text=`` is the one to look into, ``?before=`` goes further back, and ``?each=1`` tells
    each change of those that were made in a row."""
    page = readable_page(request.user, document_id, number)
    before = key(request.GET, "before")
    is_each = request.GET.get("each") == "1"
    found = _from(history(page, is_each=is_each), before)
    shown = found[:_AT_ONCE]
    context = {
        "document": page.document,
        "page": page,
        "versions": _told(request.user, found, shown, key(request.GET, "text")),
        "before": before,
        "is_each": is_each,
        "has_bursts": any(version.changes > 1 for version in shown),
        "older": shown[-1].text.pk if len(found) > _AT_ONCE else None,
        "may_edit": selectors.may_edit(request.user, page.document),
    }
    return render(request, "documents/versions.html", context)


@changes_document
@of_text
def restore(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """Show ``text`` again; ``current`` is the one that the person saw."""
    page = editable_page(request.user, document_id, number)
    earlier = readable_text(page, key(request.POST, "text"))
    current_id = key(request.POST, "current") or 0
    with refusals_of_changes(request):
        correct.restore(user=request.user, page=page, current_id=current_id, earlier=earlier)
        messages.success(request, _("The page shows this text again. What stood there before is kept, too."))
    return redirect(address_of(page, "page_history"))


def _from(found: list[Version], before: int | None) -> list[Version]:
    """Those that come after the version ``before`` in the list, or all for None."""
    return [version for version in found if before is None or version.text.pk < before]


def _told(user: User, found: Sequence[Version], shown: Sequence[Version], wanted: int | None) -> list[Told]:
    """``shown``, the first ones of ``found``; the ``wanted`` one, else the first, with what it changed."""
    copies = whole_copies(version.text for version in shown)
    looked_at = wanted or (shown[0].text.pk if shown else None)
    older = [later.text for _version, later in pairwise(found)] + [None]
    return [
        _one(user, version, version.before or before, looked_at, is_whole_copy=version.text.pk in copies)
        for version, before in zip(shown, older, strict=False)
    ]


def _one(
    user: User, version: Version, before: Transcription | None, looked_at: int | None, *, is_whole_copy: bool
) -> Told:
    text = version.text
    changed = _changed(before, text) if before and text.pk == looked_at else None
    may_undo = version.is_current and text.together is not None and text.author_id == user.pk
    return Told(version, kind_of(version, is_whole_copy=is_whole_copy), before, changed, may_undo)


def _changed(before: Transcription, text: Transcription) -> Changed:
    page, other = before.page_text, text.page_text
    comparison = compare(page, other)
    return Changed(comparison, changed_lines(page, other, comparison))
