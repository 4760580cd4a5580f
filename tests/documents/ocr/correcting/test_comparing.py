"""Two texts of one page, word by word."""

from documents.ocr.correcting.comparing import compare
from documents.ocr.elements import PageText
from tests.pages import page


def changes(before: PageText, after: PageText) -> list[tuple[int, str, int, str]]:
    return [
        (
            change.at,
            " ".join(word.text for word in change.before),
            change.other_at,
            " ".join(word.text for word in change.after),
        )
        for change in compare(before, after).changes
    ]


def test_the_same_text_has_no_changes_however_its_lines_break() -> None:
    compared = compare(page("one two\nthree"), page("one", "two three", confidence=60))
    assert (compared.changes, compared.same) == ((), 3)
    assert (compared.confidence, compared.other_confidence) == (80, 60)


def test_each_word_that_was_replaced_is_a_change() -> None:
    assert changes(page("one two three four"), page("one too tree four")) == [
        (1, "two", 1, "too"),
        (2, "three", 2, "tree"),
    ]


def test_a_word_that_was_cut_in_two_is_one_change() -> None:
    assert changes(page("say hello now"), page("say hel lo now")) == [(1, "hello", 1, "hel lo")]
    assert changes(page("say hel lo now"), page("say hello now")) == [(1, "hel lo", 1, "hello")]


def test_words_come_and_go() -> None:
    assert changes(page("a b d e"), page("b c d")) == [(0, "a", 0, ""), (2, "", 1, "c"), (3, "e", 3, "")]


def test_what_changed_is_counted() -> None:
    compared = compare(page("a b d e"), page("b c d"))
    assert (compared.same, compared.removed, compared.added) == (2, 2, 1)


def test_a_page_without_text_has_nothing_in_common() -> None:
    assert changes(PageText(1, 1, ()), page("a b")) == [(0, "", 0, "a b")]
    assert changes(page("a b"), PageText(1, 1, ())) == [(0, "a b", 0, "")]
    assert compare(PageText(1, 1, ()), page("a")).confidence is None


def test_a_change_has_the_words_with_their_confidences() -> None:
    [change] = compare(page("a b", confidence=60), page("a c", confidence=90)).changes
    assert [word.confidence for word in (*change.before, *change.after)] == [60, 90]
