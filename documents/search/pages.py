"""A question asked of one document: which of its pages have hits, and how many each."""

from collections.abc import Iterable, Sequence

from accounts.models import User
from documents.models import Document, Transcription
from documents.search.hits import lookup_of, marks_in
from documents.search.index.candidates import EVERYWHERE, Bounds
from documents.search.index.ranking import Candidate
from documents.search.question import Question
from documents.search.results import PageHits
from documents.search.text.analysis import may_be_cut
from documents.search.text.counts import count, needs_text
from documents.search.text.lookup import Lookup


def pages_with_hits(
    user: User, document: Document, text: str, *, is_forgiving: bool = True, bounds: Bounds = EVERYWHERE
) -> tuple[PageHits, ...]:
    """The pages of ``document``, which ``user`` may see, that ``text`` finds, and how often each.

    All of them within ``bounds``, however long the document is, and exactly as many hits as are marked on
    each.
    """
    question = Question.of(user, text, is_forgiving=is_forgiving, within=document)
    if question.is_empty or not question.is_about_words:
        return ()
    fetched = question.newest(max(document.page_count, 1), bounds=bounds, is_hurried=False)
    pages = sorted((ranked.page for ranked in question.rank(fetched.pages)), key=lambda page: page.number)
    counted = zip(pages, _counts(question, pages), strict=True)
    return tuple(PageHits(page.number, number) for page, number in counted if number)


def _counts(question: Question, pages: Sequence[Candidate]) -> list[int]:
    """Told from the index where it knows, and else from the text; 0 where that was deleted meanwhile."""
    lookup = lookup_of(question)
    unsure = {page.transcription_id for page in pages if _is_unsure(question, lookup, page)}
    readings = Transcription.objects.only("text", "languages").in_bulk(unsure)
    languages = _languages(page.transcription_id for page in pages)
    return [
        _count(question, lookup, page, readings.get(page.transcription_id))
        if page.transcription_id in unsure
        else count(lookup, page.body, languages.get(page.transcription_id, ()))
        for page in pages
    ]


def _languages(readings: Iterable[int | None]) -> dict[int | None, list[str]]:
    """In which each of ``readings`` was read."""
    known = Transcription.objects.filter(pk__in=[pk for pk in readings if pk])
    return dict(known.values_list("pk", "languages"))


def _is_unsure(question: Question, lookup: Lookup, page: Candidate) -> bool:
    if page.transcription_id is None:  # not read yet, and found by its title
        return False
    if may_be_cut(page.body):
        return True
    return question.is_forgiving and (may_be_cut(page.loose) or needs_text(lookup, page.loose))


def _count(question: Question, lookup: Lookup, page: Candidate, reading: Transcription | None) -> int:
    if reading is None:
        return 0
    is_told_by_text = may_be_cut(page.body) or any(lookup.among_doubtful(reading.text))
    if is_told_by_text:
        return len(marks_in(question, reading))
    return count(lookup, page.body, reading.languages)
