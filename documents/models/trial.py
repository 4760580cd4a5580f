"""Readings that are tried before anything of the document changes."""

from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.reading import Page
from documents.ocr.elements import Box, PageText
from documents.ocr.options import Cleaning, Layout
from documents.ocr.packing import unpack
from documents.ocr.surest import sure_words


class Trial(models.Model):
    """A page read with one kind of cleaning, or a part of it read by itself, for people to look at.

    It is work like a PageJob, with a token and a lease, and its own result; forgotten after a day.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        WORKING = "working", _("being read")
        DONE = "done", _("read")
        FAILED = "failed", _("not read")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="trials")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    languages = models.JSONField(default=list)
    engine = models.CharField(
        max_length=30,
        blank=True,
        db_default="",
        help_text="The name of the one that reads it; empty in older trials: the site's.",
    )
    cleaning = models.CharField(max_length=20, default=Cleaning.AUTO.value)
    layout = models.CharField(max_length=20, default=Layout.AUTO.value)
    region = models.JSONField(
        null=True, help_text="[x0, y0, x1, y1] in pixels of the upright page; empty for all of it."
    )
    rotation = models.PositiveSmallIntegerField(
        default=0, help_text="Degrees clockwise that made the page upright when the part was chosen."
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    token = models.UUIDField(null=True, help_text="Of the worker that has it.")
    lease_until = models.DateTimeField(
        null=True, help_text="Until then a worker has it or, while it waits, the queue is not asked."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=40, blank=True)
    error_params = models.JSONField(default=dict)
    picture = models.CharField(max_length=300, blank=True, help_text="Name in the storage.")
    words = models.PositiveIntegerField(default=0)
    mean_confidence = models.FloatField(null=True)
    text = models.TextField(blank=True)
    packed = models.BinaryField(null=True, help_text="What was read, in pixels of the page.")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.page} · {self.region or self.cleaning}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @cached_property
    def read(self) -> PageText | None:
        """What was read; None before it is done."""
        return unpack(self.packed) if self.packed else None

    @property
    def sure_words(self) -> int:
        return sure_words(self.read) if self.read else 0

    @property
    def part(self) -> Box | None:
        return Box(*self.region) if self.region else None
