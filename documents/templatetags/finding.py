"""Hits and ways to look on, as the pages show them."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from documents.models import Transcription
from documents.ocr.elements import Box
from documents.search.text.cut import MOST_RANGES
from documents.search.text.marks import Mark
from documents.search.text.places import Hit
from documents.search.text.snippets import Snippet
from documents.selectors import sidebar
from documents.views.asking import in_address
from documents.words.searches import how_asked, is_asked
from documents.words.typeset import misread_for

register = template.Library()
register.filter(how_asked)


@register.inclusion_tag("documents/_side.html", takes_context=True)
def side_bar(context: template.Context) -> dict[str, Any]:
    """What else there is to look at; the link to where one is, is marked."""
    request = context["request"]
    side, question, sort = sidebar.side_bar(request.user), in_address(request), request.GET.get("sort", "")
    return {
        "side": side,
        "searches": [
            (one, is_asked(one, query=question.text, sort=sort, is_forgiving=question.is_forgiving))
            for one in side.searches
        ],
        "q": request.GET.get("q", "").strip(),
        "place": request.resolver_match.url_name,
    }


@register.filter
def marked(snippet: Snippet) -> SafeString:
    """The snippet as HTML, with its hits marked."""
    return format_html_join("", "{}", ((_part(part.text, part.mark),) for part in snippet.parts))


def _part(text: str, mark: Mark | None) -> str | SafeString:
    if mark is None:
        return text
    if mark.how != "misread":
        return format_html('<mark class="hit">{}</mark>', text)
    return format_html('<mark class="hit misread" title="{}">{}</mark>', misread_for(mark), text)


@register.filter
def ranges_of(marks: Sequence[Mark]) -> str:
    """As the address of a strip has them: ``12-19,40-46``."""
    return ",".join(f"{mark.start}-{mark.end}" for mark in marks[:MOST_RANGES])


@register.simple_tag
def hits_on_image(reading: Transcription, hits: Sequence[Hit], now: int = 0) -> SafeString:
    """A drawing to lie over the picture of the page, with a rectangle for each line of each hit."""
    rectangles = format_html_join(
        "",
        '<rect class="{}" data-hit="{}" x="{}" y="{}" width="{}" height="{}"/>',
        ((_kind(hit, now), hit.number, *_padded(box)) for hit in hits for box in hit.boxes),
    )
    size = reading.width, reading.height
    return format_html('<svg class="hits" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', *size, rectangles)


def _kind(hit: Hit, now: int) -> str:
    return " ".join(["hit"] + ["misread"] * (hit.mark.how == "misread") + ["is-now"] * (hit.number == now))


def _padded(box: Box) -> tuple[int, int, int, int]:
    """Left, top, width and height of ``box`` with some air around it."""
    air = max(2, round(0.15 * min(box.width, box.height)))
    return box.x0 - air, box.y0 - air, box.width + 2 * air, box.height + 2 * air
