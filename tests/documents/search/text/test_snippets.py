"""The part of a page that shows best why it was found."""

from documents.search.query.parse import parse
from documents.search.text.lookup import Lookup
from documents.search.text.marks import Mark, marks
from documents.search.text.snippets import Part, Snippet, snippet

FILLER = "some words that nobody has asked for at all " * 20


def cut(question: str, text: str, length: int = 220) -> Snippet:
    lookup = Lookup.of(parse(question).tree, ("eng",), is_forgiving=True)
    return snippet(text, marks(lookup, text, ["eng"]), length=length)


def shown(found: Snippet) -> str:
    return "".join(f"[{part.text}]" if part.mark else part.text for part in found.parts)


def test_a_short_text_is_shown_whole() -> None:
    assert cut("invoice", "An invoice\n\nfor you") == Snippet(
        (Part("An "), Part("invoice", Mark(3, 10, "exact", "invoice")), Part(" for you"))
    )


def test_a_long_one_is_cut_between_words_around_the_hit() -> None:
    found = shown(cut("invoice", f"{FILLER}the invoice {FILLER}", length=60))
    assert found == "…some words that nobody has asked for at all the [invoice] some…"


def test_a_hit_near_the_end_has_more_before_it() -> None:
    assert len(shown(cut("invoice", f"{FILLER}invoice", length=100))) > 90


def test_without_a_hit_it_begins_at_the_top() -> None:
    assert shown(snippet("One two three four", [], length=10)) == "One two…"
    assert snippet("", []) == Snippet()


def test_where_more_of_the_question_is_answered_is_shown() -> None:
    text = f"invoice invoice invoice {FILLER} tota1 invoice {FILLER} total invoice {FILLER}"
    assert "[total] [invoice]" in shown(cut("total invoice", text, length=100))


def test_a_hit_that_does_not_fit_is_left_out_and_not_cut() -> None:
    text = "invoice and then, a bit later, an invoice number " + FILLER
    found = shown(cut("invoice", text, length=38))
    assert found == "[invoice] and then, a bit later, an…"


def test_letters_without_spaces_are_cut_between_letters() -> None:
    found = shown(cut("東京", "か\u3099" * 300 + "東京" + "か\u3099" * 300, length=101))
    assert found.startswith("…か\u3099")
    assert found.endswith("か\u3099…")
    assert "[東京]" in found


def test_a_hit_longer_than_the_snippet_is_shortened() -> None:
    found = cut("x*", "x" * 5000, length=100)
    assert shown(found) == "[" + "x" * 100 + "…]"
    assert found.parts[0].mark == Mark(0, 5000, "exact", "x")


def test_the_parts_are_the_text_of_the_window() -> None:
    text = f"{FILLER} an invoice, {FILLER}"
    found = cut("invoice words", text)
    plain = "".join(part.text for part in found.parts)
    assert plain.strip("…") in " ".join(text.split()) + " "
    assert all(text[part.mark.start : part.mark.end] == part.text for part in found.parts if part.mark)
