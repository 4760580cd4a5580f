"""Words and titles to go on with, better questions, and documents like another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.models import Collection, Document
from documents.search.find import find, more_like, suggest
from documents.search.suggestions import going_on, start_of_last_word
from tests.factories import make_document, make_likeness


@pytest.fixture
def bills(collection: Collection, owner: User) -> list[Document]:
    texts = ["invoice for water", "invoice for gas", "investment plan", "請求書 请求"]
    return [
        make_document(collection=collection, user=owner, texts=[text], title=f"Bill {number}: {text[:7]}")
        for number, text in enumerate(texts, 1)
    ]


def test_the_most_frequent_words_come_first(bills: list[Document], owner: User) -> None:
    assert suggest(owner, "water inv").words == ("invoice", "investment")
    assert suggest(owner, "請").words == ()
    assert suggest(owner, "請求").words == ("請求",)


@pytest.mark.parametrize("text", ["", "i", " ", "x\0", '"', "zzz"])
def test_nothing_is_suggested_for_nothing(bills: list[Document], owner: User, text: str) -> None:
    assert suggest(owner, text).words == ()


def test_titles_have_all_words_and_a_beginning(bills: list[Document], owner: User) -> None:
    assert [one.title for one in suggest(owner, "bill inves").titles] == ["Bill 3: investm"]
    assert len(suggest(owner, "bil").titles) == 4


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("invocie", "invoice"),
        ("Watre", "water"),
        ("invocie -gas", "invoice -gas"),
        ("invocie watre", "invoice water"),
        ("invocie title:bill", "invoice title:bill"),
        ("invoice", ""),
        ("xylophone", ""),
        ("invocie investmnet", ""),
        ("wat*", ""),
        ("title:bxill", "title:bill"),
        ('TITLE:"bixl investm" plan', 'TITLE:"bill investm" plan'),
        ("title:bixl investmnet", "title:bill investment"),
        ("invoice -title:bixl", ""),
        ("tag:invocie", ""),
    ],
)
def test_a_slip_is_told(bills: list[Document], owner: User, typed: str, meant: str) -> None:
    assert find(owner, typed).did_you_mean == meant


@pytest.mark.parametrize(("pages", "meant"), [(4, ""), (5, "the sun")])
def test_of_three_letters_two_may_be_swapped_where_that_is_a_frequent_word(
    collection: Collection, owner: User, pages: int, meant: str
) -> None:
    make_document(collection=collection, user=owner, texts=["the sun", *["the moon"] * (pages - 1)])
    assert find(owner, "teh sun").did_you_mean == meant
    assert find(owner, "tha sun").did_you_mean == ""


def test_the_vocabulary_is_asked_once_for_what_it_does_not_know(bills: list[Document], owner: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert find(owner, "invocie").did_you_mean == "invoice"
    assert sum("('invocie')" in query["sql"] for query in queries) == 1


def test_documents_that_share_telling_words_are_alike(collection: Collection, owner: User) -> None:
    texts = {
        "Aqueducts": "roman aqueduct water channel stone arches",
        "More aqueducts": "aqueduct arches of stone carry water",
        "Cake": "flour sugar butter eggs and water",
    }
    made = {
        title: make_document(collection=collection, user=owner, texts=[text], title=title)
        for title, text in texts.items()
    }
    assert [one.document.title for one in more_like(owner, made["Aqueducts"])] == ["More aqueducts"]
    assert more_like(owner, made["Cake"]) == ()


def test_of_copies_one_is_shown_and_leaves_room_for_others(collection: Collection, owner: User) -> None:
    words = "orchid greenhouse watering fertiliser seedling compost"
    titles = ["Paper", "Copy", "Copy", "Copy", *"abcd"]
    texts = [words] * 4 + [words.replace("compost", "")] * 4
    paper, first, *others = (
        make_document(collection=collection, user=owner, texts=[text], title=title)
        for title, text in zip(titles, texts, strict=True)
    )
    for copy in others[:2]:
        make_likeness(copy, first, "bytes")
    alike = [one.document.title for one in more_like(owner, paper)]
    assert (alike[0], sorted(alike[1:])) == ("Copy", ["a", "b", "c", "d"])


def test_rare_words_tell_more_than_common_ones_however_often(collection: Collection, owner: User) -> None:
    rare = "lighthouse keeper storm lantern schooner reef"
    common = "invoice total amount account balance payment customer number address street bank order"
    paper, *_others = (
        make_document(collection=collection, user=owner, texts=[text], title=title)
        for text, title in [
            (" ".join([rare, *[common] * 10]), "Paper"),
            (f"{rare} {common}", "Twin"),
            *[(" ".join([common] * 20), "Other")] * 30,
        ]
    )
    alike = [one.document.title for one in more_like(owner, paper)]
    assert alike[0] == "Twin"


@pytest.mark.parametrize("text", ["inv", "water inv", "-gas inv", "in:bills (gas OR inv", "東京"])
def test_a_wanted_word_at_the_end_may_go_on(text: str) -> None:
    assert going_on(text) == f"{text}*"


@pytest.mark.parametrize(
    "text",
    ["", "-tag:all", "harbour is:failed", "gas -inv", "NOT inv", "-(gas inv", '"gas inv', "inv*", "gas OR"],
)
def test_nothing_but_a_wanted_word_goes_on(text: str) -> None:
    assert going_on(text) == ""


@pytest.mark.parametrize(
    ("text", "start"), [("", 0), ("water inv", 6), ("東京", 0), ("東京都", 1), ("ｶﾀ", 0), ("請", 0)]
)
def test_a_pair_is_completed_as_a_whole(text: str, start: int) -> None:
    assert start_of_last_word(text) == start


@pytest.mark.parametrize("text", ["in:", "in:inv", "title:inv", 'gas title:"inv'])
def test_no_word_is_suggested_for_a_field(bills: list[Document], owner: User, text: str) -> None:
    assert suggest(owner, text).words == ()


@pytest.mark.parametrize("typed", ["invoices", "watered"])
def test_no_better_question_where_another_form_is_found(
    bills: list[Document], owner: User, typed: str
) -> None:
    results = find(owner, typed)
    assert results.found
    assert results.did_you_mean == ""


@pytest.mark.parametrize(("typed", "misread"), [("wedding", "weclding"), ("summer", "surnmer")])
def test_nothing_better_is_offered_where_the_word_was_misread(
    collection: Collection, owner: User, typed: str, misread: str
) -> None:
    make_document(collection=collection, user=owner, texts=[f"{misread} weeding summary"])
    results = find(owner, typed)
    assert [hit.misread for one in results.found for hit in one.hits] == [((typed, misread),)]
    assert results.did_you_mean == ""


@pytest.mark.parametrize(("typed", "misread"), [("wedding", "weclding"), ("summer", "surnmer")])
def test_what_an_engine_takes_for_a_word_is_no_better_word(
    collection: Collection, owner: User, typed: str, misread: str
) -> None:
    make_document(collection=collection, user=owner, texts=[misread])
    assert find(owner, typed, is_forgiving=False).did_you_mean == ""


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("watre " * 200, "water"),
        ("watre OR Watre", "water OR water"),
        ("(watre) (watre OR summre)", "(water) (water OR summre)"),
        ('watre "watre"', 'water "water"'),
        ("watre AND watre", "water AND water"),
        ("watre watre*", "water water*"),
    ],
)
def test_each_slip_is_mended_where_it_stands(
    bills: list[Document], owner: User, typed: str, better: str
) -> None:
    assert find(owner, typed, is_forgiving=False).did_you_mean == better


@pytest.mark.parametrize("typed", ["muen", "mün", "mun", "muenc"])
def test_an_umlaut_may_be_typed_with_an_e(collection: Collection, owner: User, typed: str) -> None:
    make_document(collection=collection, user=owner, texts=["nach München"])
    assert suggest(owner, typed).words == ("München",)


def test_what_begins_as_typed_is_suggested_first(collection: Collection, owner: User) -> None:
    make_document(collection=collection, user=owner, texts=["duel dull"])
    assert suggest(owner, "due").words == ("duel",)
