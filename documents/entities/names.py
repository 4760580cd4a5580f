"""People, places and organisations, where spaCy and a model for a language of the page are installed.

spaCy is no dependency: without it, or without a model, nothing is found and nothing is loaded.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from documents.entities.entity import Entity, Kind
from documents.entities.locales import cldr_codes

# The labels of OntoNotes (English, Chinese) and of WikiNER and others (most languages).
_KINDS: dict[str, Kind] = {
    "PERSON": "person", "PER": "person", "persName": "person",
    "GPE": "place", "LOC": "place", "FAC": "place", "geogName": "place", "placeName": "place",
    "ORG": "organisation", "orgName": "organisation", "ORGANIZATION": "organisation",
}  # fmt: skip
# Parts of a pipeline that find no names and take most of its time.
_NOT_NEEDED = ("parser", "senter", "lemmatizer", "attribute_ruler")
_LONGEST = 20_000  # characters; a model needs about 1 GB for 100,000

Pipeline = Callable[[str], Any]


def find_names(text: str, languages: tuple[str, ...]) -> Iterator[Entity]:
    """What the model of the page's main language finds; nothing where there is none."""
    pipeline = _pipeline(cldr_codes(languages)[0])
    if pipeline is not None:
        yield from names_of(pipeline(text[:_LONGEST]).ents)


def names_of(spans: Iterable[Any]) -> Iterator[Entity]:
    """spaCy's spans as entities; labels that are no names are left out."""
    for span in spans:
        kind = _KINDS.get(span.label_)
        if kind and any(letter.isalpha() for letter in span.text):
            yield Entity(kind, span.text, " ".join(span.text.split()), span.start_char, span.end_char)


@lru_cache(maxsize=4)
def _pipeline(language: str) -> Pipeline | None:
    """The first installed model of ``language``, such as ``de_core_news_sm``."""
    if find_spec("spacy") is None:
        return None
    spacy = import_module("spacy")
    models = sorted(spacy.util.get_installed_models())
    name = next((model for model in models if model.startswith(f"{language}_")), None)
    pipeline: Pipeline | None = spacy.load(name, exclude=list(_NOT_NEEDED)) if name else None
    return pipeline
