"""The words of a page and where they stand, as the script on the page of a document has them."""

import re
from collections.abc import Iterable, Iterator
from uuid import UUID
from zlib import crc32

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from pydantic_core import to_json

from documents import selectors
from documents.models import Transcription
from documents.ocr.correcting.doubts import KnownTerms
from documents.ocr.elements import Line, PageText, Word, separator
from documents.selectors.correcting import is_step, known_words
from documents.views.access import SignedInRequest, or_404

_SPACE, _KNOWN = 1, 2  # what is said of a word, added up
# A text never changes, but another one may take its place, and the person's list of words may grow.
_ASK_AGAIN = "private, no-cache"
_KEY = re.compile(r"[0-9]{1,18}")  # of a row, in any database


@require_safe
def words(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """The current text of a page as JSON (docs/viewer.md), or 304 to who has it. 404 where there is none.

    With ``?since=``, the key of a text, it says whether the current one is what this person made of that.
    """
    reading = or_404(selectors.shown_text_for, request.user, document_id, number)
    if reading is None:
        raise Http404
    known = known_words(request.user)
    etag = quote_etag(f"{reading.pk}-{crc32(chr(10).join(known).encode()):x}")
    answer = get_conditional_response(request, etag=etag)
    answer = answer or words_answer(words_of(reading, known) | _whose(request, reading))
    answer.headers["ETag"], answer.headers["Cache-Control"] = etag, _ASK_AGAIN
    return answer


def _whose(request: SignedInRequest, reading: Transcription) -> dict[str, object]:
    since = request.GET.get("since", "")
    if not _KEY.fullmatch(since):
        return {}
    return {"is_own": is_step(request.user, reading.page, int(since), reading.pk)}


def words_answer(told: dict[str, object]) -> HttpResponse:
    """As JSON: for thousands of words, Python's own encoder takes four times as long."""
    return HttpResponse(to_json(told), content_type="application/json")


def words_of(reading: Transcription, known: Iterable[str]) -> dict[str, object]:
    """The words of a text as scripts have them (docs/viewer.md); ``known`` is their reader's list."""
    page, tables = reading.text_with_tables
    return {"base": reading.pk, **words_on(page, known), "tables": [table.plain for table in tables]}


def words_on(page: PageText, known: Iterable[str]) -> dict[str, object]:
    """The same for words that no text has yet."""
    terms = KnownTerms(known)
    return {
        "width": page.width,
        "height": page.height,
        "blocks": [[*block.box, len(block.lines)] for block in page.blocks],
        "lines": [_line(line, terms) for line in page.lines],
    }


def _line(line: Line, known: KnownTerms) -> list[object]:
    """Its box, then its words."""
    return [*line.box, [*_words(line, known)]]


def _words(line: Line, known: KnownTerms) -> Iterator[list[object]]:
    before: Word | None = None
    for word, is_known in zip(line.words, known.among(line.words), strict=True):
        flags = _SPACE * bool(separator(before, word)) + _KNOWN * is_known
        yield [word.text, round(word.confidence), *word.box, flags]
        before = word
