"""Words as the archive writes them."""

import pytest

from accounts.models import User
from documents.models import Collection
from documents.search.find import find, suggest
from documents.search.query.parse import parse
from documents.search.query.tree import Every, Words
from documents.search.spelling import without_misread
from documents.search.writing import as_written
from tests.factories import make_document


def test_the_commonest_spelling_is_shown(collection: Collection, owner: User) -> None:
    texts = ["München MÜNCHEN München", "Straße", "Invoice invoice", "in\u00advoice"]
    make_document(collection=collection, user=owner, texts=texts)
    words = ["munchen", "strasse", "invoice", "nowhere"]
    assert as_written([collection.pk], words) == {
        "munchen": "München",
        "strasse": "Straße",
        "invoice": "invoice",
        "nowhere": "nowhere",
    }


def test_suggestions_and_better_questions_are_in_that_spelling(collection: Collection, owner: User) -> None:
    make_document(collection=collection, user=owner, texts=["nach München"])
    assert suggest(owner, "mun").words == ("München",)
    assert find(owner, "munhcen").did_you_mean == "München"


@pytest.mark.parametrize(("typed", "word"), [("no", "not"), ("an", "and"), ("or", "or")])
def test_no_suggestion_is_an_operator(collection: Collection, owner: User, typed: str, word: str) -> None:
    make_document(collection=collection, user=owner, texts=["DO NOT AND OR"])
    [suggested] = suggest(owner, typed).words
    assert suggested == word
    asked = parse(f"bill {suggested} gas").tree
    assert isinstance(asked, Every)
    assert [part.text for part in asked.parts if isinstance(part, Words)] == ["bill", word, "gas"]


def test_no_better_question_has_an_operator_for_a_word(collection: Collection, owner: User) -> None:
    make_document(collection=collection, user=owner, texts=["NOT THE BILL", "NOT THE BILL"])
    assert find(owner, "nott bill").did_you_mean == "not bill"


def test_of_the_spellings_of_an_operator_that_of_the_word_is_shown(collection: Collection) -> None:
    owner = collection.personal_of
    assert owner
    make_document(collection=collection, user=owner, texts=["NOT NOT Not"])
    assert as_written([collection.pk], ["not"]) == {"not": "Not"}


def test_spellings_of_others_are_not_shown(collection: Collection, owner: User, stranger: User) -> None:
    other = Collection.objects.create(name="Other")
    make_document(collection=other, user=stranger, texts=["MÜNCHEN"])
    assert as_written([collection.pk], ["munchen"]) == {"munchen": "munchen"}


@pytest.mark.parametrize("typed", ["binvoice", "nvoice", "ibvoice", "onvoice", "nivoice", "inxvoice"])
def test_a_slip_may_be_at_any_place(collection: Collection, owner: User, typed: str) -> None:
    make_document(collection=collection, user=owner, texts=["invoice"])
    assert find(owner, typed).did_you_mean == "invoice"


@pytest.mark.parametrize(("typed", "meant"), [("мосвка", "москва"), ("тосква", "москва"), ("λογοι", "λόγος")])
def test_other_scripts_have_slips_of_their_own(
    collection: Collection, owner: User, typed: str, meant: str
) -> None:
    make_document(collection=collection, user=owner, texts=["москва λόγος"])
    assert find(owner, typed).did_you_mean == meant


def test_what_was_misread_is_not_suggested(collection: Collection, owner: User) -> None:
    texts = ["invoice"] * 6 + ["invoiee"]
    make_document(collection=collection, user=owner, texts=texts)
    assert suggest(owner, "inv").words == ("invoice",)


def test_of_words_that_look_alike_those_on_far_fewer_pages_are_misread() -> None:
    words = {"modern": 50, "modem": 20, "rnodern": 3, "thing": 1}
    assert without_misread(words) == {"modern": 50, "modem": 20, "thing": 1}
