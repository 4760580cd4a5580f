"""How far the work on a run, and through it on a document, has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The state of a run and, seen through its latest run, of a document."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being read")
    DONE = "done", _("read")
    PARTLY_FAILED = "partly_failed", _("partly read")
    FAILED = "failed", _("not read")
    CANCELLED = "cancelled", _("cancelled")

    @property
    def is_over(self) -> bool:
        return self not in (State.QUEUED, State.RUNNING)
