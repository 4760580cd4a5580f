"""People who use the site."""

import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person. What they may see follows from their memberships of collections."""

    reading_languages = models.JSONField(
        _("languages chosen last"), default=list, blank=True, help_text=_("Codes, or “detect”; empty until the first upload.")
    )


class WelcomeKey(models.Model):
    """The one-time key of the link to ``/welcome/``, where the first account is made.

    Only its hash is kept. Claiming it deletes the row, so that of two people with the same link
    one gets the site.
    """

    hash = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"

    @classmethod
    def issue(cls) -> str:
        """Make a new key, void all earlier ones, and return it in clear, once."""
        key = secrets.token_urlsafe(24)
        cls.objects.all().delete()
        cls.objects.create(hash=make_password(key))
        return key

    @classmethod
    def find(cls, key: str) -> "WelcomeKey | None":
        return next((row for row in cls.objects.all() if check_password(key, row.hash)), None)

    def claim(self) -> bool:
        """Use the key up; False when somebody else was first."""
        deleted, _rows = type(self).objects.filter(pk=self.pk).delete()
        return bool(deleted)
