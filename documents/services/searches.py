"""Questions that a person keeps."""

from django.db import IntegrityError, transaction

from accounts.models import User
from documents.errors import NothingToLookFor, SearchNameTaken
from documents.models import SavedSearch
from documents.search.query.parse import LONGEST, parse
from documents.services import names

LONGEST_NAME = 100


def save_search(*, user: User, name: str, query: str, sort: str, is_forgiving: bool = True) -> SavedSearch:
    """Keep ``query`` as ``name``, or as it reads; the same one again gets another order, and forgives
    misreadings or not.

    Raises NameEmpty, NameTooLong, NothingToLookFor, and SearchNameTaken where another query has the name.
    """
    kept = _question(query)
    how = {"sort": sort, "is_forgiving": is_forgiving}
    search, is_new = SavedSearch.objects.get_or_create(
        user=user,
        name=names.name(name or kept[:LONGEST_NAME], longest=LONGEST_NAME),
        defaults={"query": kept, **how},
    )
    if search.query != kept:
        raise SearchNameTaken(name=search.name)
    if not is_new:
        search.sort, search.is_forgiving = sort, is_forgiving
        search.save(update_fields=how)
    return search


def change_search(
    *,
    search: SavedSearch,
    name: str | None = None,
    query: str | None = None,
    sort: str | None = None,
    is_forgiving: bool | None = None,
) -> None:
    """Change all that is given, or nothing.

    Raises NameEmpty, NameTooLong, NothingToLookFor, SearchNameTaken.
    """
    if name is not None:
        search.name = names.name(name, longest=LONGEST_NAME)
    if query is not None:
        search.query = _question(query)
    if sort is not None:
        search.sort = sort
    if is_forgiving is not None:
        search.is_forgiving = is_forgiving
    try:
        with transaction.atomic():
            search.save(update_fields=["name", "query", "sort", "is_forgiving"])
    except IntegrityError as error:
        raise SearchNameTaken(name=search.name) from error


def delete_search(*, search: SavedSearch) -> None:
    search.delete()


def _question(query: str) -> str:
    """As it is stored. Raises NothingToLookFor."""
    line = names.one_line(query)[:LONGEST]
    if parse(line).tree is None:
        raise NothingToLookFor
    return line
