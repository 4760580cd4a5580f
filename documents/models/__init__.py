"""Rows and constraints. Who writes them: ``services``; who reads them: ``selectors``."""

from documents.models.collection import Collection, Invitation, Membership, Role
from documents.models.deed import BulkAction, BulkItem, Event
from documents.models.document import DateSource, Document, Note, Original, Tag
from documents.models.fact import Entity, Fingerprint, Likeness
from documents.models.finding import SavedSearch, SearchEntry, SearchWord
from documents.models.reading import KnownWord, OcrRun, Page, PageJob, Pictured, Transcription
from documents.models.state import State
from documents.models.trial import Trial

__all__ = [
    "BulkAction",
    "BulkItem",
    "Collection",
    "DateSource",
    "Document",
    "Entity",
    "Event",
    "Fingerprint",
    "Invitation",
    "KnownWord",
    "Likeness",
    "Membership",
    "Note",
    "OcrRun",
    "Original",
    "Page",
    "PageJob",
    "Pictured",
    "Role",
    "SavedSearch",
    "SearchEntry",
    "SearchWord",
    "State",
    "Tag",
    "Transcription",
    "Trial",
]
