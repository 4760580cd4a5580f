"""Texts of a page as the pages show them: what they are called, what changed in them, which ones wait."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from documents.models import Document
from documents.ocr.correcting.differences import Kind, Piece, Row
from documents.selectors.correcting import pages_with_proposals
from documents.words.versions import label_of, label_of_run

register = template.Library()
register.filter(label_of)
register.filter(label_of_run)


@register.filter
def with_changes(row: Row) -> SafeString:
    """What is gone struck through, what is new underlined; a screen reader is told in words."""
    return format_html_join("", "{}{}", ((piece.space, _marked(piece)) for piece in row))


@register.simple_tag
def waiting_pages(document: Document) -> list[int]:
    """The numbers of the pages of which a new reading waits for a decision."""
    return pages_with_proposals(document)


def _marked(piece: Piece) -> SafeString | str:
    match piece.kind:
        case Kind.GONE:
            return format_html(
                '<del><span class="visually-hidden">{} </span>{}</del>', _("gone:"), piece.text
            )
        case Kind.NEW:
            return format_html('<ins><span class="visually-hidden">{} </span>{}</ins>', _("new:"), piece.text)
        case Kind.SAME:
            return piece.text
