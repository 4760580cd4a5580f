"""What was found in the texts: for the page of a document, and as conditions of a search."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain, zip_longest
from operator import or_
from uuid import UUID

import regex
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from documents.models import Document, Entity
from documents.models.fact import Domain
from documents.search.query.parse import phrase, with_filter
from documents.search.query.tree import Comparison, Filter

Kind = Entity.Kind

# What the comparisons of a filter are called in a lookup.
LOOKUPS: Mapping[Comparison, str] = {"=": "exact", "<": "lt", ">": "gt", "<=": "lte", ">=": "gte"}

# How many different values of a document are shown: a price list has thousands.
SHOWN = 40
FOREMOST = 8  # of them in sight, which is a line or two

_OF_A_CHIP = ("kind", "value", "text", "start", "page__number")
_Rows = Callable[[Filter], QuerySet[Entity]]
_Value = tuple[int, int]  # the key of the first entity that has it, and how many have


@dataclass(frozen=True, slots=True)
class Chip:
    """One value: as it stands first, from letter ``start`` of page ``page`` on, and how often in all.

    ``query`` finds it in the archive, ``phrase`` marks it in its document.
    """

    kind: Kind
    text: str
    count: int
    page: int
    start: int
    phrase: str
    query: str


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one kind; ``more`` are those that are not among ``chips``."""

    kind: Kind
    chips: tuple[Chip, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a document: ``count`` different values, of which some are ``foremost``."""

    foremost: tuple[Chip, ...]
    groups: tuple[Group, ...]
    count: int


def found_in(document: Document, *, limit: int = SHOWN) -> Found:
    """At most ``limit`` values of all kinds, each kind with its share; and the foremost."""
    values = _values(document)
    share = max(1, limit // max(1, len(values)))
    shown = {kind: found[:share] for kind, found in values.items()}
    foremost = _foremost(values)
    chips = _chips([*foremost, *chain.from_iterable(shown.values())])
    return Found(
        tuple(chips[value] for value in foremost),
        tuple(
            Group(kind, tuple(chips[value] for value in shown[kind]), more=len(found) - len(shown[kind]))
            for kind, found in values.items()
        ),
        sum(map(len, values.values())),
    )


def _values(document: Document) -> dict[Kind, list[_Value]]:
    """All of them by their kinds, in the order of the text."""
    rows = Entity.objects.filter(document=document).values("kind", "value")
    rows = rows.annotate(count=Count("pk"), first=Min("pk"))
    of_kind: dict[str, list[_Value]] = {}
    for kind, first, count in rows.order_by("first").values_list("kind", "first", "count"):
        of_kind.setdefault(kind, []).append((first, count))
    return {kind: of_kind[kind] for kind in Kind if kind in of_kind}


def _foremost(values: Mapping[Kind, Sequence[_Value]]) -> list[_Value]:
    """What stands there most often, as a total does and an address; each kind has its turn."""
    by_count = [sorted(found, key=lambda value: -value[1])[:FOREMOST] for found in values.values()]
    in_turn = [value for turn in zip_longest(*by_count) for value in turn if value]
    taken = set(in_turn[:FOREMOST])
    return [value for value in chain.from_iterable(values.values()) if value in taken]


def _chips(values: Iterable[_Value]) -> dict[_Value, Chip]:
    wanted = set(values)
    rows = Entity.objects.select_related("page").only(*_OF_A_CHIP)
    entities = rows.in_bulk([first for first, _count in wanted])
    return {value: _chip(entities[value[0]], value[1]) for value in wanted}


def _chip(entity: Entity, count: int) -> Chip:
    text = " ".join(entity.text.split())
    return Chip(
        Kind(entity.kind),
        text,
        count,
        entity.page.number,
        entity.start,
        phrase(text),
        with_filter("", entity.kind, entity.value),
    )


def places_in(
    document: Document,
    *,
    kind: Kind | None = None,
    page: int | None = None,
    after: tuple[int, int] | None = None,
) -> QuerySet[Entity]:
    """All that was found, each time that it stands there, in the order of the text; with its page.

    Of one ``kind``, and on one ``page``, by its number, where they are named; ``after`` is the number of a
    page and a ``start`` on it behind which to begin.
    """
    rows = Entity.objects.filter(document=document).select_related("page")
    if kind:
        rows = rows.filter(kind=kind)
    if page:
        rows = rows.filter(page__number=page)
    if after:
        number, start = after
        rows = rows.filter(Q(page__number__gt=number) | Q(page__number=number, start__gt=start))
    return rows.order_by("page__number", "start")


def first_found(asked: Filter, document_ids: Sequence[UUID]) -> dict[UUID, Chip]:
    """What ``asked`` asks for, ``has:`` too: the first one in each of the documents that have it."""
    rows = _rows(asked)
    if rows is None:
        return {}
    theirs = rows.filter(document__in=document_ids).order_by().values("document")
    first = theirs.annotate(first=Min("pk")).values("first")
    found = Entity.objects.select_related("page").only("document", *_OF_A_CHIP).filter(pk__in=first)
    return {entity.document_id: _chip(entity, 1) for entity in found}


def _rows(asked: Filter) -> QuerySet[Entity] | None:
    """None where ``asked`` is about nothing that is found in a text."""
    if asked.field == "has" and asked.value in Kind.values:
        return Entity.objects.filter(kind=asked.value)
    return _ROWS[asked.field](asked) if asked.field in _ROWS else None


def has(kind: Kind) -> Q:
    """Documents in which something of ``kind`` was found."""
    return _some(Entity.objects.filter(kind=kind))


def condition(asked: Filter) -> Q:
    """What ``asked``, whose field is among `FIELDS`, means for a Document."""
    rows = _ROWS[asked.field](asked)
    return _some(rows) if asked.field == "amount" else _those(rows)


def _some(rows: QuerySet[Entity]) -> Q:
    """Asked of each document in turn: many may have one, and few are shown."""
    return Q(Exists(rows.filter(document=OuterRef("pk"))))


def _those(rows: QuerySet[Entity]) -> Q:
    """Looked up by the value: few have it."""
    return Q(pk__in=rows.values("document"))


def _beginning(value: str) -> dict[str, str]:
    """As a range, which an index knows; the values begin with it that lie before the last character."""
    return {"value__gte": value, "value__lt": f"{value}\U0010ffff"}


def _amount(asked: Filter) -> QuerySet[Entity]:
    compared = {f"number__{LOOKUPS[asked.comparison]}": asked.value}
    rows = Entity.objects.filter(kind=Kind.AMOUNT, **compared)
    if not asked.currencies:
        return rows
    return rows.filter(reduce(or_, (Q(value__endswith=f" {code}") for code in asked.currencies)))


def _compact(kind: Kind) -> _Rows:
    """Numbers that are written with and without spaces."""

    def read(asked: Filter) -> QuerySet[Entity]:
        figures = regex.sub(r"[^\p{L}\d]", "", str(asked.value)).upper()
        return Entity.objects.filter(kind=kind, **_beginning(figures))

    return read


def _phone(asked: Filter) -> QuerySet[Entity]:
    """With the code of the country, or without it as people dial at home."""
    figures = regex.sub(r"\D", "", str(asked.value))
    phones = Entity.objects.filter(kind=Kind.PHONE)
    if str(asked.value).lstrip().startswith("+"):
        return phones.filter(**_beginning(f"+{figures}"))
    return phones.filter(value__endswith=figures.lstrip("0") or "-")


def _email(asked: Filter) -> QuerySet[Entity]:
    """The whole address, or what stands after its @."""
    value = str(asked.value).lower()
    if value.partition("@")[0] and "@" in value:
        return Entity.objects.filter(kind=Kind.EMAIL, value=value)
    domain = Entity.objects.annotate(domain=Domain("value")).filter(domain=f"@{value.lstrip('@')}")
    return domain.filter(kind=Kind.EMAIL)


def _date(asked: Filter) -> QuerySet[Entity]:
    """A day, or the beginning of its ISO form: ``2024``, ``2024-03``."""
    return Entity.objects.filter(kind=Kind.DATE, **_beginning(str(asked.value)))


def _part(kind: Kind) -> _Rows:
    def read(asked: Filter) -> QuerySet[Entity]:
        return Entity.objects.filter(kind=kind, value__icontains=str(asked.value))

    return read


# What a filter of a search asks for among all that was found, by the name of its field.
_ROWS: Mapping[str, _Rows] = {
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
FIELDS = tuple(_ROWS)
