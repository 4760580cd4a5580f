"""How allauth behaves on this site."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import User
from documents.services import organise


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The username or the password is wrong.")
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return settings.OCRSITE_SIGNUP == "open" and not services.is_new_site()

    def post_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse:
        organise.personal_collection(user=user)  # to be there for whoever wants to move something to it
        response: HttpResponse = super().post_login(request, user, **rest)
        return response
