"""What is asked, and what is found: on the database that the tests run with."""

from collections.abc import Callable
from itertools import product

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.models import Collection, Document, Note, SearchEntry, State, Tag
from documents.search import ages, screens
from documents.search.find import find, pages_with_hits
from documents.search.results import Results
from documents.selectors.listing import archive_page, trash_page
from documents.services import index
from tests.factories import make_document

Make = Callable[..., Document]


@pytest.fixture
def make(collection: Collection, owner: User) -> Make:
    def made(title: str, *texts: str) -> Document:
        return make_document(collection=collection, user=owner, texts=texts, title=title)

    return made


@pytest.fixture
def archive(make: Make) -> list[Document]:
    """The oldest first."""
    return [
        make("Roman roads", "All roads lead there.", "An aqueduct carries water.", "The forum of Trajan"),
        make("Bills", "The invoice of May", "Invoices and receipts are due", "lnvoice of June"),
        make("Übersicht", "Straße und Café", "請求書 in Tokyo", "Привет мир"),
    ]


def found(results: Results) -> dict[str, list[int]]:
    """Titles, each with the numbers of its pages, in their order."""
    return {one.document.title: [hit.number for hit in one.hits] for one in results.found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("water", {"Roman roads": [2]}),
        ("carries water", {"Roman roads": [2]}),
        ("water carries", {"Roman roads": [2]}),
        ('"carries water"', {"Roman roads": [2]}),
        ('"water carries"', {}),
        ("aque*", {"Roman roads": [2]}),
        ("aque", {}),
        ("a*", {"Roman roads": [2, 1], "Bills": [2]}),
        ("strasse", {"Übersicht": [1]}),
        ("cafe STRASSE", {"Übersicht": [1]}),
        ("請求", {"Übersicht": [2]}),
        ("求書", {"Übersicht": [2]}),
        ("書", {"Übersicht": [2]}),
        ("привет", {"Übersicht": [3]}),
        ("water OR forum", {"Roman roads": [3, 2]}),
        ("(water OR forum) trajan", {"Roman roads": [3]}),
        ("forum -trajan", {}),
        ("of -may -june", {"Roman roads": [3]}),
        ("the -(forum OR trajan)", {"Bills": [1]}),
        ("water OR -the", {"Roman roads": [2, 1], "Bills": [3, 2], "Übersicht": [3, 2, 1]}),
        ("c++", {}),
        ("nothing of that", {}),
    ],
)
def test_words_find_their_pages(
    archive: list[Document], owner: User, text: str, expected: dict[str, list[int]]
) -> None:
    results = find(owner, text)
    assert {title: sorted(pages) for title, pages in found(results).items()} == {
        title: sorted(pages) for title, pages in expected.items()
    }
    assert results.pages == sum(map(len, expected.values()))
    assert results.documents == len(expected)


def test_a_title_finds_the_first_page_and_goes_with_words_of_any_page(
    archive: list[Document], owner: User
) -> None:
    assert found(find(owner, "roman")) == {"Roman roads": [1]}
    assert found(find(owner, "roman forum")) == {"Roman roads": [3]}
    assert found(find(owner, "roman invoice")) == {}


def test_words_as_typed_come_before_other_forms_and_those_before_misread_ones(
    archive: list[Document], owner: User
) -> None:
    [bills] = find(owner, "invoice").found
    assert [hit.number for hit in bills.hits] == [1, 2, 3]
    assert [hit.misread for hit in bills.hits] == [(), (), (("invoice", "lnvoice"),)]


def test_forgiving_can_be_turned_off_and_quotes_mean_what_they_say(
    archive: list[Document], owner: User
) -> None:
    assert found(find(owner, "invoice", is_forgiving=False)) == {"Bills": [1, 2]}
    assert found(find(owner, '"invoice"', is_forgiving=False)) == {"Bills": [1]}


def test_what_is_not_wanted_is_meant_as_typed(archive: list[Document], owner: User) -> None:
    assert found(find(owner, "of -invoice title:bills")) == {"Bills": [3]}


def test_a_snippet_shows_the_marks_of_its_page(archive: list[Document], owner: User) -> None:
    [hit] = find(owner, "carries").found[0].hits
    assert [part.text for part in hit.snippet.parts] == ["An aqueduct ", "carries", " water."]
    assert [(mark.start, mark.end) for mark in hit.marks] == [(12, 19)]
    assert hit.transcription_id == archive[0].pages.get(number=2).current_id


def test_more_often_and_shorter_is_better(make: Make, owner: User) -> None:
    make("Once", f"ocean {'filler ' * 50}")
    make("Often", "ocean ocean ocean")
    make("Title: ocean", "something else")
    make("Short", "ocean view")
    assert list(found(find(owner, "ocean"))) == ["Title: ocean", "Often", "Short", "Once"]


def test_words_side_by_side_are_better_than_words_apart(make: Make, owner: User) -> None:
    make("Together", "the tax return is due today")
    make("Apart", "the return is due and the tax")
    assert list(found(find(owner, "tax return"))) == ["Together", "Apart"]


@pytest.fixture
def described(archive: list[Document], collection: Collection, owner: User) -> list[Document]:
    """Documents with all that filters ask for."""
    roads, bills, overview = archive
    roads.tags.add(Tag.objects.create(collection=collection, name="Tax/2024"))
    Note.objects.create(document=bills, author=owner, text="Look")
    Document.objects.filter(pk=roads.pk).update(dated_on="2024-03-05", languages=["ita"])
    SearchEntry.objects.filter(document=roads).update(confidence=50)
    Document.objects.filter(pk=bills.pk).update(dated_on="2023-01-01", state=State.PARTLY_FAILED)
    Document.objects.filter(pk=overview.pk).update(dated_on="2022-12-31", languages=["deu", "rus"])
    return archive


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tag:tax", ["Roman roads"]),
        ("tag:tax/2024", ["Roman roads"]),
        ("tag:ta", []),
        ("-tag:tax", ["Bills", "Übersicht"]),
        ("in:letters", ["Bills", "Roman roads", "Übersicht"]),
        ("in:elsewhere", []),
        ("lang:rus", ["Übersicht"]),
        ("lang:ru", ["Übersicht"]),
        ("after:2023-06", ["Roman roads"]),
        ("before:2023", ["Übersicht"]),
        ("year:2023", ["Bills"]),
        ("confidence<60", ["Roman roads"]),
        ("is:partly", ["Bills"]),
        ("is:failed", []),
        ("has:note", ["Bills"]),
        ("has:tag OR has:note", ["Bills", "Roman roads"]),
        ("title:roads", ["Roman roads"]),
        ("title:water", []),
        ("tag:tax water", ["Roman roads"]),
        ("tag:tax invoice", []),
        ("-tag:tax the", ["Bills"]),
        ("tag:tax OR invoice", ["Bills", "Roman roads"]),
        ("title:roads water", ["Roman roads"]),
        ("lang:rus -lang:deu", []),
    ],
)
def test_filters_say_which_documents(
    described: list[Document], owner: User, text: str, expected: list[str]
) -> None:
    results = find(owner, text, sort="title")
    assert list(found(results)) == expected
    assert results.documents == len(expected)
    assert results.pages_are_exact


def test_many_documents_that_fit_a_filter_are_looked_up_one_by_one(
    described: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.search.question.FEW", 0)
    assert found(find(owner, "tag:tax water")) == {"Roman roads": [2]}
    assert found(find(owner, "-tag:tax water")) == {}


def test_facets_count_the_documents_found(described: list[Document], owner: User) -> None:
    facets = find(owner, "a* OR straße").facets
    assert [(one.label, one.count) for one in facets.collections] == [("Letters", 3)]
    assert [(one.value, one.count) for one in facets.tags] == [("Tax/2024", 1)]
    assert [(one.value, one.label, one.count) for one in facets.years] == [
        ("2024", "2024", 1), ("2023", "2023", 1), ("2022", "2022", 1),
    ]  # fmt: skip
    assert [(one.value, one.label) for one in facets.languages] == [
        ("eng", "English"), ("deu", "German"), ("ita", "Italian"), ("rus", "Russian"),
    ]  # fmt: skip


def test_what_makes_no_sense_is_told_and_the_rest_is_answered(archive: list[Document], owner: User) -> None:
    results = find(owner, "water after:2024-99")
    assert found(results) == {"Roman roads": [2]}
    assert results.left_out == ("after:2024-99",)
    assert find(owner, "after:2024-99").documents == 0


def walk(owner: User, text: str, sort: str) -> list[list[str]]:
    """The titles of each screen, forwards; and the same backwards."""
    forwards, cursor = [], ""
    while True:
        results = find(owner, text, sort=sort, cursor=cursor)
        forwards.append(list(found(results)))
        if not results.next_cursor:
            break
        cursor = results.next_cursor
    backwards = [forwards[-1]]
    while results.previous_cursor:
        results = find(owner, text, sort=sort, cursor=results.previous_cursor)
        backwards.append(list(found(results)))
    assert backwards == forwards[::-1]
    return forwards


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title"])
@pytest.mark.parametrize("text", ["ocean", "lang:eng"])
def test_screens_follow_each_other_without_a_gap(make: Make, owner: User, text: str, sort: str) -> None:
    names = [f"Document {number:02}" for number in range(47)]
    for name in names:
        make(name, "ocean", "ocean again")
    screens_of = walk(owner, text, sort)
    shown = [title for screen in screens_of for title in screen]
    assert sorted(shown) == names
    assert len(screens_of) == len(shown) // len(screens_of[0]) + 1
    if sort in ("oldest", "title"):
        assert shown == names
    if sort == "newest":
        assert shown == names[::-1]


def test_a_long_document_is_one_result_by_age(
    make: Make, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ages, "_STEP", 4)
    monkeypatch.setattr(screens, "SIZE", 2)
    make("Before", "ocean")
    make("Long", *["ocean"] * 9)
    for title in ("After", "Later"):
        make(title, "ocean")
    assert walk(owner, "ocean", "newest") == [["Later", "After"], ["Long", "Before"]]
    assert walk(owner, "ocean", "oldest") == [["Before", "Long"], ["After", "Later"]]


def test_more_than_can_be_ranked_is_told(make: Make, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.search.find.RANKED", 3)
    make("Old", "ocean")
    make("New", "ocean", "ocean", "ocean")
    results = find(owner, "ocean")
    assert (results.pages, results.pages_are_exact, results.has_more_than_ranked) == (3, False, True)
    assert {title: sorted(pages) for title, pages in found(results).items()} == {"New": [1, 2, 3]}


@pytest.mark.parametrize("cursor", ["nonsense", "WyJuZXdlc3QiLDVd:1", "\0", "é"])
def test_a_bad_cursor_means_the_first_screen(archive: list[Document], owner: User, cursor: str) -> None:
    assert found(find(owner, "water", cursor=cursor)) == {"Roman roads": [2]}


def test_pages_with_hits_tell_where_and_how_often(archive: list[Document], owner: User) -> None:
    hits = pages_with_hits(owner, archive[1], "of OR invoice")
    assert [(one.number, one.count) for one in hits] == [(1, 2), (2, 1), (3, 2)]
    assert pages_with_hits(owner, archive[0], "invoice") == ()
    assert pages_with_hits(owner, archive[0], "tag:tax") == ()


def test_a_document_that_waits_to_be_read_is_found_by_its_title(collection: Collection, owner: User) -> None:
    document = make_document(collection=collection, user=owner, texts=["Hello"], title="Waiting room")
    page = document.pages.get()
    page.current = None
    page.save()
    index.write_document(document)
    [one] = find(owner, "waiting").found
    assert (one.document, one.hits[0].transcription_id) == (document, None)
    assert find(owner, "hello").documents == 0


@pytest.mark.parametrize("few", [0, 500])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the -(tag:tax OR zebra)", {"Bills": [1]}),
        ("the OR tag:tax", {"Roman roads": [1, 2, 3], "Bills": [1]}),
        ("of -(-tag:tax OR trajan)", {}),
        ("of (is:done OR invoice) -may", {"Roman roads": [3], "Bills": [3]}),
        ("(the tag:tax) OR (the -is:done)", {"Roman roads": [3], "Bills": [1]}),
        ("-(the is:done) of", {"Bills": [1, 3]}),
        ("-(tag:tax OR water) june", {"Bills": [3]}),
    ],
)
def test_a_filter_among_words_means_all_documents_that_fit_however_many_they_are(
    described: list[Document],
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    text: str,
    expected: dict[str, list[int]],
) -> None:
    monkeypatch.setattr("documents.search.question.FEW", few)
    results = find(owner, text)
    assert {title: sorted(pages) for title, pages in found(results).items()} == expected


def test_no_document_passes_a_filter_below_not_because_there_are_many(
    make: Make, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.search.question.FEW", 1)
    for number in range(3):
        make(f"Letter {number}", "hello")
    assert find(owner, "hello -(is:done OR zebra)").documents == 0
    assert find(owner, "zebra OR is:done").documents == 3


def test_a_filter_is_looked_up_once_however_often_it_is_typed(
    archive: list[Document], owner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(40):
        find(owner, " OR ".join(["water", *["is:done"] * 30]))


def test_filters_beyond_sixteen_are_left_out_and_told(archive: list[Document], owner: User) -> None:
    results = find(owner, "water " + " ".join(f"confidence<{number}" for number in range(91, 108)))
    assert (results.left_out, results.query.has_too_many) == ((), True)
    assert found(results) == {"Roman roads": [2]}


def page_among(document: Document, text: str, key: int) -> None:
    """As a document gets that is received at the same time as others: a page with a key among theirs."""
    page = document.pages.get(number=1)
    reading = page.current
    page.pk, page.number, page.current = key, 2, None
    page.save(force_insert=True)
    reading.pk, reading.page, reading.text = None, page, text
    reading.save(force_insert=True)
    page.current = reading
    page.save()
    index.write_document(document)


@pytest.mark.parametrize("size", [1, 2, 3, 20])
@pytest.mark.parametrize("step", [1, 2, 400])
@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_documents_received_at_the_same_time_are_all_shown_once(
    make: Make, owner: User, monkeypatch: pytest.MonkeyPatch, size: int, step: int, sort: str
) -> None:
    monkeypatch.setattr(ages, "_STEP", step)
    monkeypatch.setattr(ages, "_MOST_STEPS", 100)
    monkeypatch.setattr(screens, "SIZE", size)
    made = [make(f"Document {number}", "ocean") for number in range(5)]
    last = made[-1].pages.get().pk
    page_among(made[0], "ocean", last + 3)
    page_among(made[1], "ocean", last + 1)
    page_among(made[3], "nothing", last + 2)
    expected = {
        "oldest": ["Document 0", "Document 1", "Document 2", "Document 3", "Document 4"],
        "newest": ["Document 0", "Document 1", "Document 4", "Document 3", "Document 2"],
    }
    assert [title for screen in walk(owner, "ocean", sort) for title in screen] == expected[sort]


def test_a_document_deleted_meanwhile_is_no_error(
    make: Make, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "SIZE", 1)
    made = [make(f"Document {number}", "ocean") for number in range(3)]
    second = find(owner, "ocean", sort="newest", cursor=find(owner, "ocean", sort="newest").next_cursor)
    Document.objects.filter(pk__in=[made[0].pk, made[2].pk]).delete()
    for cursor in (second.next_cursor, second.previous_cursor):
        assert find(owner, "ocean", sort="newest", cursor=cursor).found == ()


@pytest.mark.parametrize("sort", ["relevance", "title"])
def test_what_is_uploaded_meanwhile_moves_nothing(make: Make, owner: User, sort: str) -> None:
    before = {make(f"Old {number:02}", "ocean").pk for number in range(25)}
    screens_of = [find(owner, "ocean", sort=sort)]
    for number in range(12):
        make(f"New {number:02}", "ocean ocean ocean")
    while cursor := screens_of[-1].next_cursor:
        screens_of.append(find(owner, "ocean", sort=sort, cursor=cursor))
    shown = [one.document.pk for screen in screens_of for one in screen.found]
    assert len(shown) == 25
    assert set(shown) == before


@pytest.mark.parametrize("sort", ["relevance", "title"])
def test_where_the_last_screen_is_gone_there_is_the_one_before(make: Make, owner: User, sort: str) -> None:
    for number in range(21):
        make(f"Document {number:02}", "ocean")
    first = find(owner, "ocean", sort=sort)
    last = find(owner, "ocean", sort=sort, cursor=first.next_cursor).next_cursor
    on_last = find(owner, "ocean", sort=sort, cursor=last).found
    assert len(on_last) == 1
    on_last[0].document.delete()
    results = find(owner, "ocean", sort=sort, cursor=last)
    assert len(results.found) == 10
    assert results.previous_cursor
    assert not results.next_cursor


def test_a_cursor_of_another_question_means_the_first_screen(make: Make, owner: User) -> None:
    for number in range(12):
        make(f"Document {number:02}", "ocean", "water" if number < 3 else "sand")
    cursor = find(owner, "ocean").next_cursor
    assert len(find(owner, "water", cursor=cursor).found) == 3
    assert find(owner, "sand", cursor=cursor).next_cursor == ""
    assert len(find(owner, "ocean", cursor=cursor, is_forgiving=False).found) == 10


def test_a_cursor_of_another_list_means_the_first_screen(make: Make, owner: User) -> None:
    for number in range(26):
        make(f"Document {number:02}", "ocean")
    sorts = ("relevance", "newest", "oldest", "title")
    cursors = [find(owner, text, sort=sort).next_cursor for text in ("ocean", "is:done") for sort in sorts]
    cursors += [archive_page(owner, sort=sort).next_cursor for sort in sorts[1:]]
    Document.objects.update(trashed_at=timezone.now())
    cursors.append(trash_page(owner).next_cursor)
    assert all(cursors)
    for cursor in cursors:
        trash_page(owner, cursor=cursor)
    Document.objects.update(trashed_at=None)
    for cursor, sort in product(cursors, sorts):
        assert find(owner, "ocean", sort=sort, cursor=cursor).found
        assert find(owner, "is:done", sort=sort, cursor=cursor).found
        assert archive_page(owner, sort=sort, cursor=cursor).documents


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("contract", True),
        ("secret CONTRACT", True),
        ('"secret contract"', False),
        ("contr*", True),
        ("contr", False),
        ("title:contract", True),
        ("contract is:locked", True),
        ("contract -is:locked", False),
        ("water OR contract", True),
        ("water contract", False),
        ("contract -secret", False),
    ],
)
def test_a_locked_document_is_found_by_its_title(
    archive: list[Document], collection: Collection, owner: User, text: str, *, is_found: bool
) -> None:
    Document.objects.create(
        collection=collection,
        uploaded_by=owner,
        title="The Contract (secret)",
        sha256="",
        byte_size=1,
        is_locked=True,
        state=State.FAILED,
    )
    results = find(owner, text)
    assert found(results).get("The Contract (secret)") == ([] if is_found else None)
    assert results.documents == len(results.found)


def test_a_locked_document_of_others_or_in_the_trash_is_not_found(
    archive: list[Document], collection: Collection, stranger: User, owner: User
) -> None:
    locked = Document.objects.create(
        collection=collection, title="Contract", sha256="", byte_size=1, is_locked=True
    )
    assert find(stranger, "contract").documents == 0
    Document.objects.filter(pk=locked.pk).update(trashed_at=timezone.now())
    assert find(owner, "contract").documents == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a millisecond, PostgreSQL's least, may be enough")
def test_documents_that_take_long_to_count_are_looked_up_one_by_one(
    described: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.search.question._FEW_BUDGET", 0.0)
    monkeypatch.setattr("documents.search.index.sqlite._STEPS", 1)
    monkeypatch.setattr("documents.search.index.candidates.BUDGET", 60.0)
    assert found(find(owner, "tag:tax water")) == {"Roman roads": [2]}
    assert found(find(owner, "water OR tag:tax OR june"))["Bills"] == [3]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title"])
@pytest.mark.parametrize("text", ["ocean", "lang:eng"])
def test_a_screen_has_as_many_documents_as_are_asked_for(
    make: Make, owner: User, sort: str, text: str
) -> None:
    names = [make(f"Document {number}", "ocean").title for number in range(5)]
    screens_of = [find(owner, text, sort=sort, size=2)]
    while cursor := screens_of[-1].next_cursor:
        screens_of.append(find(owner, text, sort=sort, size=2, cursor=cursor))
    assert [len(screen.found) for screen in screens_of] == [2, 2, 1]
    assert sorted(one.document.title for screen in screens_of for one in screen.found) == names
