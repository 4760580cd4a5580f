"""What was found: snippets, strips, ways to narrow it down, and what to do where there is nothing."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest

from accounts.models import User
from documents.models import Collection, Document, Membership, Tag
from documents.search.query.parse import LONGEST
from documents.search.text.cut import MOST_RANGES
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def invoices(collection: Collection, owner: User) -> list[Document]:
    """Three with the word, of three years; one of them also misread."""
    found = []
    for year, texts in ((2022, ["Invoice one"]), (2023, ["lnvoice two"]), (2024, ["x", "An invoice"])):
        document = make_document(collection=collection, user=owner, texts=texts, title=f"Paper {year}")
        Document.objects.filter(pk=document.pk).update(dated_on=date(year, 5, 1))
        found.append(document)
    return found


def page(browse: Browse, user: User, **query: str) -> str:
    answer = browse(user).get("/", query)
    assert answer.status_code == 200
    return html_of(answer)


def test_a_hit_is_marked_and_leads_to_its_page(browse: Browse, invoices: list[Document], owner: User) -> None:
    html = page(browse, owner, q="invoice")
    last = invoices[2]
    assert f'href="/documents/{last.pk}/?page=2&amp;q=invoice&amp;from=3#hit"' in html
    assert 'An <mark class="hit">invoice</mark>' in html
    assert "3 pages in 3 documents" in html


def test_beside_a_snippet_stands_the_strip_of_its_image(
    browse: Browse, invoices: list[Document], owner: User
) -> None:
    client = browse(owner)
    html = html_of(client.get("/", {"q": "invoice"}))
    address = html.partition('<img class="cut" src="')[2].partition('"')[0]
    assert client.get(address)["Content-Type"] == "image/jpeg"


def test_the_address_of_a_strip_names_no_more_hits_than_it_takes(
    browse: Browse, collection: Collection, owner: User
) -> None:
    make_document(collection=collection, user=owner, texts=["tea " * 30])
    html = page(browse, owner, q="tea")
    ranges = html.partition("/cut/")[2].partition('"')[0].split(",")
    assert len(ranges) == MOST_RANGES


def test_what_may_be_misread_says_so(browse: Browse, invoices: list[Document], owner: User) -> None:
    html = page(browse, owner, q="invoice")
    assert "“invoice” read as “lnvoice”" in html
    assert 'class="hit misread"' in html


def test_the_switch_is_remembered_and_stands_in_the_links(
    browse: Browse, invoices: list[Document], owner: User
) -> None:
    client = browse(owner)
    strict = html_of(client.get("/", {"q": "invoice", "forgive": "0", "remember": "1"}))
    assert "2 pages in 2 documents" in strict
    assert "lnvoice" not in strict
    assert "q=invoice&amp;forgive=0&amp;from=" in strict
    assert "2 pages in 2 documents" in html_of(client.get("/", {"q": "invoice"}))
    # As the form sends it with its box ticked.
    assert "3 pages" in html_of(client.get("/?q=invoice&remember=1&forgive=0&forgive=1"))
    assert "3 pages" in html_of(client.get("/", {"q": "invoice", "forgive": "nonsense"}))


@pytest.mark.parametrize(("usual", "once", "count"), [("1", "0", "2 pages"), ("0", "1", "3 pages")])
def test_an_address_forgives_or_not_for_itself_alone(
    browse: Browse, invoices: list[Document], owner: User, usual: str, once: str, count: str
) -> None:
    client = browse(owner)
    usually = html_of(client.get("/", {"q": "invoice", "forgive": usual, "remember": "1"}))
    html = html_of(client.get("/", {"q": "invoice", "forgive": once, "narrow": "some"}))
    assert f"{count} in" in html
    assert f'href="?q=invoice&amp;forgive={once}&amp;sort=newest"' in html
    assert re.search(rf'href="\?q=invoice\+\S+&amp;forgive={once}&amp;sort=relevance&amp;narrow=some"', html)
    assert f"{count} in" not in usually
    assert f"{count} in" not in html_of(client.get("/", {"q": "invoice"}))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("newest", ["2024", "2023", "2022"]),
        ("oldest", ["2022", "2023", "2024"]),
        ("title", ["2022", "2023", "2024"]),
    ],
)
def test_results_are_sorted(
    browse: Browse, invoices: list[Document], owner: User, sort: str, order: list[str]
) -> None:
    html = page(browse, owner, q="invoice", sort=sort)
    assert [part[:4] for part in html.split(">Paper ")[1:]] == order
    assert f'sort={sort}" aria-current="true"' in html


def test_an_unknown_sort_means_the_best_match(browse: Browse, invoices: list[Document], owner: User) -> None:
    assert 'href="?q=invoice" aria-current="true">Best match' in page(browse, owner, q="invoice", sort="x")


def test_a_page_that_only_shows_the_side_bar_remembers_nothing(
    browse: Browse, invoices: list[Document], owner: User
) -> None:
    client = browse(owner)
    assert "Saved searches" in html_of(client.get("/searches/", {"forgive": "0", "remember": "1"}))
    assert "3 pages" in html_of(client.get("/", {"q": "invoice"}))
    assert "forgives_misreadings" not in client.session


def test_a_facet_adds_its_filter_and_takes_it_away_again(
    browse: Browse, invoices: list[Document], owner: User
) -> None:
    narrowed = "?q=invoice+year%3A2023&amp;sort=relevance&amp;narrow=some"
    assert f'<a href="{narrowed}" dir="auto" >2023</a> <span class="count">1</span>' in page(
        browse, owner, q="invoice"
    )
    html = page(browse, owner, q="invoice year:2023")
    assert "1 page in 1 document" in html
    assert 'href="?q=invoice&amp;sort=relevance&amp;narrow=some"' in html
    assert "Do not narrow down to 2023" in html


def test_where_more_is_found_than_is_counted_it_says_so(
    browse: Browse, invoices: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Only a part" not in page(browse, owner, q="invoice")
    monkeypatch.setattr("documents.search.find.RANKED", 2)
    html = page(browse, owner, q="invoice")
    assert '>2024</a> <span class="count">1+</span>' in html
    assert "Only a part of what was found is counted here." in html


def test_who_narrows_down_may_go_on(browse: Browse, invoices: list[Document], owner: User) -> None:
    assert '<details class="narrowing" open>' not in page(browse, owner, q="invoice")
    html = page(browse, owner, q="invoice", narrow="some")
    assert '<details class="narrowing" open>' in html


def test_a_group_without_a_choice_is_not_shown(browse: Browse, invoices: list[Document], owner: User) -> None:
    html = page(browse, owner, q="invoice")
    assert "<dt>Year</dt>" in html
    assert "<dt>Collection</dt>" not in html


def test_a_question_of_filters_alone_lists_documents(
    browse: Browse, invoices: list[Document], owner: User
) -> None:
    html = page(browse, owner, q="year:2024")
    assert "Paper 2024" in html
    assert "Paper 2023" not in html
    assert '<p class="quiet" role="status"> 1 document </p>' in html
    assert "result-hit" not in html


def test_what_made_no_sense_is_told(browse: Browse, invoices: list[Document], owner: User) -> None:
    html = page(browse, owner, q="invoice before:2024-13-45")
    assert "This part could not be understood and was left out: before:2024-13-45" in html
    assert "3 pages" in html


def test_nothing_found_says_what_to_do(browse: Browse, invoices: list[Document], owner: User) -> None:
    html = page(browse, owner, q="zebra", forgive="0")
    assert "Nothing found" in html
    assert '<a href="/">show all documents</a>' in html


@pytest.mark.parametrize(
    ("question", "told", "advice"),
    [
        ("-", "This has no word and no number to look for.", "type a word"),
        ('"', "This has no word and no number to look for.", "type a word"),
        ("()", "This has no word and no number to look for.", "type a word"),
        ("before:2024-02-30", "Nothing else was asked for.", "type a word"),
        ("in:nope", "No document has all of this.", "check the name"),
        ("zebra in:nope", "No page has all of this.", "check the name"),
        ("year:1900", "No document has all of this.", "take a part of it away"),
        ("zebra", "No page has all of this.", "check the spelling"),
    ],
)
def test_what_to_do_is_true(
    browse: Browse, invoices: list[Document], owner: User, question: str, told: str, advice: str
) -> None:
    html = page(browse, owner, q=question, forgive="0")
    assert told in html
    advices = {"type a word", "check the name", "take a part of it away", "check the spelling"}
    assert {each for each in advices if each in html} == {advice}
    assert "Forgive misreadings</a>" not in html
    assert ("save-search" in html) is (advice != "type a word")


@pytest.mark.parametrize(
    ("question", "is_offered"),
    [("cornet", True), ("cornet -comet", False), ("zebra -zebra", False), ("zebra", False)],
)
def test_forgiving_is_offered_where_it_finds_something(
    browse: Browse, collection: Collection, owner: User, question: str, is_offered: bool
) -> None:
    make_document(collection=collection, user=owner, texts=["a comet"])
    html = page(browse, owner, q=question, forgive="0")
    assert "Nothing found" in html
    offer = f'href="?{urlencode({"q": question, "forgive": 0})}&forgive=1&remember=1">Forgive misreadings'
    assert (offer.replace("&", "&amp;") in html) is is_offered
    assert ("Forgive misreadings</a>" in html) is is_offered


@pytest.mark.parametrize(
    ("question", "wider", "pages"),
    [("invoice -an -one", "invoice", "2 pages"), ("NOT one title:2022 one", "title:2022 one", "1 page")],
)
def test_who_excludes_all_is_told_what_there_is(
    browse: Browse, invoices: list[Document], owner: User, question: str, wider: str, pages: str
) -> None:
    html = page(browse, owner, q=question, forgive="0")
    assert "Nothing found" in html
    address = urlencode({"q": wider, "forgive": "0"}).replace("&", "&amp;")
    assert f'look for <a href="?{address}" dir="auto">{wider}</a>, which is on {pages}' in html
    assert "check the spelling" not in html


def test_the_switch_comes_before_another_word(browse: Browse, collection: Collection, owner: User) -> None:
    make_document(collection=collection, user=owner, texts=["a comet", "hornet"])
    html = page(browse, owner, q="cornet", forgive="0")
    assert 0 < html.index("Forgive misreadings</a>") < html.index("Did you mean")


def test_an_unfinished_word_finds_those_that_begin_so(
    browse: Browse, invoices: list[Document], owner: User
) -> None:
    html = page(browse, owner, q="an invoi", forgive="0")
    assert "Nothing has “an invoi” as it stands. These pages have words that begin so." in html
    assert f'href="/documents/{invoices[2].pk}/?page=2&amp;q=an+invoi%2A&amp;' in html
    assert 'name="q" value="an invoi"' in html


def test_a_slip_is_answered_with_a_better_question(
    browse: Browse, collection: Collection, owner: User
) -> None:
    make_document(collection=collection, user=owner, texts=["government"])
    html = page(browse, owner, q="goverxment")
    assert 'Did you mean <a href="?q=government" dir="auto">government</a>?' in html


def test_what_is_asked_and_what_was_read_is_escaped(
    browse: Browse, collection: Collection, owner: User
) -> None:
    make_document(collection=collection, user=owner, texts=[f"{SCRIPT} lnvoice"], title=SCRIPT)
    for question in (SCRIPT, "invoice", f"tag:{SCRIPT}"):
        assert SCRIPT not in page(browse, owner, q=question)


@pytest.mark.parametrize(
    "question",
    [
        "x" * 5000,
        '"',
        "-",
        "OR",
        "((((",
        "\0",
        "\0invoice",
        "in:Nowhere",
        "before:9999-99",
        "*",
        "\ufffe",
        "tag:",
    ],
)
def test_anything_typed_is_answered(
    browse: Browse, invoices: list[Document], owner: User, question: str
) -> None:
    assert browse(owner).get("/", {"q": question}).status_code == 200
    assert browse(owner).get(f"/documents/{invoices[0].pk}/", {"q": question}).status_code == 200
    assert browse(owner).get("/search/suggest", {"q": question}).status_code == 200


def test_pages_of_results_lead_to_each_other(browse: Browse, collection: Collection, owner: User) -> None:
    for number in range(13):
        make_document(collection=collection, user=owner, texts=["invoice"], title=f"T{number:02}")
    client = browse(owner)
    first = client.get("/", {"q": "invoice", "sort": "title"})
    cursor = first.context["results"].next_cursor
    assert "&amp;sort=title&amp;cursor=" in html_of(first)
    second = html_of(client.get("/", {"q": "invoice", "sort": "title", "cursor": cursor}))
    assert 'rel="prev"' in second
    assert ">T12<" in second
    assert ">T00<" not in second


def test_results_are_for_members(
    browse: Browse, invoices: list[Document], viewer: User, stranger: User
) -> None:
    assert "3 pages in 3 documents" in page(browse, viewer, q="invoice")
    html = page(browse, stranger, q="invoice")
    assert "Nothing found" in html
    assert "Paper" not in html
    assert "Letters" not in html


def test_a_shared_collection_shows_its_name_and_tags(
    browse: Browse, invoices: list[Document], collection: Collection, stranger: User
) -> None:
    invoices[0].tags.add(Tag.objects.create(collection=collection, name="tax/2022", colour="red"))
    Membership.objects.create(collection=collection, user=stranger, role="viewer")
    html = page(browse, stranger, q="tag:tax")
    assert "Paper 2022" in html
    assert 'href="/?q=tag%3Atax/2022"' in html


def test_htmx_gets_the_results_only(browse: Browse, invoices: list[Document], owner: User) -> None:
    answer = browse(owner).get("/", {"q": "invoice"}, headers={"HX-Request": "true", "HX-Target": "archive"})
    assert "<html" not in html_of(answer)
    assert "3 pages in 3 documents" in html_of(answer)


def test_the_wrong_method_is_refused(browse: Browse, owner: User) -> None:
    client = browse(owner)
    assert {client.post(where).status_code for where in ("/", "/search/suggest", "/search/help/")} == {405}


def test_help_comes_as_a_page_and_as_a_part_of_one(browse: Browse, owner: User) -> None:
    client = browse(owner)
    whole = html_of(client.get("/search/help/"))
    part = html_of(client.get("/search/help/", headers={"HX-Request": "true"}))
    assert "<h1>How to search</h1>" in whole
    assert "<html" not in part
    assert "confidence&lt;60" in part


def test_filters_and_negations_are_never_extended(
    browse: Browse, invoices: list[Document], owner: User
) -> None:
    for question in ("invoice is:failed", "-in", "invoice -pap"):
        html = page(browse, owner, q=question)
        assert "words that begin so" not in html


def test_the_tab_is_named_after_what_is_searched_as_one_types(
    browse: Browse, invoices: list[Document], owner: User
) -> None:
    headers = {"HX-Request": "true", "HX-Target": "archive"}
    html = html_of(browse(owner).get("/", {"q": "invoice"}, headers=headers))
    assert "<title>Results for “invoice” · ocrsite</title>" in html
    assert page(browse, owner, q="invoice").count("<title>") == 1
    assert "<title>Archive · ocrsite</title>" in html_of(browse(owner).get("/", headers=headers))


def test_more_than_is_looked_at_is_said(browse: Browse, invoices: list[Document], owner: User) -> None:
    assert "only its beginning was looked for" in page(browse, owner, q="invoice " + "x" * 10_000)
    words = " ".join(f"w{number}" for number in range(100))
    html = page(browse, owner, q=words)
    assert "only the first ones were looked for" in html
    assert "left out" not in html
    assert words[:110] not in html.partition("<h1")[2].partition("</h1>")[0]


@pytest.mark.parametrize("name", ["eng", "en", "english", "English"])
def test_a_language_is_known_by_its_names(
    browse: Browse, invoices: list[Document], owner: User, name: str
) -> None:
    assert "3 documents" in page(browse, owner, q=f"lang:{name}")


@pytest.mark.parametrize("part", ["lang:klingon", "in:nowhere", "tag:untold"])
def test_a_name_that_nothing_has_is_told(
    browse: Browse, invoices: list[Document], owner: User, part: str
) -> None:
    assert f"There is no collection, tag or language of this name: {part}" in page(browse, owner, q=part)


@pytest.mark.parametrize("part", ["author:smith", "langue:fra"])
def test_a_filter_that_there_is_not_is_told_where_nothing_is_found(
    browse: Browse, invoices: list[Document], owner: User, part: str
) -> None:
    said = f"There is no filter of this name, it was looked for as a word: {part.partition(':')[0]}:"
    assert said in page(browse, owner, q=part)
    assert "There is no filter" not in page(browse, owner, q=f"invoice OR {part}")


def test_of_many_parts_three_are_named(browse: Browse, invoices: list[Document], owner: User) -> None:
    html = page(browse, owner, q=" OR ".join(["tag:a", "tag:b", "(tag:c tag:a)", "tag:d", "tag:e"]))
    assert "of this name: tag:a · tag:b · tag:c · … " in html


def test_a_value_that_is_about_to_be_typed_is_not_missed(
    browse: Browse, invoices: list[Document], owner: User
) -> None:
    headers = {"HX-Request": "true", "HX-Target": "archive"}
    client = browse(owner)
    for question in ("invoice title:", "invoice before:"):
        assert "left out" not in html_of(client.get("/", {"q": question}, headers=headers))
        assert "left out" in html_of(client.get("/", {"q": question}))
    assert "left out: before:" in html_of(client.get("/", {"q": "before: invoice"}, headers=headers))


def test_what_is_typed_next_is_sorted_as_before(
    browse: Browse, invoices: list[Document], owner: User
) -> None:
    html = page(browse, owner, q="invoice", sort="oldest", forgive="0")
    assert '<form class="search" id="search"' in html
    assert 'hx-include="#search"' in html
    assert '<input type="hidden" name="sort" value="oldest" form="search">' in html
    assert 'name="forgive" value="0" form="search"' not in html  # the person's choice is known without it
    assert 'form="search"' not in page(browse, owner, q="invoice", forgive="1")


def test_the_field_takes_more_than_is_looked_at(browse: Browse, owner: User) -> None:
    room = int(page(browse, owner).partition('id="q"')[2].partition('maxlength="')[2].partition('"')[0])
    assert room > LONGEST
    assert "only its beginning was looked for" in page(browse, owner, q="x" * room)


def test_years_are_shown_newest_first_and_the_others_when_asked_for(
    browse: Browse, collection: Collection, owner: User
) -> None:
    for year in range(1990, 2004):
        document = make_document(collection=collection, user=owner, texts=["invoice"])
        Document.objects.filter(pk=document.pk).update(dated_on=date(year, 5, 1))
    html = page(browse, owner, q="invoice")
    assert "year%3A2003" in html
    assert "year%3A1991" not in html
    assert html.index("year%3A2003") < html.index("year%3A1992")
    assert '<a href="?q=invoice&amp;sort=relevance&amp;narrow=all">2 more</a>' in html
    whole = page(browse, owner, q="invoice", narrow="all")
    assert '<details class="narrowing" open>' in whole
    assert "year%3A1990" in whole
    assert " more</a>" not in whole
