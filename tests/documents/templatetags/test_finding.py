"""Hits as the pages show them."""

from documents.models import Transcription
from documents.ocr.elements import Box
from documents.search.text.marks import Mark
from documents.search.text.places import Hit
from documents.search.text.snippets import Part, Snippet
from documents.templatetags import finding


def test_a_snippet_is_escaped_and_its_hits_are_marked() -> None:
    snippet = Snippet(
        (Part("<b> "), Part("tea", Mark(4, 7, "exact")), Part("1ea", Mark(8, 11, "misread", "tea")))
    )
    assert finding.marked(snippet) == (
        '&lt;b&gt; <mark class="hit">tea</mark>'
        '<mark class="hit misread" title="Perhaps “tea”, misread">1ea</mark>'
    )


def test_a_rectangle_lies_over_each_line_of_a_hit_with_some_air() -> None:
    hit = Hit(3, Mark(0, 9, "misread", "x"), (Box(10, 20, 110, 40), Box(0, 50, 30, 70)))
    svg = finding.hits_on_image(Transcription(width=200, height=100), [hit], 3)
    assert svg.startswith('<svg class="hits" viewBox="0 0 200 100"')
    assert '<rect class="hit misread is-now" data-hit="3" x="7" y="17" width="106" height="26"/>' in svg
    assert svg.count("<rect") == 2
