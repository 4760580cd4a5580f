"""Marks that say where a page belongs, indexed beside its words: permission is a term of the question. Pure.

They are looked up in a column of their own, where no word of a page can pass for one.
"""

from uuid import UUID

FIRST_PAGE = "f"


def collection_mark(collection_id: int) -> str:
    return f"c{collection_id}"


def document_mark(document_id: UUID) -> str:
    return f"d{document_id.hex}"
