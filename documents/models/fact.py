"""What was found in the texts, and which documents are much alike."""

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document
from documents.models.reading import Page


class Domain(models.Func):
    """Of an e-mail address, from its @ on; of what has none, all. An index of it says the same."""

    template = "substr(%(expressions)s, instr(%(expressions)s, '@'))"
    output_field = models.CharField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        template = "substr(%(expressions)s, strpos(%(expressions)s, '@'))"
        return self.as_sql(compiler, connection, template=template, **context)


class Entity(models.Model):
    """A date, a sum, an address … in the current text of a page, as `documents.entities` found it.

    ``start`` and ``end`` are characters of the text; ``number`` and ``currency`` are those of a sum.
    """

    class Kind(models.TextChoices):
        DATE = "date", _("Dates")
        AMOUNT = "amount", _("Sums of money")
        EMAIL = "email", _("E-mail addresses")
        URL = "url", _("Web addresses")
        PHONE = "phone", _("Phone numbers")
        IBAN = "iban", _("Bank accounts (IBAN)")
        VAT = "vat", _("VAT numbers")
        PERSON = "person", _("People")
        PLACE = "place", _("Places")
        ORGANISATION = "organisation", _("Organisations")

    # The indexes below begin with the document, too.
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="entities", db_index=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="entities")
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=300)
    number = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(max_length=600, help_text="As it stands on the page.")

    class Meta:
        indexes: ClassVar = [
            # What one document holds, and whether it holds a sum of that size.
            models.Index(fields=["document", "kind", "number"], name="entity_of_document"),
            models.Index(fields=["kind", "value"], name="entity_value"),
            models.Index(Domain("value"), name="entity_domain"),
        ]

    def __str__(self) -> str:
        return self.value


class Fingerprint(models.Model):
    """64 bits that are nearly the same for papers that look alike (`documents.likeness`), whole and in bands.

    ``bits`` are those of a signed number, as databases keep them.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        PICTURE = "picture", _("picture")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="fingerprints")
    kind = models.CharField(max_length=8, choices=Kind)
    bits = models.BigIntegerField()
    band_0 = models.PositiveIntegerField()
    band_1 = models.PositiveIntegerField()
    band_2 = models.PositiveIntegerField()
    band_3 = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "kind"], name="one_fingerprint_per_kind")
        ]
        indexes: ClassVar = [
            models.Index(fields=["band_0", "kind"], name="fingerprint_band_0"),
            models.Index(fields=["band_1", "kind"], name="fingerprint_band_1"),
            models.Index(fields=["band_2", "kind"], name="fingerprint_band_2"),
            models.Index(fields=["band_3", "kind"], name="fingerprint_band_3"),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.kind}"


class Likeness(models.Model):
    """``document`` may be the same paper as ``other``, which was there before. A person settles it."""

    class How(models.TextChoices):
        BYTES = "bytes", _("the same file")
        TEXT = "text", _("nearly the same text")
        PICTURE = "picture", _("nearly the same picture")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="later_likenesses")
    how = models.CharField(max_length=8, choices=How)
    is_settled = models.BooleanField(default=False, help_text="Somebody keeps both, or made one a version.")

    # Set by selectors.duplicates: may who looks change ``other``, too? How many more papers is it like? How
    # many does one answer of theirs keep?
    may_be_version: bool
    more: int
    keeps: int

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "other"], name="one_likeness_per_pair")
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.other}"
