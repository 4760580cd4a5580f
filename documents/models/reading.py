"""Pages, the work of reading them, and what was read."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document, Original
from documents.models.state import State
from documents.ocr.elements import PageText
from documents.ocr.insets import Inset, insets
from documents.ocr.options import Cleaning
from documents.ocr.packing import unpack, unpack_with_tables


class Pictured(models.Model):
    """The upright page on which word boxes lie, and the pictures of it that a browser shows.

    ``width`` and ``height`` are pixels of the page itself, 0 until it was loaded; ``image`` is a JPEG of
    at most 2,000 pixels on its longer side.
    """

    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    rotation = models.PositiveSmallIntegerField(
        default=0, help_text="Degrees clockwise that made it upright."
    )
    image = models.CharField(max_length=300, blank=True, help_text="Name in the storage.")
    thumbnail = models.CharField(max_length=300, blank=True, help_text="Name in the storage.")

    class Meta:
        abstract = True


class Page(Pictured):
    """One page: where it comes from, how it looks, and its current text.

    A page whose text a person corrected or proofread keeps it when it is read again: what was read waits as
    its ``proposal``.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="pages")
    index = models.PositiveIntegerField(help_text="Of the page within its original, from 0.")
    current = models.ForeignKey("Transcription", on_delete=models.SET_NULL, null=True, related_name="+")
    proposal = models.ForeignKey(
        "Transcription",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="A reading that waits for a person to say what of it is right.",
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(
        null=True, help_text="When a person chose the current text; empty where it is as it was read."
    )
    proofread_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proofread_at = models.DateTimeField(null=True, help_text="When a person said that the text is right.")
    has_tables = models.BooleanField(null=True, help_text="In the current text, as that says itself.")

    job: "PageJob | None"  # set by selectors.pages_of: the latest work on the page

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="one_page_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.number}"


class OcrRun(models.Model):
    """One request to recognise a document or some of its pages. ``languages`` empty: detect.

    ``engine`` is IMPORT where all of its pages came with a text.
    """

    IMPORT: ClassVar = "import"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="runs")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    languages = models.JSONField(default=list)
    engine = models.CharField(max_length=30)
    asked_engine = models.CharField(
        max_length=30,
        blank=True,
        db_default="",
        help_text="The engine that somebody chose; empty for the site's.",
    )
    engine_version = models.CharField(max_length=60, blank=True)
    cleaning = models.CharField(max_length=20, default=Cleaning.AUTO.value)
    priority = models.SmallIntegerField(
        default=0, help_text="Of its pages in the queue: 0, or down to -100 for what nobody waits for."
    )
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    pages_total = models.PositiveIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)
    pages_failed = models.PositiveIntegerField(default=0)
    mean_confidence = models.FloatField(null=True)

    # Set by selectors.runs_of: does the document show what this run read, how long did the reading take, of
    # which pages, where they were not all, and in which languages?
    is_current: bool
    seconds: float | None
    chosen_pages: list[int]
    told_languages: list[str]

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["document", "-created_at", "-id"], name="run_newest")]

    def __str__(self) -> str:
        return f"{self.document} · {self.created_at:%Y-%m-%d %H:%M}"


class PageJob(models.Model):
    """The work of one page in one run. It is work, not a result.

    A job is claimed by one UPDATE that sets a fresh token and a lease; a result is written only
    where the token still matches (``services.leases``).
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("being read")
        DONE = "done", _("read")
        FAILED = "failed", _("not read")
        CANCELLED = "cancelled", _("cancelled")

    run = models.ForeignKey(OcrRun, on_delete=models.CASCADE, related_name="jobs")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="jobs")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    enqueued_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=40, blank=True)
    error_params = models.JSONField(default=dict)
    given = models.BinaryField(
        null=True,
        help_text="A text that came with the image, packed, which is not read then; empty once it was taken.",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "page"], name="one_job_per_page_and_run")
        ]
        indexes: ClassVar = [
            # sweep() looks at open jobs only; they are few among millions of finished ones.
            models.Index(
                fields=["state", "lease_until"], name="job_open", condition=Q(state__in=["queued", "running"])
            ),
            models.Index(fields=["run", "state"], name="job_progress"),
            models.Index(fields=["run", "finished_at"], name="job_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.page} · {self.state}"


class Transcription(Pictured):
    """One reading of one page. Never overwritten; a page points at its current one.

    It keeps the pictures that its boxes lie on, since another run may have turned the page otherwise. A
    person's has an author and says which text was changed; an engine's has a run.
    """

    class Source(models.TextChoices):
        RUN = "run", _("read by an engine")
        PERSON = "person", _("corrected by a person")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="transcriptions")
    run = models.ForeignKey(OcrRun, on_delete=models.CASCADE, null=True, related_name="transcriptions")
    source = models.CharField(max_length=6, choices=Source, db_default=Source.RUN)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    based_on = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="followers",
        help_text="The text that the author changed.",
    )
    reading = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The engine's reading that a person's text goes back to.",
    )
    taken_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The text that was restored, or that the author took words from.",
    )
    together = models.UUIDField(null=True, help_text="The same for changes that are undone as one.")
    languages = models.JSONField(default=list)
    mean_confidence = models.FloatField(null=True)
    seconds = models.FloatField(default=0, help_text="Of the engine.")
    created_at = models.DateTimeField(auto_now_add=True)
    # The long columns come last: SQLite walks through them to reach any that follow.
    text = models.TextField()
    packed = models.BinaryField(help_text="Blocks, lines and words with their boxes: see ocr/packing.py.")
    suggested = models.JSONField(
        null=True, help_text="Languages that the page seems to be in; empty for its own."
    )
    has_tables = models.BooleanField(null=True, help_text="Empty in a text from before that was noted.")

    class Meta:
        constraints: ClassVar = [
            # Persons' have no run, so that a page may have many of them.
            models.UniqueConstraint(fields=["page", "run"], name="one_reading_per_page_and_run"),
            models.CheckConstraint(
                condition=Q(source="run", run__isnull=False) | Q(source="person", run=None),
                name="a_run_or_a_person_wrote_it",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["together"], name="changed_together", condition=Q(together__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.page} · {self.run_id or self.author}"

    @property
    def engine_reading_id(self) -> int | None:
        """The key of the engine's reading that it goes back to: its own where it is one; None without any."""
        return self.pk if self.source == self.Source.RUN else self.reading_id

    @cached_property
    def came_along(self) -> bool:
        """Did it come with the image, not from an engine? Other pages of the run may have been read.

        Lists of texts are fetched with it: each that is not asks the database.
        """
        given = PageJob.objects.filter(page=self.page_id, run=self.run_id, given__isnull=False)
        return self.run_id is not None and given.exists()

    @property
    def page_text(self) -> PageText:
        return unpack(self.packed)

    @property
    def text_with_tables(self) -> tuple[PageText, tuple[Inset, ...]]:
        """The text, and the tables that stand in it, looked for where that was not done when it was kept."""
        text, tables = self.text_with_noted_tables
        return text, insets(text) if tables is None else tables

    @property
    def text_with_noted_tables(self) -> tuple[PageText, tuple[Inset, ...] | None]:
        """The text, and the tables that were noted with it; None for one from before that was done."""
        return unpack_with_tables(self.packed)


class KnownWord(models.Model):
    """A name or a term that a person said is no mistake, whatever the engine's doubts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_words")
    word = models.CharField(_("word"), max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["word"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "word"], name="one_known_word_per_user")
        ]

    def __str__(self) -> str:
        return self.word
