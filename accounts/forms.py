"""The form of the first account."""

from typing import ClassVar

from django.contrib.auth.forms import UserCreationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class WelcomeForm(UserCreationForm[User]):
    """A username and a password twice, checked by Django's validators."""

    class Meta(UserCreationForm.Meta):
        model = User
        # Translated here, the word is the same on allauth's forms: our catalogue comes before others.
        labels: ClassVar = {"username": _("Username")}
        help_texts: ClassVar = {"username": _("Letters, digits and @ . + - _")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password2"].label = _("Password, once more")
        self.fields["password2"].help_text = ""
