"""Questions that a person keeps."""

from django.db import IntegrityError, transaction

from accounts.models import User
from documents.errors import SearchNameTaken
from documents.models import SavedSearch
from documents.services import names

_LONGEST = 100


def save_search(*, user: User, name: str, query: str, sort: str) -> SavedSearch:
    """Keep ``query`` as ``name``, in the place of what was kept under it. Raises NameEmpty, NameTooLong."""
    search, _created = SavedSearch.objects.update_or_create(
        user=user, name=names.name(name, longest=_LONGEST), defaults={"query": query, "sort": sort}
    )
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
