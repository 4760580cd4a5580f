"""The documents of a screen, with the parts of their best pages that show why they were found."""

from collections.abc import Sequence

from documents.models import Transcription
from documents.ocr.elements import PageText
from documents.search.index.ranking import Candidate
from documents.search.query.tree import wanted
from documents.search.question import Question
from documents.search.results import Found, PageHit
from documents.search.screens import Group
from documents.search.text.lookup import Lookup
from documents.search.text.marks import Mark, marks
from documents.search.text.places import Hit, hits_on
from documents.search.text.snippets import snippet
from documents.selectors import listing

# Pages that are shown of each of the first documents; of the others, the best one: to mark the words of a
# page takes longer than to find it.
_BEST, _FIRST = 3, 5


def found_documents(question: Question, groups: Sequence[Group]) -> tuple[Found, ...]:
    """Where no words are wanted, the documents are shown without pages."""
    documents = {
        one.pk: one for one in listing.cards(question.visible, [group.document_id for group in groups])
    }
    there = [group for group in groups if group.document_id in documents]
    if not any(wanted(question.query.tree)):
        return tuple(Found(documents[group.document_id]) for group in there)
    shown = [
        [page.page for page in group.pages[: _BEST if at < _FIRST else 1]] for at, group in enumerate(there)
    ]
    readings = Transcription.objects.only("text", "languages").in_bulk(
        [page.transcription_id for pages in shown for page in pages]
    )
    return tuple(
        Found(
            documents[group.document_id],
            tuple(_page_hit(question, page, readings.get(page.transcription_id)) for page in pages),
            more_pages=len(group.pages) - len(pages),
        )
        for group, pages in zip(there, shown, strict=True)
    )


def _page_hit(question: Question, page: Candidate, reading: Transcription | None) -> PageHit:
    """``reading`` is None for a page that was not read yet: it was found by its title."""
    text = reading.text if reading else ""
    shown = snippet(text, marks_in(question, reading) if reading else ())
    within = tuple(part.mark for part in shown.parts if part.mark)
    misread = dict.fromkeys(
        (mark.asked, text[mark.start : mark.end]) for mark in within if mark.how == "misread"
    )
    return PageHit(page.number, reading.pk if reading else None, shown, within, tuple(misread))


def marks_in(question: Question, reading: Transcription) -> tuple[Mark, ...]:
    """What of ``reading`` answers ``question``: in no other way than the index has its page."""
    return marks(lookup_of(question), reading.text, reading.languages)


def hits_in(question: Question, reading: Transcription, text: PageText) -> tuple[Hit, ...]:
    """The same with their places on the image; ``text`` is that of ``reading``, unpacked."""
    return hits_on(text, marks_in(question, reading))


def lookup_of(question: Question) -> Lookup:
    return Lookup.of(question.query.tree, question.languages, is_forgiving=question.is_forgiving)
