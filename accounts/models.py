"""People who use the site, and the programs that act for them."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person. What they may see follows from their memberships of collections."""

    reading_languages = models.JSONField(
        _("languages chosen last"),
        default=list,
        blank=True,
        help_text=_("Codes, or “detect”; empty until the first upload."),
    )


class WelcomeKey(models.Model):
    """The one-time key of the link to ``/welcome/``, where the first account is made.

    Only its SHA-256 is kept. Using it deletes the row, so that of two people with the same link one
    gets the site.
    """

    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


class ApiToken(models.Model):
    """Lets a program act for ``user``, at most as far as ``scope`` says. Only its SHA-256 is kept.

    Revoking deletes the row.
    """

    class Scope(models.TextChoices):
        READ = "read", _("read only")
        WRITE = "write", _("read and write")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(_("may"), max_length=5, choices=Scope, default=Scope.READ)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: never."))
    last_used_at = models.DateTimeField(null=True, blank=True, help_text=_("To the minute."))

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user} · {self.name}"


class IdempotencyKey(models.Model):
    """What came of a request that names a key, so that sending it again gives the same and does nothing.

    ``status`` is empty while the request is worked at.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of what was asked.")
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="one_request_per_key_and_user")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.key}"
