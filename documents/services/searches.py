"""Questions that a person keeps."""

from django.db import IntegrityError, transaction

from accounts.models import User
from documents.errors import SearchNameTaken
from documents.models import SavedSearch
from documents.services import names

_LONGEST = 100


def save_search(*, user: User, name: str, query: str, sort: str) -> SavedSearch:
    """Keep ``query`` as ``name``; the same one again gets another order.

    Raises NameEmpty, NameTooLong, and SearchNameTaken where another query has the name.
    """
    search, _created = SavedSearch.objects.get_or_create(
        user=user, name=names.name(name, longest=_LONGEST), defaults={"query": query, "sort": sort}
    )
    if search.query != query:
        raise SearchNameTaken(name=search.name)
    if search.sort != sort:
        search.sort = sort
        search.save(update_fields=["sort"])
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
