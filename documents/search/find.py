"""Search as pages and the API ask for it. Who asks comes first, and finds only what is theirs to see."""

from dataclasses import replace

from accounts.models import User
from documents.search import screens
from documents.search.ages import by_age
from documents.search.facets import facets_of
from documents.search.hits import found_documents
from documents.search.locked import locked_documents
from documents.search.pages import pages_with_hits
from documents.search.question import Question
from documents.search.results import Found, Results
from documents.search.screens import RANKED
from documents.search.similar import more_like
from documents.search.spelling import better_question
from documents.search.suggestions import suggest
from documents.selectors import listing

__all__ = ["find", "more_like", "pages_with_hits", "suggest"]

_LITTLE = 2  # documents: if a question finds no more, perhaps another one is meant


def find(
    user: User, text: str, *, sort: str = "relevance", is_forgiving: bool = True, cursor: str = ""
) -> Results:
    """One screen of what ``text`` finds. ``sort`` is relevance, newest, oldest or title.

    An unknown sort means relevance, a bad cursor the first screen. Without words, documents are listed and
    relevance means newest. No ``text`` is an error.
    """
    question = Question.of(user, text, is_forgiving=is_forgiving)
    if question.is_empty:
        return Results(question.query, left_out=question.query.left_out)
    if not question.is_about_words:
        return _by_filters(question, sort, cursor)
    results = _by_words(question, sort, cursor)
    is_little = results.documents <= _LITTLE and not any(found.hits for found in results.found)
    if is_little and not results.is_over_time:
        return replace(results, did_you_mean=better_question(question, text))
    return results


def _by_filters(question: Question, sort: str, cursor: str) -> Results:
    found = question.documents
    ids = list(found.order_by().values_list("pk", flat=True)[: listing.COUNTED + 1])
    screen = listing.screen(
        found.select_related("collection"),
        total=len(ids),
        sort=sort,
        cursor=cursor,
        collections=question.collections,
    )
    return Results(
        query=question.query,
        found=tuple(Found(document) for document in screen.documents),
        pages_are_exact=screen.total_is_exact,
        documents=screen.total,
        facets=facets_of(ids[: listing.COUNTED]),
        left_out=question.query.left_out,
        next_cursor=screen.next_cursor,
        previous_cursor=screen.previous_cursor,
    )


def _by_words(question: Question, sort: str, cursor: str) -> Results:
    is_by_age = sort in ("newest", "oldest")
    fetched = question.newest(RANKED + 1) if is_by_age else question.best(RANKED + 1)
    ranked = question.rank(fetched.pages)
    has_more = len(fetched.pages) > RANKED
    groups = screens.grouped(ranked[:RANKED])
    if is_by_age:
        screen = by_age(question, ranked[:RANKED], cursor, is_oldest_first=sort == "oldest")
    else:
        screen = screens.by_title(groups, cursor) if sort == "title" else screens.by_relevance(groups, cursor)
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
        has_more_than_ranked=has_more and not is_by_age,
        next_cursor=screen.next_cursor,
        previous_cursor=screen.previous_cursor,
    )
