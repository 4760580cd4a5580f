"""The adapter to spaCy, which is not installed here: spans are what its pipelines give."""

from dataclasses import dataclass

from documents.entities import find_entities
from documents.entities.names import names_of


@dataclass(frozen=True)
class Span:
    text: str
    label_: str
    start_char: int
    end_char: int


def test_names_keep_their_kind_and_place() -> None:
    spans = [Span("Ada\nLovelace", "PERSON", 0, 12), Span("Genf", "LOC", 20, 24), Span("WHO", "ORG", 30, 33)]
    assert [(entity.kind, entity.value, entity.start, entity.end) for entity in names_of(spans)] == [
        ("person", "Ada Lovelace", 0, 12),
        ("place", "Genf", 20, 24),
        ("organisation", "WHO", 30, 33),
    ]


def test_what_is_no_name_is_left_out() -> None:
    assert list(names_of([Span("12", "CARDINAL", 0, 2), Span("--", "ORG", 3, 5)])) == []


def test_without_a_model_nothing_changes() -> None:
    assert find_entities("Ada Lovelace lived in London.", ["eng"]) == ()
