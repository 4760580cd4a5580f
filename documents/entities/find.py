"""All that is found in a page, each character read as one thing only."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from documents.entities.addresses import find_emails, find_urls
from documents.entities.amounts import find_amounts
from documents.entities.countries import countries_of
from documents.entities.dates import find_dates
from documents.entities.entity import Entity
from documents.entities.names import find_names
from documents.entities.numbers import find_ibans, find_vat_numbers
from documents.entities.phones import find_phones

_Finder = Callable[[str, tuple[str, ...]], Iterable[Entity]]
_LONGEST = 200_000  # characters that are looked at; a dense page of print has 20,000


def find_entities(text: str, languages: Iterable[str]) -> tuple[Entity, ...]:
    """What stands in ``text``, in its order; ``languages`` are codes of packs, the main one first."""
    left, codes = text[:_LONGEST], tuple(languages)
    found: list[Entity] = []
    for find in _finders(left):
        entities = list(_apart(find(left, codes)))
        left = _without(entities, left)
        found += entities
    return tuple(sorted(found, key=lambda entity: entity.start))


def _finders(text: str) -> tuple[_Finder, ...]:
    """The surest first: a later one does not see what an earlier one took."""
    phones = partial(find_phones, countries=countries_of(text))
    return (
        find_ibans, find_vat_numbers, find_emails, find_urls, find_dates, find_amounts, phones, find_names
    )  # fmt: skip


def _apart(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Those of ``entities``, which stand in their order, that do not begin inside another."""
    free = 0
    for entity in entities:
        if entity.start >= free:
            free = entity.end
            yield entity


def _without(entities: Iterable[Entity], text: str) -> str:
    """``text``, as long as it was, with line ends in the place of ``entities``: nothing is read across."""
    parts, done = [], 0
    for entity in entities:
        parts += [text[done : entity.start], "\n" * (entity.end - entity.start)]
        done = entity.end
    return "".join([*parts, text[done:]])
