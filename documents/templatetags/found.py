"""What was found in a text, as the pages show it."""

from collections.abc import Mapping

from django import template

from documents.models import Entity

register = template.Library()

_ICONS: Mapping[str, str] = {
    Entity.Kind.DATE: "calendar",
    Entity.Kind.AMOUNT: "banknotes",
    Entity.Kind.EMAIL: "at-symbol",
    Entity.Kind.URL: "link",
    Entity.Kind.PHONE: "phone",
    Entity.Kind.IBAN: "building-library",
    Entity.Kind.VAT: "receipt-percent",
    Entity.Kind.PERSON: "user",
    Entity.Kind.PLACE: "map-pin",
    Entity.Kind.ORGANISATION: "building-office",
}


@register.filter
def icon(kind: str) -> str:
    """The name of the picture that stands for ``kind``."""
    return _ICONS[kind]
