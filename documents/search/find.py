"""Search as pages and the API ask for it. Who asks comes first, and finds only what is theirs to see."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from accounts.models import User
from documents.models import Document
from documents.search import screens, titles
from documents.search.ages import by_age
from documents.search.facets import facets_of
from documents.search.hits import found_documents
from documents.search.index.candidates import Fetched
from documents.search.locked import locked_documents
from documents.search.pages import pages_with_hits
from documents.search.query.parse import without_exclusions
from documents.search.query.tree import asked_filters
from documents.search.question import Question
from documents.search.results import Found, Results, Unexcluded
from documents.search.screens import RANKED, Place
from documents.search.similar import more_like
from documents.search.spelling import better_question
from documents.search.suggestions import suggest
from documents.selectors import listing
from documents.selectors.facts import Chip, first_found

__all__ = ["find", "more_like", "pages_with_hits", "suggest"]

_ENOUGH = 20  # pages that are looked at to tell whether forgiving finds any
_LITTLE = 2  # documents: if a question finds no more, perhaps another one is meant


def find(
    user: User,
    text: str,
    *,
    sort: str = "relevance",
    is_forgiving: bool = True,
    cursor: str = "",
    size: int | None = None,
) -> Results:
    """One screen of what ``text`` finds. ``sort`` is relevance, newest, oldest or title.

    It has ``size`` documents, or so many as the site's own. An unknown sort means relevance, a bad cursor the
    first screen. Without words, documents are listed and relevance means newest. No ``text`` is an error.
    """
    question = Question.of(user, text, is_forgiving=is_forgiving)
    if question.is_empty:
        return Results(question.query, left_out=question.query.left_out)
    if not question.is_about_words:
        return _by_filters(question, sort, cursor, size or listing.PER_SCREEN)
    results = _by_words(question, sort, cursor, size or screens.SIZE)
    is_little = results.documents <= _LITTLE and not any(found.hits for found in results.found)
    if not is_little or results.is_over_time:
        return results
    unexcluded = None if results.found else _unexcluded(question, text)
    better = "" if unexcluded else better_question(question, text)
    has_misread = not results.found and _has_misread(question)
    return replace(results, did_you_mean=better, unexcluded=unexcluded, has_misread=has_misread)


def _has_misread(question: Question) -> bool:
    """Whether ``question``, which forgives no misreadings and finds nothing, would find pages if it did."""
    if question.is_forgiving:
        return False
    forgiving = replace(question, is_forgiving=True)
    return bool(forgiving.rank(forgiving.newest(_ENOUGH).pages))


def _unexcluded(question: Question, text: str) -> Unexcluded | None:
    """What ``text``, which finds nothing, would find without what is not wanted; None for nothing."""
    wider = without_exclusions(text)
    asked = Question.of(question.user, wider, is_forgiving=question.is_forgiving)
    if asked.query == question.query or not asked.is_about_words:
        return None
    fetched = asked.best(RANKED + 1)
    pages = asked.rank(fetched.pages)[:RANKED]
    are_all = fetched.is_whole and len(fetched.pages) <= RANKED
    return Unexcluded(wider, len(pages), are_all) if pages else None


def _by_filters(question: Question, sort: str, cursor: str, size: int) -> Results:
    found = question.documents
    ids = list(found.order_by().values_list("pk", flat=True)[: listing.COUNTED + 1])
    screen = listing.screen(
        found.select_related("collection"),
        total=len(ids),
        sort=sort,
        cursor=cursor,
        collections=question.collections,
        size=size,
    )
    return Results(
        query=question.query,
        found=_with_chips(question, screen.documents),
        pages_are_exact=screen.total_is_exact,
        documents=screen.total,
        facets=facets_of(ids[: listing.COUNTED]),
        left_out=question.query.left_out,
        next_cursor=screen.next_cursor,
        previous_cursor=screen.previous_cursor,
    )


def _with_chips(question: Question, documents: Sequence[Document]) -> tuple[Found, ...]:
    """A query for each different filter about what is found in texts; most questions have one, or none."""
    ids = [document.pk for document in documents]
    chips: dict[UUID, list[Chip]] = {key: [] for key in ids}
    for asked in dict.fromkeys(asked_filters(question.query.tree)):
        for key, chip in first_found(asked, ids).items():
            chips[key].append(chip)
    return tuple(Found(document, chips=tuple(dict.fromkeys(chips[document.pk]))) for document in documents)


def _best(question: Question, place: Place) -> Fetched:
    """What the screen at ``place`` is a part of."""
    if place.pages is None:
        return question.best(RANKED + 1)
    found = question.best(place.pages, newest=place.newest)
    return Fetched(found.pages, is_whole=found.is_whole and place.are_all)


def _found_first(place: Place, fetched: Fetched) -> Place:
    """For the screens that follow the first one, what it found."""
    if place.pages is not None or not fetched.pages:
        return place
    newest = max(page.page_id for page in fetched.pages)
    return replace(place, pages=len(fetched.pages), newest=newest, are_all=fetched.is_whole)


def _by_words(question: Question, sort: str, cursor: str, size: int) -> Results:
    is_by_age = sort in ("newest", "oldest")
    place = Place.read(f"{sort}.{question.is_forgiving}.{question.query.tree}", cursor)
    fetched = question.newest(RANKED + 1) if is_by_age else _best(question, place)
    ranked = question.rank(fetched.pages)
    has_more = len(fetched.pages) > RANKED
    groups = screens.grouped(ranked[:RANKED])
    if is_by_age:
        screen = by_age(question, ranked[:RANKED], cursor, is_oldest_first=sort == "oldest", size=size)
    elif sort == "title" and (has_more or not fetched.is_whole or titles.goes_on(cursor)):
        screen = titles.by_title(question, cursor, size)
    else:
        place = _found_first(place, fetched)
        ordered = screens.by_title if sort == "title" else screens.by_relevance
        screen = ordered(groups, place, size)
    locked = locked_documents(question)
    is_first = not screen.previous_cursor
    return Results(
        query=question.query,
        found=(
            *(Found(document) for document in listing.cards(question.visible, locked if is_first else [])),
            *found_documents(question, screen.groups),
        ),
        pages=min(len(ranked), RANKED),
        pages_are_exact=fetched.is_whole and not has_more,
        documents=len(groups) + len(locked),
        facets=facets_of([*locked, *(group.key for group in groups)]),
        left_out=question.query.left_out,
        is_over_time=not (fetched.is_whole and screen.is_whole),
        has_more_than_ranked=has_more and not is_by_age and sort != "title",
        next_cursor=screen.next_cursor,
        previous_cursor=screen.previous_cursor,
    )
