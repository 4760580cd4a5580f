"""One change to many documents: asked for here, made in the background, given up or undone."""

from documents.services.bulk.actions import Selection, cancel, is_undoable, require_clear, start, undo
from documents.services.bulk.slices import work
from documents.services.bulk.upkeep import forget_old, sweep

__all__ = [
    "Selection", "cancel", "forget_old", "is_undoable", "require_clear", "start", "sweep", "undo", "work",
]  # fmt: skip
