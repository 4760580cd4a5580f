"""People who use the site."""

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
