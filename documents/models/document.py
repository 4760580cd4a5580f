"""Documents, the files they came as, and what people say about them."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.collection import Collection
from documents.models.state import State
from documents.ocr.options import Cleaning
from documents.search.text.analysis import fold

if TYPE_CHECKING:
    from documents.models.reading import Page


_KEPT = Q(trashed_at=None)


class DateSource(models.TextChoices):
    """Where the date of a document comes from."""

    UPLOAD = "upload", _("day of the upload")
    TEXT = "text", _("found in the text")
    PERSON = "person", _("entered")


class Tag(models.Model):
    """A label of one collection's documents. A ``/`` in its name nests it: ``tax/2024`` lies in ``tax``."""

    class Colour(models.TextChoices):
        GREY = "grey", _("grey")
        RED = "red", _("red")
        ORANGE = "orange", _("orange")
        YELLOW = "yellow", _("yellow")
        GREEN = "green", _("green")
        TEAL = "teal", _("teal")
        BLUE = "blue", _("blue")
        VIOLET = "violet", _("violet")

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("name"), max_length=100)
    name_folded = models.CharField(max_length=200, editable=False)
    colour = models.CharField(_("colour"), max_length=10, choices=Colour, default=Colour.GREY)

    class Meta:
        ordering: ClassVar = ["name_folded"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "name_folded"], name="one_tag_per_name")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_folded = fold(self.name)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


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
    cleaning = models.CharField(
        max_length=20,
        default=Cleaning.AUTO.value,
        help_text="What is done to its pages before they are read.",
    )
    is_locked = models.BooleanField(default=False, help_text="A PDF that waits for its password.")
    dated_on = models.DateField(_("date"), default=timezone.localdate)
    date_source = models.CharField(max_length=6, choices=DateSource, default=DateSource.UPLOAD)
    tags = models.ManyToManyField(Tag, related_name="documents", blank=True)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        db_index=False,
        related_name="replaced_by",
        help_text="The older version of the same paper.",
    )
    trashed_at = models.DateTimeField(null=True)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    cover: "Page | None"  # set by listing: the first page
    newer: "Document | None"  # set by selectors.versions: what replaces it

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["collection", "-created_at", "-id"],
                name="document_newest",
                condition=Q(trashed_at=None),
            ),
            models.Index(
                fields=["collection", "title_folded", "id"],
                name="document_title",
                condition=Q(trashed_at=None),
            ),
            models.Index(
                fields=["collection", "-dated_on", "-id"], name="document_dated", condition=Q(trashed_at=None)
            ),
            models.Index(
                fields=["collection", "languages"],
                name="document_languages",
                condition=Q(trashed_at=None),
            ),
            # IS NOT NULL: SQLite takes it for what a question with a time asks; NOT (… IS NULL) it does not.
            models.Index(
                fields=["trashed_at"], name="document_trashed", condition=Q(trashed_at__isnull=False)
            ),
            models.Index(fields=["collection", "sha256"], name="document_sha256"),
            # Few have it: SQLite takes an index of nulls for one of no use, once it has counted.
            models.Index(fields=["replaces"], name="document_replaces", condition=Q(replaces__isnull=False)),
            models.Index(fields=["collection"], name="document_locked", condition=Q(is_locked=True)),
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


class Note(models.Model):
    """What somebody wrote about a document, for all who may see it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("note"), max_length=10_000)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.document} · {self.author}"
