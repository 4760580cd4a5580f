"""Hits in a document: which page comes first, what is marked, and the walk from one to the next."""

import re
from html import unescape

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document
from documents.search.results import PageHits
from documents.views.within import Step, Walk
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document

FOUND = (PageHits(2, 3), PageHits(5, 1), PageHits(9, 2))


@pytest.mark.parametrize(
    ("page", "hit", "before", "after"),
    [
        (2, 1, Step(9, 2), Step(2, 2)),
        (2, 3, Step(2, 2), Step(5, 1)),
        (5, 1, Step(2, 3), Step(9, 1)),
        (9, 2, Step(9, 1), Step(2, 1)),
        (1, 0, Step(9, 2), Step(2, 1)),
        (6, 0, Step(5, 1), Step(9, 1)),
    ],
)
def test_the_walk_goes_from_page_to_page_and_round(page: int, hit: int, before: Step, after: Step) -> None:
    walk = Walk(FOUND, page, hit)
    assert (walk.previous, walk.next) == (before, after)


def test_a_hit_is_counted_among_all() -> None:
    assert (Walk(FOUND, 5, 1).position, Walk(FOUND, 5, 1).total) == (4, 6)
    assert Walk(FOUND, 6, 0).position == 0


def test_where_nothing_is_found_the_walk_leads_nowhere() -> None:
    walk = Walk((), 1, 0)
    assert (walk.previous, walk.next, walk.total) == (None, None, 0)


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    texts = ["nothing"] * 7 + ["tea and more tea", "lTEA", "nothing", "tea"]
    return make_document(collection=collection, user=owner, texts=texts)


@pytest.fixture
def person(browse: Browse, owner: User) -> Client:
    return browse(owner)


def read(person: Client, book: Document, **query: str | int) -> str:
    return html_of(person.get(f"/documents/{book.pk}/", query))


def rows(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'data-row="(\d+)"', html)]


def test_a_question_opens_the_first_page_with_a_hit(person: Client, book: Document) -> None:
    html = read(person, book, q="tea")
    assert rows(html)[0] == 8
    assert "Hit 1 of 3" in html
    assert 'data-counts="[[8, 2], [11, 1]]"' in html


def test_a_hit_is_marked_in_the_text_and_on_the_image(person: Client, book: Document) -> None:
    html = read(person, book, q="tea", page=8)
    assert '<mark id="hit" class="hit is-now" data-hit="1">tea</mark> and more' in html
    assert '<mark class="hit" data-hit="2">tea</mark>' in html
    assert (
        '<svg class="hits" viewBox="0 0 60 40" aria-hidden="true"><rect class="hit is-now" data-hit="1"'
        in html
    )
    assert html.count("<rect") == 3


def test_a_strict_search_says_so_and_can_be_made_forgiving(person: Client, book: Document) -> None:
    assert "Misreadings" not in read(person, book, q="t3a")
    assert "Misreadings" not in read(person, book, forgive="0")
    html = read(person, book, q="1TEA", forgive="0")
    assert "No hits" in html
    [link] = re.findall(r'Misreadings are not forgiven. <a href="([^"]*)">Forgive them</a>', html)
    assert "Hit 1 of 1" in html_of(person.get(f"/documents/{book.pk}/{unescape(link)}"))
    assert "Misreadings" not in read(person, book, q="1TEA")


def test_the_walk_leads_on_without_a_script(person: Client, book: Document) -> None:
    html = read(person, book, q="tea", page=8, hit=2)
    assert "Hit 2 of 3" in html
    assert 'href="?page=11&amp;q=tea&amp;hit=1#hit"' in html
    assert 'href="?page=8&amp;q=tea&amp;hit=1#hit"' in html


def test_a_snippet_leads_to_the_hit_that_it_shows(person: Client, book: Document) -> None:
    assert "Hit 2 of 3" in read(person, book, q="tea", page=8, **{"from": 13})


@pytest.mark.parametrize("hit", ["99", "0", "-1", "nonsense"])
def test_a_hit_that_is_not_there_is_the_nearest(person: Client, book: Document, hit: str) -> None:
    expected = "Hit 2 of 3" if hit == "99" else "Hit 1 of 3"
    assert expected in read(person, book, q="tea", page=8, hit=hit)


def test_a_named_page_without_a_hit_is_shown(person: Client, book: Document) -> None:
    html = read(person, book, q="tea", page=2)
    assert rows(html)[0] == 2
    assert "3 hits" in html


def test_no_hit_is_told(person: Client, book: Document) -> None:
    html = read(person, book, q="zebra")
    assert "No hits" in html
    assert rows(html)[0] == 1


def test_pages_with_hits_are_marked_in_the_strip(person: Client, book: Document) -> None:
    html = read(person, book, q="tea")
    assert html.count('class="has-hits"') == 2
    assert 'href="?page=11&amp;q=tea" aria-label="Page 11, with hits"' in html


def test_a_row_that_comes_later_has_its_hits_too(person: Client, book: Document) -> None:
    address = f"/documents/{book.pk}/pages/8/"
    html = html_of(person.get(address, {"q": "tea"}))
    assert 'data-count="2"' in html
    assert html.count('class="hit"') == 4
    assert "is-now" not in html
    assert 'class="hit"' not in html_of(person.get(address))


def test_links_to_other_pages_go_on_with_the_question(person: Client, book: Document) -> None:
    html = read(person, book, q="a b", page=6, forgive="0")
    assert 'rel="prev" href="?page=1&amp;q=a+b&amp;forgive=0"' in html
    strip = html_of(person.get(f"/documents/{book.pk}/strip/", {"q": "tea", "forgive": "1"}))
    assert 'href="?page=3&amp;q=tea"' in strip


def test_a_document_without_a_question_has_no_walk(person: Client, book: Document) -> None:
    html = read(person, book)
    assert 'class="walk"' not in html
    assert 'name="q"' in html
    assert rows(html)[0] == 1


@pytest.mark.parametrize(
    "asked",
    ["tea -tea", "tea title:nope", "tea in:nowhere", "tea is:failed", "tea after:2030", '"tea tea"'],
)
def test_what_the_question_leaves_out_is_not_marked(person: Client, book: Document, asked: str) -> None:
    html = read(person, book, q=asked, page=8)
    assert "No hits" in html
    assert 'class="hit' not in html
    row = html_of(person.get(f"/documents/{book.pk}/pages/8/", {"q": asked}))
    assert 'class="hit' not in row
    assert 'data-count="0"' in row


def test_pages_that_the_question_leaves_out_are_not_marked(person: Client, book: Document) -> None:
    html = read(person, book, q="tea -more")
    assert 'data-counts="[[11, 1]]"' in html
    assert 'class="hit' not in html_of(person.get(f"/documents/{book.pk}/pages/8/", {"q": "tea -more"}))
    assert 'data-count="1"' in html_of(person.get(f"/documents/{book.pk}/pages/11/", {"q": "tea -more"}))


def test_an_unfinished_word_is_a_beginning_where_nothing_has_it(person: Client, book: Document) -> None:
    html = read(person, book, q="te", forgive="0")
    assert "Hit 1 of 3" in html
    assert "Words that begin with “te”" in html
    assert 'data-question="q=te%2A&amp;forgive=0"' in html
    assert 'value="te"' in html
    assert "Words that begin" not in read(person, book, q="tea")
