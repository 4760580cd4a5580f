"""What people did, and what they asked to be done to many documents at once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document


class Event(models.Model):
    """One line of the audit trail. It outlives what it is about, so it repeats the names.

    What was done to many documents at once is a line of its own, about none of them, and one for each, a
    ``part_of`` it.
    """

    class Action(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        READ = "read", _("read")
        READ_AGAIN = "read_again", _("asked to read again")
        CANCELLED = "cancelled", _("cancelled the reading")
        SHOWN = "shown", _("chose another reading")
        RENAMED = "renamed", _("renamed")
        DATED = "dated", _("changed the date")
        MOVED = "moved", _("moved")
        TAGGED = "tagged", _("changed the tags")
        NOTED = "noted", _("wrote a note")
        TRASHED = "trashed", _("put in the trash")
        RESTORED = "restored", _("took out of the trash")
        DELETED = "deleted", _("deleted for good")
        MEMBER = "member", _("changed the members")
        VERSION = "version", _("made a version")
        KEPT = "kept", _("kept both copies")
        CORRECTED = "corrected", _("corrected the text")
        PROOFREAD = "proofread", _("proofread a page")

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    user_name = models.CharField(max_length=150, blank=True, help_text="Empty for the site itself.")
    action = models.CharField(max_length=12, choices=Action)
    document_id = models.UUIDField(null=True)
    title = models.CharField(max_length=300, blank=True)
    collection_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict, help_text="What was before and after, as words of the site.")
    # The indexes below have it: by one of its own, SQLite would sort all lines that are no parts.
    part_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="parts", db_index=False
    )

    documents = 0  # set by selectors.trail: how many parts it has

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["document_id", "-at", "-id"], name="event_of_document"),
            models.Index(fields=["-at", "-id"], name="event_newest", condition=Q(part_of=None)),
            models.Index(
                fields=["part_of", "-at", "-id"], name="event_parts", condition=Q(part_of__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_name} · {self.action} · {self.title}"

    @property
    def is_of_many(self) -> bool:
        """Is it about many documents, and no collection as such?"""
        return bool(self.documents) and self.collection_id is None


class BulkAction(models.Model):
    """One change to many documents, made in the background, document by document."""

    class Kind(models.TextChoices):
        MOVE = "move", _("move")
        TAG = "tag", _("tag")
        UNTAG = "untag", _("remove tag")
        RENAME = "rename", _("rename")
        READ = "read", _("read again")
        ZIP = "zip", _("download")
        TRASH = "trash", _("move to the trash")
        RESTORE = "restore", _("take out of the trash")
        DELETE = "delete", _("delete for good")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        WORKING = "working", _("at work")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bulk_actions")
    kind = models.CharField(max_length=10, choices=Kind)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    undoes = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undone_by"
    )
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=300, blank=True, help_text="Name in the storage, of a download.")
    event = models.ForeignKey(
        Event, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Its line of the history."
    )
    lease_until = models.DateTimeField(
        null=True, help_text="Until then a worker has it or, while it waits, the queue is not asked about it."
    )
    token = models.UUIDField(null=True, help_text="Of the worker that has it.")
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="How often it was taken by workers since anything came of it."
    )
    error_code = models.CharField(max_length=40, blank=True, help_text="Why nothing came of all of it.")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user} · {self.kind} · {self.total}"


class BulkItem(models.Model):
    """One document of a bulk action; ``before`` is what undoing gives back, or what its files are called."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        LEFT = "left", _("left alone")
        FAILED = "failed", _("failed")

    action = models.ForeignKey(BulkAction, on_delete=models.CASCADE, related_name="items")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    before = models.JSONField(default=dict)
    error_code = models.CharField(max_length=40, blank=True, help_text="Why it was left alone, or failed.")
    error_params = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "document"], name="one_item_per_document")
        ]
        indexes: ClassVar = [
            models.Index(fields=["action", "id"], name="item_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.document_id}"
