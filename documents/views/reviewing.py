"""A page that is proofread: its doubtful words one after the other, as strips of the image.

The script on the page has them all and saves many at once; without it one word is sent after the other.
"""

import re
from contextlib import nullcontext
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.errors import Gone, OcrsiteError, PageChanged
from documents.models import Page
from documents.ocr.correcting.misreadings import core
from documents.ocr.correcting.operations import ReplaceWord
from documents.selectors.review import MOST_COUNTED, Placed, count_to_review, words_of
from documents.services import correct
from documents.services.known_words import add_known_word
from documents.views.access import SignedInRequest, editable_page
from documents.views.numbers import key, whole
from documents.words import explain_error
from documents.words.versions import who_was_quicker

SKIPPED = "review_skipped"  # in the session: pages that are not offered on this visit
_PLACE = re.compile(r"([0-9]{1,6})-([0-9]{1,6})")
_END = "999999-0"  # no page has so many lines


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address says: one ``word`` by its place, or the first doubtful one ``since`` a place; how many
    were ``done``, and the place of the one ``before``."""

    word: tuple[int, int] | None
    since: tuple[int, int]
    done: int
    before: str

    @classmethod
    def by(cls, request: SignedInRequest) -> "_Asked":
        before = request.GET.get("before", "")
        return cls(
            word=_place(request.GET.get("word", "")),
            since=_place(request.GET.get("from", "")) or (0, 0),
            done=whole(request.GET, "done", 0),
            before=before if _place(before) else "",
        )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """Word 5 of line 3 for ``?word=3-5``, else the first doubtful one, from ``?from=3-5`` on if given.

    POST takes ``text`` for the word at ``place`` of the text ``base``; with ``know`` it is on the person's
    list from then on. ``?done=`` and ``?before=`` are how many words were looked at, and the last of them.
    """
    row = editable_page(request.user, document_id, number)
    if request.method == "POST":
        return _take(request, row)
    return _show(request, row)


def _take(request: SignedInRequest, row: Page) -> HttpResponse:
    """Save one word, and on to the next; the script on the page saves many at once."""
    place = _place(request.POST.get("place", ""))
    if place is None:
        raise Http404
    text = request.POST.get("text", "")
    try:
        operations = [ReplaceWord(*place, text)]
        base = key(request.POST, "base") or 0
        know = "know" in request.POST
        # A word that is refused is not saved, nor kept without being saved.
        with transaction.atomic() if know else nullcontext():
            correct.correct(user=request.user, page=row, current_id=base, operations=operations)
            if know:
                add_known_word(user=request.user, word=text)
    except Gone as error:
        raise Http404 from error
    except OcrsiteError as error:
        return _refuse(request, row, place, text, error)
    at = _written(place)
    return redirect(_address(row, since=at, before=at, done=_Asked.by(request).done + 1))


def _refuse(
    request: SignedInRequest, row: Page, place: tuple[int, int], text: str, error: OcrsiteError
) -> HttpResponse:
    """What was typed stands in the field again, or in the message where the word may be another one now."""
    if isinstance(error, PageChanged):
        typed = _("You typed “%(text)s”.") % {"text": text}
        messages.error(request, f"{who_was_quicker(error)} {typed}")
        return redirect(_address(row, since=_written(place), done=_Asked.by(request).done))
    return _show(request, row, refused=(place, text, explain_error(error)))


def _show(
    request: SignedInRequest, row: Page, *, refused: tuple[tuple[int, int], str, str] | None = None
) -> HttpResponse:
    reading = row.current
    if reading is None or not reading.text:
        return redirect("document", row.document_id)
    asked = _Asked.by(request)
    place, typed, error = refused or (asked.word, None, "")
    words = words_of(request.user, reading)
    doubtful = [word for word in words if word.is_doubtful]
    following = [word for word in doubtful if word.place >= (place or asked.since)]
    if shown := next((word for word in words if word.place == place), None):
        following = [shown, *(word for word in following if word is not shown)]
    context = {
        "page": row,
        "word": following[0] if following else None,
        "typed": typed,
        "error": error,
        "doubtful": len(doubtful),
        "end": _END,
        "asked": asked,
        "number": asked.done + 1,
        "total": asked.done + len(following),
        "words": [_described(row, word) for word in following],
        **_addresses(row, asked, following),
        **left(request),
    }
    return render(request, "documents/review_page.html", context, status=422 if refused else 200)


def _addresses(row: Page, asked: _Asked, following: list[Placed]) -> dict[str, str]:
    """Where the links beside a word lead to without the script."""
    if not following:
        return {}
    last = _written(following[0].place)
    since = _written(following[1].place) if len(following) > 1 else _END
    done = max(asked.done - 1, 0)
    return {
        "place": last,
        "strip": _strip(row, following[0]),
        "open": _address(row, since=since, before=last, done=asked.done + 1),
        "back": _address(row, word=asked.before, done=done) if asked.before else "",
    }


def _described(row: Page, word: Placed) -> dict[str, object]:
    """A word as the script on the page has it."""
    return {
        "line": word.line,
        "word": word.at,
        "text": word.word.text,
        "box": word.word.box,
        "core": core(word.word.text),
        "before": word.before,
        "after": word.after,
        "strip": _strip(row, word),
    }


def _strip(row: Page, word: Placed) -> str:
    return reverse("page_cut", args=[row.document_id, row.current_id, f"{word.start}-{word.end}"])


def _address(row: Page, *, since: str = "", word: str = "", before: str = "", done: int) -> str:
    given = {"from": since, "word": word, "before": before, "done": str(done)}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse('review_page', args=[row.document_id, row.number])}?{query}"


def left(request: SignedInRequest) -> dict[str, object]:
    """How many pages there are, and whether there may be more than were counted."""
    count = count_to_review(request.user, without=skipped_pages(request))
    return {"left": count, "is_at_least": count >= MOST_COUNTED}


def skipped_pages(request: SignedInRequest) -> list[int]:
    return list(request.session.get(SKIPPED, ()))


def _place(text: str) -> tuple[int, int] | None:
    """A line of the page and a word of it, as addresses name them: ``3-5``."""
    found = _PLACE.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def _written(place: tuple[int, int]) -> str:
    return f"{place[0]}-{place[1]}"
