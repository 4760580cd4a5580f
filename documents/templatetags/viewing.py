"""What the script of the reader needs to know of a page."""

from django import template
from django.urls import reverse

from documents import storage
from documents.models import Page
from documents.services import cleaned, pieces

register = template.Library()


@register.simple_tag
def piece_levels(page: Page) -> str:
    """The levels in which its pieces are to be had, ``0 1``; empty where its picture shows all there is."""
    return " ".join(map(str, pieces.levels(page)))


@register.simple_tag
def pieces_url(page: Page) -> str:
    return _address("page_pieces", page)


@register.simple_tag
def cleaned_url(page: Page) -> str:
    """Where it is to be had as the engine saw it; empty where none read the text."""
    reading_id = cleaned.reading_of(page)
    return reverse("page_cleaned", args=[page.document_id, page.number, reading_id]) if reading_id else ""


def _address(view: str, page: Page) -> str:
    return reverse(view, args=[page.document_id, page.number, storage.version_of(page.image)])
