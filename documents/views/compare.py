"""``/documents/<id>/pages/<n>/compare/``: two texts of a page word by word, to take from one to the other.

So a person also decides about a new reading that waits beside a text they corrected.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from documents import selectors
from documents.errors import OcrsiteError, PageChanged
from documents.models import Page, Transcription
from documents.ocr.correcting.comparing import Comparison
from documents.ocr.correcting.comparing import compare as compare_texts
from documents.selectors.correcting import Version, history, pages_with_proposals
from documents.services import correct
from documents.views.access import SignedInRequest, editable_page, readable_page
from documents.views.differences import Difference, differences, still_ticked
from documents.views.numbers import key, keys, whole
from documents.views.texts import address_of, of_text, readable_text
from documents.words import explain_error, figure
from documents.words.versions import who_changed

_AT_ONCE = 50
_MOST_OFFERED = 100  # texts to choose from


@dataclass(frozen=True, slots=True)
class Screen:
    """Some of the differences of two texts; ``before`` and ``after`` are where other screens begin."""

    comparison: Comparison
    shown: list[Difference]
    first: int
    before: int | None
    after: int | None

    @property
    def is_part(self) -> bool:
        return self.before is not None or self.after is not None


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def compare(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """``?a=`` and ``?b=`` are texts of the page, ``?from=`` the first difference to show.

    Takes ``take``: ``all`` of ``other``, ``ticked`` of it (``choice``, several) or ``none``, into the text
    ``current`` that the person saw.
    """
    if request.method == "POST":
        return _take(request, editable_page(request.user, document_id, number))
    page = readable_page(request.user, document_id, number)
    found = history(page)
    return _show(request, page, found, _sides(request.GET, page, found), whole(request.GET, "from", 0))


def _sides(
    query: QueryDict, page: Page, found: Sequence[Version]
) -> tuple[Transcription | None, Transcription | None]:
    """The two texts, the one that the page shows first; without addresses, what there is to decide about."""
    one, other = (_asked(query, page, name) for name in "ab")
    if other is not None and other.pk == page.current_id:
        one, other = other, one
    one = one or page.current
    return one, other or _other_than(one, page, found)


def _asked(query: QueryDict, page: Page, name: str) -> Transcription | None:
    return readable_text(page, key(query, name)) if query.get(name) else None


def _other_than(one: Transcription | None, page: Page, found: Sequence[Version]) -> Transcription | None:
    """The reading that waits, else the newest that ``one`` was not made from, else the newest other text."""
    if one is None:
        return None
    texts = [version.text for version in found if version.text.pk != one.pk]
    apart = [text for text in texts if text.run_id and text.pk != one.reading_id]
    waiting = [text for text in texts if text.pk == page.proposal_id]
    return next(iter([*waiting, *apart, *texts]), None)


def _show(
    request: SignedInRequest,
    page: Page,
    found: Sequence[Version],
    sides: tuple[Transcription | None, Transcription | None],
    first: int,
    *,
    ticked: Collection[int] = (),
    refusal: str = "",
) -> HttpResponse:
    one, other = sides
    may_edit = selectors.may_edit(request.user, page.document)
    context = {
        "document": page.document,
        "page": page,
        "one": one,
        "other": other,
        "offered": _offered(found, sides),
        "undone": {version.text.pk for version in found if version.is_undone},
        "screen": _screen(page, one, other, first, ticked) if one and other else None,
        "may_edit": may_edit,
        "may_take": may_edit and one is not None and one.pk == page.current_id,
        "is_waiting": other is not None and other.pk == page.proposal_id,
        "refusal": refusal,
        "ticked": ticked,
    }
    return render(request, "documents/compare.html", context, status=409 if refusal else 200)


def _offered(found: Sequence[Version], chosen: Sequence[Transcription | None]) -> list[Transcription]:
    """The newest texts, and those that were chosen."""
    offered = [version.text for version in found[:_MOST_OFFERED]]
    known = {text.pk for text in offered}
    return offered + [text for text in chosen if text and text.pk not in known]


def _screen(
    page: Page, one: Transcription, other: Transcription, first: int, ticked: Collection[int]
) -> Screen:
    pages = one.page_text, other.page_text
    comparison = compare_texts(*pages)
    count = len(comparison.changes)
    first = first if first < count else 0
    end = min(first + _AT_ONCE, count)
    shown = differences(
        page.document_id, (one, other), pages, comparison, numbers=range(first, end), ticked=ticked
    )
    before = max(first - _AT_ONCE, 0) if first else None
    return Screen(comparison, shown, first, before, end if end < count else None)


def _take(request: SignedInRequest, page: Page) -> HttpResponse:
    seen = readable_text(page, key(request.POST, "current"))
    other = readable_text(page, key(request.POST, "other"))
    choices = _choices(request.POST)
    was_waiting = page.proposal_id == other.pk
    first = {"from": whole(request.POST, "from", 0)}
    again = address_of(page, "page_compare", a=seen.pk, b=other.pk, **first)
    if request.POST["take"] == "ticked" and not choices:
        messages.error(request, _("Nothing is ticked. Tick what you want to take, then try again."))
        return redirect(again)
    try:
        correct.take_over(user=request.user, page=page, current_id=seen.pk, other=other, choices=choices)
    except PageChanged as error:
        return _show_again(request, page, seen, other, choices or (), who_changed(error))
    except OcrsiteError as error:
        messages.error(request, explain_error(error))
        return redirect(again)
    messages.success(request, _taken(choices))
    if choices and request.POST.get("more"):
        return redirect(address_of(page, "page_compare", b=other.pk))
    return redirect(_onward(page) if was_waiting else address_of(page))


def _choices(sent: QueryDict) -> list[int] | None:
    """Numbers of changes; None means all of them."""
    match sent.get("take"):
        case "all":
            return None
        case "none":
            return []
        case "ticked":
            return keys(sent, "choice")
        case _:
            raise Http404


def _taken(choices: Collection[int] | None) -> str:
    if choices is None:
        return _("The page now shows this text.")
    if not choices:
        return _("The text stays as it was.")
    text = ngettext(
        "%(number)s difference was taken over.", "%(number)s differences were taken over.", len(choices)
    )
    return text % {"number": figure(len(choices))}


def _show_again(
    request: SignedInRequest,
    page: Page,
    seen: Transcription,
    other: Transcription,
    choices: Collection[int],
    refusal: str,
) -> HttpResponse:
    """What is to be chosen from now, with what was ticked and is still there."""
    page = readable_page(request.user, page.document_id, page.number)
    one = readable_text(page, page.current_id)
    words = other.page_text
    ticked = still_ticked(compare_texts(seen.page_text, words), compare_texts(one.page_text, words), choices)
    first = min(ticked, default=0) // _AT_ONCE * _AT_ONCE
    return _show(request, page, history(page), (one, other), first, ticked=ticked, refusal=refusal)


def _onward(page: Page) -> str:
    """To the next page of which a reading waits, round the end of the document; without one, to this page."""
    waiting = pages_with_proposals(page.document)
    behind = [number for number in waiting if number > page.number] or waiting
    if not behind:
        return address_of(page)
    return address_of(page.document.pages.get(number=behind[0]), "page_compare")
