"""What the pages need to know of downloads."""

from django import template

from documents.models import Document
from documents.services.pdf import takes_long

register = template.Library()


@register.filter
def takes_long_as_pdf(document: Document) -> bool:
    """Whether nobody should wait in front of a page until its PDF is made."""
    return takes_long(document=document)
