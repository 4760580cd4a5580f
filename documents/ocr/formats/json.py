"""JSON with words and boxes. ``docs/formats.md`` describes it, ``docs/ocrsite.schema.json`` is its schema."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import count, islice

from documents.entities.entity import Entity
from documents.ocr.elements import PageText, Word
from documents.ocr.formats.entry import PageEntry, utf8
from documents.ocr.insets import Inset, InsetCell
from documents.ocr.readers import readers_of


def write(pages: Iterable[PageEntry], about: Mapping[str, object]) -> Iterator[bytes]:
    """One object: what ``about`` says, then ``pages``."""
    head = json.dumps(dict(about), ensure_ascii=False)[:-1]
    yield utf8(head + (", " if about else "") + '"pages": [')
    separator = "\n"
    for entry in pages:
        yield utf8(separator + json.dumps(page_object(entry), ensure_ascii=False))
        separator = ",\n"
    yield b"\n]}\n"


def page_object(entry: PageEntry) -> dict[str, object]:
    """A page. What is not known of an unread page is null."""
    page = entry.page
    return {
        "number": entry.number,
        "state": entry.state,
        "error": asdict(entry.error) if entry.error else None,
        "width": page.width if page else None,
        "height": page.height if page else None,
        "rotation": page.rotation if page else None,
        "languages": list(page.languages) if page else [],
        "read_by": _readers(page) if page else [],
        "text": page.text if page else "",
        "mean_confidence": _rounded(page.confidence) if page else None,
        "words": [_word_object(word) for word in page.words] if page else [],
        "tables": [_table_object(table) for table in entry.text_tables],
        "entities": [_entity_object(entity) for entity in entry.entities],
    }


def _readers(page: PageText) -> list[dict[str, str]]:
    return [reader._asdict() for reader in readers_of(page.engine, page.engine_version)]


def _word_object(word: Word) -> dict[str, object]:
    return {"text": word.text, "confidence": _rounded(word.confidence), **word.box._asdict()}


def _table_object(table: Inset) -> dict[str, object]:
    words = count(table.first)
    return {
        "direction": table.direction,
        "columns": table.columns,
        "head": table.head,
        "rows": [[_cell_object(cell, [*islice(words, cell.size)]) for cell in row] for row in table.rows],
    }


def _cell_object(cell: InsetCell, words: list[int]) -> dict[str, object]:
    return {"column": cell.column, "span": cell.span, "words": words}


def _entity_object(entity: Entity) -> dict[str, object]:
    found: dict[str, object] = {
        "kind": entity.kind,
        "text": entity.text,
        "value": entity.value,
        "start": entity.start,
        "end": entity.end,
    }
    if entity.number is not None:
        found |= {"number": float(entity.number), "currency": entity.currency}
    return found


def _rounded(confidence: float | None) -> float | None:
    return None if confidence is None else round(confidence, 1)
