"""What was found in the texts: for the page of a document, and as conditions of a search."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

import regex
from django.db.models import Count, Exists, Min, OuterRef, Q

from documents.models import Document, Entity
from documents.models.fact import Domain
from documents.search.query import with_filter
from documents.search.tree import Comparison, Filter

Kind = Entity.Kind

# What the comparisons of a filter are called in a lookup.
LOOKUPS: Mapping[Comparison, str] = {"=": "exact", "<": "lt", ">": "gt", "<=": "lte", ">=": "gte"}

# How many different values of a document are shown: a price list has thousands.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Chip:
    """One value: as its first page has it, how often, and the query that finds it everywhere."""

    text: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one kind; ``more`` are those that are not among ``chips``."""

    kind: Kind
    chips: tuple[Chip, ...]
    more: int


def groups(document: Document, *, limit: int = SHOWN) -> list[Group]:
    """What was found in ``document``, at most ``limit`` values of all kinds, each kind with its share."""
    rows = Entity.objects.filter(document=document).values("kind", "value")
    rows = rows.annotate(count=Count("pk"), first=Min("pk"))
    of_kind: dict[str, list[tuple[int, int]]] = {}
    for kind, first, count in rows.order_by("first").values_list("kind", "first", "count"):
        of_kind.setdefault(kind, []).append((first, count))
    share = max(1, limit // max(1, len(of_kind)))
    shown = {kind: found[:share] for kind, found in of_kind.items()}
    entities = Entity.objects.in_bulk([first for rows in shown.values() for first, _count in rows])
    return [
        Group(
            kind,
            tuple(_chip(entities[first], count) for first, count in shown[kind]),
            more=len(of_kind[kind]) - len(shown[kind]),
        )
        for kind in Kind
        if kind in of_kind
    ]


def _chip(entity: Entity, count: int) -> Chip:
    value = entity.value.partition(" ")[0] if entity.kind == Kind.AMOUNT else entity.value
    return Chip(" ".join(entity.text.split()), count, with_filter("", entity.kind, value))


def has(kind: Kind) -> Q:
    """Documents in which something of ``kind`` was found."""
    return _some(kind=kind)


def _some(**values: object) -> Q:
    """Asked of each document in turn: many may have one, and few are shown."""
    return Q(Exists(Entity.objects.filter(document=OuterRef("pk"), **values)))


def _those(**values: object) -> Q:
    """Looked up by the value: few have it."""
    return Q(pk__in=Entity.objects.filter(**values).values("document"))


def _beginning(value: str) -> dict[str, str]:
    """As a range, which an index knows; the values begin with it that lie before the last character."""
    return {"value__gte": value, "value__lt": f"{value}\U0010ffff"}


def _amount(asked: Filter) -> Q:
    compared = {f"number__{LOOKUPS[asked.comparison]}": asked.value}
    if not asked.currencies:
        return _some(kind=Kind.AMOUNT, **compared)
    in_one = (_some(kind=Kind.AMOUNT, value__endswith=f" {code}", **compared) for code in asked.currencies)
    return reduce(or_, in_one)


def _compact(kind: Kind) -> Callable[[Filter], Q]:
    """Numbers that are written with and without spaces."""

    def read(asked: Filter) -> Q:
        return _those(kind=kind, **_beginning(regex.sub(r"[^\p{L}\d]", "", str(asked.value)).upper()))

    return read


def _phone(asked: Filter) -> Q:
    """With the code of the country, or without it as people dial at home."""
    figures = regex.sub(r"\D", "", str(asked.value))
    if str(asked.value).lstrip().startswith("+"):
        return _those(kind=Kind.PHONE, **_beginning(f"+{figures}"))
    return _those(kind=Kind.PHONE, value__endswith=figures.lstrip("0") or "-")


def _email(asked: Filter) -> Q:
    """The whole address, or what stands after its @."""
    value = str(asked.value).lower()
    if value.partition("@")[0] and "@" in value:
        return _those(kind=Kind.EMAIL, value=value)
    domain = Entity.objects.annotate(domain=Domain("value")).filter(domain=f"@{value.lstrip('@')}")
    return Q(pk__in=domain.filter(kind=Kind.EMAIL).values("document"))


def _date(asked: Filter) -> Q:
    """A day, or the beginning of its ISO form: ``2024``, ``2024-03``."""
    return _those(kind=Kind.DATE, **_beginning(str(asked.value)))


def _part(kind: Kind) -> Callable[[Filter], Q]:
    def read(asked: Filter) -> Q:
        return _those(kind=kind, value__icontains=str(asked.value))

    return read


# What a filter of a search means for a Document, by the name of its field.
CONDITIONS: Mapping[str, Callable[[Filter], Q]] = {
    "amount": _amount,
    "iban": _compact(Kind.IBAN),
    "vat": _compact(Kind.VAT),
    "phone": _phone,
    "email": _email,
    "mentioned": _date,
    "url": _part(Kind.URL),
    "person": _part(Kind.PERSON),
    "place": _part(Kind.PLACE),
    "organisation": _part(Kind.ORGANISATION),
}
