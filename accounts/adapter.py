"""How allauth behaves on this site."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import services


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The username or the password is wrong.")
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return settings.OCRSITE_SIGNUP == "open" and not services.is_new_site()
