"""Dates, sums, addresses and numbers in the text of a page. Pure: no Django, no settings."""

from documents.entities.dating import document_date
from documents.entities.entity import Entity, Kind
from documents.entities.find import find_entities

__all__ = ["Entity", "Kind", "document_date", "find_entities"]
