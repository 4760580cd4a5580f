"""Questions that a person keeps."""

from django.db import IntegrityError, transaction

from accounts.models import User
from documents.errors import NothingToLookFor, SearchNameTaken
from documents.models import SavedSearch
from documents.search.query.parse import parse
from documents.services import names

_LONGEST = 100


def save_search(*, user: User, name: str, query: str, sort: str, is_forgiving: bool = True) -> SavedSearch:
    """Keep ``query`` as ``name``; the same one again gets another order, and forgives misreadings or not.

    Raises NameEmpty, NameTooLong, NothingToLookFor, and SearchNameTaken where another query has the name.
    """
    if parse(query).tree is None:
        raise NothingToLookFor
    how = {"sort": sort, "is_forgiving": is_forgiving}
    search, is_new = SavedSearch.objects.get_or_create(
        user=user, name=names.name(name, longest=_LONGEST), defaults={"query": query, **how}
    )
    if search.query != query:
        raise SearchNameTaken(name=search.name)
    if not is_new:
        search.sort, search.is_forgiving = sort, is_forgiving
        search.save(update_fields=how)
    return search


def rename_search(*, search: SavedSearch, name: str) -> None:
    """Raises NameEmpty, NameTooLong, SearchNameTaken."""
    search.name = names.name(name, longest=_LONGEST)
    try:
        with transaction.atomic():
            search.save(update_fields=["name"])
    except IntegrityError as error:
        raise SearchNameTaken(name=search.name) from error


def delete_search(*, search: SavedSearch) -> None:
    search.delete()
