import pytest

from documents.entities.addresses import find_emails, find_urls


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("write to Info@Example.com.", "info@example.com"),
        ("<a.b+c@mail.example.co.uk>", "a.b+c@mail.example.co.uk"),
        ("jürgen@müller.de", "jürgen@müller.de"),
        ("o'neil@example.ie,", "o'neil@example.ie"),
    ],
)
def test_an_e_mail_address_is_found(text: str, value: str) -> None:
    assert [entity.value for entity in find_emails(text, ())] == [value]


@pytest.mark.parametrize(
    "text", ["a@b", "@example.com", "a@.com", "a@example.c", "1 @ 2.50", f"{'a' * 65}@example.com", ".@x.de"]
)
def test_what_is_no_address_is_left(text: str) -> None:
    assert list(find_emails(text, ())) == []


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("see https://Example.com/A?b=1.", "https://Example.com/A?b=1", "example.com/A?b=1"),
        ("(www.example.org)", "www.example.org", "www.example.org"),
        ("WWW.EXAMPLE.ORG/", "WWW.EXAMPLE.ORG/", "www.example.org"),
        ("http://localhost.test:8000/x", "http://localhost.test:8000/x", "localhost.test:8000/x"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)", "example.org/a_(b)"),
    ],
)
def test_a_web_address_ends_before_the_sentence_does(text: str, written: str, value: str) -> None:
    (entity,) = find_urls(text, ())
    assert (entity.text, entity.value) == (written, value)
    assert text[entity.start : entity.end] == written


@pytest.mark.parametrize("text", ["example.com", "http://", "www.", "https://a", "mail@www.example.org"])
def test_what_is_no_web_address_is_left(text: str) -> None:
    assert list(find_urls(text, ())) == []
