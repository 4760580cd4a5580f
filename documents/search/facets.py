"""How many of the documents found lie where."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Substr
from django.utils.translation import get_language

from documents.models import Collection, Document
from documents.ocr.languages import name
from documents.search.index.candidates import among
from documents.search.results import Facet, Facets

_Key = TypeVar("_Key", int, str)

_MOST = 200  # of each kind; those with more documents come first


def facets_of(ids: Sequence[UUID | str]) -> Facets:
    """Of the documents ``ids``, which the one who asks may all see."""
    those = among(ids)
    # Dates and lists as their text: the year and the codes are in it, and it is fast to read.
    year, codes = Substr(Cast("dated_on", TextField()), 1, 4), Cast("languages", TextField())
    alike = Document.objects.filter(pk__in=those).order_by().values_list("collection", year, codes)
    places, years, languages = Counter[int](), Counter[int](), Counter[str]()
    for collection_id, year_of, codes_of, count in alike.annotate(Count("pk")):
        places[collection_id] += count
        years[int(year_of)] += count
        for code in json.loads(codes_of):
            languages[code] += count
    return Facets(
        collections=_collections(places),
        tags=_tags(those),
        languages=_facets(languages, {code: name(code, get_language() or "en") for code in languages}),
        years=tuple(Facet(str(year), str(year), years[year]) for year in sorted(years, reverse=True)),
    )


def _collections(counts: Counter[int]) -> tuple[Facet, ...]:
    """Two of the same name are one facet, as its filter finds both."""
    named = Counter[str]()
    for collection in Collection.objects.filter(pk__in=counts):
        named[collection.name] += counts[collection.pk]
    return _facets(named, {name: name for name in named})


def _tags(those: RawSQL) -> tuple[Facet, ...]:
    tagged = Document.tags.through.objects.filter(document__in=those).order_by()
    counts = Counter(dict(tagged.values_list("tag__name").annotate(Count("pk"))))
    return _facets(counts, {name: name for name in counts})


def _facets(counts: Mapping[_Key, int], labels: Mapping[_Key, str]) -> tuple[Facet, ...]:
    ordered = sorted(counts.items(), key=lambda row: (-row[1], labels[row[0]]))[:_MOST]
    return tuple(Facet(str(value), labels[value], count) for value, count in ordered)
