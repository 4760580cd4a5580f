"""What the pages need to know of downloads, and of the tables that can be looked at and downloaded."""

from django import template

from documents import selectors
from documents.models import Document
from documents.ocr.files.filetypes import PDF
from documents.services.pdf import takes_long

register = template.Library()


@register.filter
def takes_long_as_pdf(document: Document) -> bool:
    """Whether nobody should wait in front of a page until its PDF is made."""
    return takes_long(document=document)


@register.simple_tag
def may_have_tables(document: Document) -> bool:
    """Whether it makes sense to offer these."""
    return selectors.may_have_tables(document)


@register.simple_tag
def page_with_tables(document: Document, number: int) -> int | None:
    """The page to look at them from page ``number`` on; None where there are none."""
    return selectors.page_with_tables(document, number)


@register.filter
def came_as_pdf(document: Document) -> bool:
    """Whether the text of its pages may be one that can be seen, which a PDF of ours leaves as it is."""
    return document.originals.filter(media_type=PDF.media_type).exists()
