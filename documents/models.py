"""Rows and constraints. Who writes them: ``services``; who reads them: ``selectors``."""

import unicodedata
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from documents.ocr.elements import PageText
from documents.ocr.packing import unpack


def fold(text: str) -> str:
    """``text`` as it is compared: case, accents and full-width forms folded away."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


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


class Collection(models.Model):
    """A set of documents with members: the one unit of permission."""

    name = models.CharField(_("name"), max_length=200)
    personal_of = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="personal_collection",
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="collections"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    class Role(models.TextChoices):
        VIEWER = "viewer", _("viewer")
        EDITOR = "editor", _("editor")
        OWNER = "owner", _("owner")

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.VIEWER)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "user"], name="one_role_per_member")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class Document(models.Model):
    """What a person uploaded: one original file, or several images read as one.

    ``state``, ``pages_done``, ``mean_confidence`` and ``languages`` repeat what runs and pages say,
    so that a list of thousands reads one table; ``services.progress`` alone writes them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="documents")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=300)
    title_folded = models.CharField(max_length=600, editable=False)
    sha256 = models.CharField(
        max_length=64, help_text="Of the original; of the originals' hashes when they are several."
    )
    byte_size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    page_count = models.PositiveIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)
    mean_confidence = models.FloatField(null=True)
    languages = models.JSONField(default=list, help_text="Codes that the current text was read with.")
    is_locked = models.BooleanField(default=False, help_text="A PDF that waits for its password.")

    cover: "Page | None"  # set by listing: the first page

    class Meta:
        indexes: ClassVar = [
            # With the title, a list filtered by it reads rows only where the title fits.
            models.Index(fields=["collection", "-created_at", "-id", "title_folded"], name="document_newest"),
            models.Index(fields=["collection", "title_folded", "id"], name="document_title"),
            models.Index(fields=["collection", "sha256"], name="document_sha256"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.title_folded = fold(self.title)[:600]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Original(models.Model):
    """One stored file of a document, byte for byte as it came.

    ``readable`` is the name of an unlocked copy of a PDF that has a password; the password itself
    is never stored.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="originals")
    position = models.PositiveIntegerField()
    file = models.CharField(max_length=300, help_text="Name in the storage.")
    readable = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=300, help_text="As the person's computer called it.")
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64, db_index=True)
    byte_size = models.PositiveBigIntegerField()
    page_count = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "position"], name="one_original_per_position")
        ]

    def __str__(self) -> str:
        return self.name


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
    """One page: where it comes from, how it looks, and its current text."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="pages")
    index = models.PositiveIntegerField(help_text="Of the page within its original, from 0.")
    current = models.ForeignKey("Transcription", on_delete=models.SET_NULL, null=True, related_name="+")

    job: "PageJob | None"  # set by selectors.pages_of: the latest work on the page

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="one_page_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.number}"


class OcrRun(models.Model):
    """One request to recognise a document or some of its pages. ``languages`` empty: detect."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="runs")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    languages = models.JSONField(default=list)
    engine = models.CharField(max_length=30)
    engine_version = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    pages_total = models.PositiveIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)
    pages_failed = models.PositiveIntegerField(default=0)
    mean_confidence = models.FloatField(null=True)

    # Set by selectors.runs_of: does the document show what this run read, how long did the reading take, and
    # of which pages, where they were not all?
    is_current: bool
    seconds: float | None
    chosen_pages: list[int]

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

    It keeps the pictures that its boxes lie on, since another run may have turned the page otherwise.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="transcriptions")
    run = models.ForeignKey(OcrRun, on_delete=models.CASCADE, related_name="transcriptions")
    languages = models.JSONField(default=list)
    mean_confidence = models.FloatField(null=True)
    seconds = models.FloatField(default=0, help_text="Of the engine.")
    created_at = models.DateTimeField(auto_now_add=True)
    # The long columns come last: SQLite walks through them to reach any that follow.
    text = models.TextField()
    packed = models.BinaryField(help_text="Blocks, lines and words with their boxes: see ocr/packing.py.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "run"], name="one_reading_per_page_and_run")
        ]

    def __str__(self) -> str:
        return f"{self.page} · {self.run_id}"

    @property
    def page_text(self) -> PageText:
        return unpack(self.packed)
