"""The forms of the first account and of tokens."""

from typing import ClassVar

from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, User
from accounts.services.tokens import LONGEST_NAME
from documents.forms.organising import AnyText


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


class TokenForm(forms.Form):
    """What a new token is called, what it may do, and when it ends (``days``; None: never)."""

    name = AnyText(
        label=_("Name"), longest=LONGEST_NAME, help_text=_("For example the program that uses it.")
    )
    scope = forms.ChoiceField(label=_("May"), choices=ApiToken.Scope)
    days = forms.TypedChoiceField(
        label=_("Ends"),
        required=False,
        choices=[
            (30, _("in 30 days")),
            (90, _("in 90 days")),
            (365, _("in a year")),
            ("", _("never")),
        ],
        initial=365,
        coerce=int,
        empty_value=None,
    )
