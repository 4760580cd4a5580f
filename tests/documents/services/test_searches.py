"""Questions that a person keeps."""

import pytest

from accounts.models import User
from documents.errors import NameEmpty, NameTooLong, NothingToLookFor, SearchNameTaken
from documents.models import SavedSearch
from documents.services.searches import change_search, delete_search, save_search


def test_a_question_is_kept_under_a_name(owner: User) -> None:
    search = save_search(user=owner, name=" Open  invoices ", query="invoice -paid", sort="newest")
    assert (search.name, search.query, search.sort) == ("Open invoices", "invoice -paid", "newest")


def test_a_name_keeps_its_question_and_may_get_another_order(owner: User, editor: User) -> None:
    save_search(user=owner, name="Rent", query="rent", sort="")
    save_search(user=editor, name="Rent", query="theirs", sort="")
    with pytest.raises(SearchNameTaken):
        save_search(user=owner, name="Rent", query="rent 2024", sort="")
    save_search(user=owner, name="Rent", query="rent", sort="newest")
    assert list(owner.saved_searches.values_list("query", "sort")) == [("rent", "newest")]
    assert list(editor.saved_searches.values_list("query", flat=True)) == ["theirs"]


@pytest.mark.parametrize(("name", "error"), [(" \u200b ", NameEmpty), ("x" * 101, NameTooLong)])
def test_a_name_that_does_not_do_is_refused(owner: User, name: str, error: type[Exception]) -> None:
    search = save_search(user=owner, name="Rent", query="rent", sort="")
    with pytest.raises(error):
        save_search(user=owner, name=name, query="rent", sort="")
    with pytest.raises(error):
        change_search(search=search, name=name)


@pytest.mark.parametrize("query", ["-", "", '"', "before:2024-02-30"])
def test_what_looks_for_nothing_is_not_kept(owner: User, query: str) -> None:
    with pytest.raises(NothingToLookFor):
        save_search(user=owner, name="Rent", query=query, sort="")
    assert not owner.saved_searches.exists()


def test_a_name_is_not_given_twice(owner: User) -> None:
    save_search(user=owner, name="Rent", query="rent", sort="")
    other = save_search(user=owner, name="Tax", query="tax", sort="")
    with pytest.raises(SearchNameTaken):
        change_search(search=other, name="Rent")
    change_search(search=other, name="Taxes")
    assert set(owner.saved_searches.values_list("name", "query")) == {("Rent", "rent"), ("Taxes", "tax")}


def test_what_is_no_longer_wanted_is_deleted(owner: User) -> None:
    delete_search(search=save_search(user=owner, name="Rent", query="rent", sort=""))
    assert not SavedSearch.objects.exists()


def test_without_a_name_it_is_called_as_it_reads(owner: User) -> None:
    search = save_search(user=owner, name="", query=" invoice\n -paid ", sort="")
    assert (search.name, search.query) == ("invoice -paid", "invoice -paid")


def test_all_that_is_given_is_changed_or_nothing(owner: User) -> None:
    search = save_search(user=owner, name="Rent", query="rent", sort="")
    change_search(search=search, query="rent 2024", sort="title", is_forgiving=False)
    search.refresh_from_db()
    assert (search.name, search.query, search.sort, search.is_forgiving) == (
        "Rent",
        "rent 2024",
        "title",
        False,
    )
    with pytest.raises(NothingToLookFor):
        change_search(search=search, name="Other", query="-")
    search.refresh_from_db()
    assert (search.name, search.query) == ("Rent", "rent 2024")
