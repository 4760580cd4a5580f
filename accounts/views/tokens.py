"""``/accounts/tokens/``: the tokens with which programs act for the person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import TokenForm
from accounts.models import ApiToken
from accounts.services import tokens as service
from documents.errors import NameEmpty, NameTooLong, OcrsiteError
from documents.forms import refusal
from documents.views.access import SignedInRequest
from documents.views.answers import changes


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedInRequest) -> HttpResponse:
    """The list; takes ``name``, ``scope`` and ``days`` of another one, which this one answer shows."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    made = _made(request, form) if form.is_bound else None
    context = {
        "tokens": service.tokens_of(request.user),
        "form": TokenForm() if made else form,
        "made": made,
        "now": now(),
    }
    status = 422 if form.is_bound and made is None else 200
    return render(request, "accounts/tokens.html", context, status=status)


def _made(request: SignedInRequest, form: TokenForm) -> str | None:
    """The new token in clear; None where the form says why there is none."""
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    try:
        _token, clear = service.make_token(
            user=request.user,
            name=asked["name"],
            scope=ApiToken.Scope(asked["scope"]),
            days=asked["days"],
        )
    except OcrsiteError as error:
        form.add_error("name" if isinstance(error, NameEmpty | NameTooLong) else None, refusal(error))
        return None
    return clear


def _to_tokens(_request: HttpRequest, **_rest: int) -> HttpResponse:
    return redirect("api_tokens")


@changes(otherwise=_to_tokens)
def revoke(request: SignedInRequest, token_id: int) -> HttpResponse:
    """From now on the token opens nothing."""
    if service.revoke_token(user=request.user, token_id=token_id):
        messages.success(request, _("The token is revoked."))
    return redirect("api_tokens")
