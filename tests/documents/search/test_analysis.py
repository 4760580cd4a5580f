"""What the index has of a page."""

from documents.search.analysis import entry


def test_an_entry_has_the_words_in_order_and_loose_terms_once() -> None:
    found = entry("Bills 2024", "Paid in-\nvoices: paid, BILLS", ["eng"])
    assert found.title == "bills 2024"
    assert found.body == "paid invoices paid bills"
    assert sorted(found.loose.split(" ")) == ["±biiis", "±invoiees", "÷bill", "÷invoic"]


def test_an_empty_page_has_an_empty_entry() -> None:
    assert entry("", "", []) == ("", "", "")
