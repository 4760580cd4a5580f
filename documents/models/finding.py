"""What search keeps: the folded words of each page, the vocabulary of each collection, kept questions."""

from typing import ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.collection import Collection
from documents.models.document import Document
from documents.models.reading import Page


class SearchEntry(models.Model):
    """One page as the full-text index knows it, written in the transaction that changes its text.

    The index proper refers to these rows by their key (``search.index.sqlite``) or lies in a column of its
    own beside them (``search.index.postgres``). Words are parted by single spaces.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="search_entries")
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(help_text="Of the analysis that made it.")
    transcription_id = models.BigIntegerField(null=True, help_text="The reading that it was made from.")
    confidence = models.FloatField(null=True)
    # The long columns come last: SQLite walks through them to reach any that follow.
    scope = models.TextField(help_text="Marks of the collection and the document.")
    title = models.TextField()
    loose = models.TextField(help_text="Stems, and keys that letters easily mistaken share.")
    body = models.TextField()

    class Meta:
        indexes: ClassVar = [
            # Which documents have a page that was read so badly.
            models.Index(fields=["confidence", "document"], name="entry_confidence"),
            # The worst read pages of a collection, for who proofreads.
            models.Index(fields=["collection", "confidence", "page"], name="entry_worst"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} · {self.number}"


class SearchWord(models.Model):
    """How many pages of a collection hold a word: for suggestions, which nobody else's words may reach."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "word"], name="one_count_per_word")
        ]

    def __str__(self) -> str:
        return self.word


class SavedSearch(models.Model):
    """A question that a person asks again and again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(max_length=1000)
    sort = models.CharField(max_length=10, blank=True)
    is_forgiving = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "name"], name="one_saved_search_per_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_address(self) -> str:
        """``q=…``, for a link that asks it as it was asked."""
        order = {"sort": self.sort} if self.sort else {}
        return urlencode({"q": self.query, **order, "forgive": int(self.is_forgiving)})
