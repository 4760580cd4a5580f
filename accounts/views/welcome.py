"""``/welcome/``: the person who set the site up makes the first account."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.forms import WelcomeForm
from documents.services import organise


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """``?key=`` is the one that ``bin/serve`` printed. 410 (Gone) once there is an administrator."""
    if not services.is_new_site():
        return render(request, "accounts/welcome_used.html", status=410)
    key = request.GET.get("key", "")
    if not services.is_welcome_key(key):
        return _refuse(request)
    form = WelcomeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/welcome.html", {"form": form}, status=422 if form.is_bound else 200)
    user = form.save(commit=False)
    try:
        services.make_first_account(key=key, user=user)
    except services.WelcomeKeyUsed:
        return _refuse(request)
    login(request, user)
    organise.personal_collection(user=user)
    return redirect("archive")


def _refuse(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/welcome_refused.html", status=403)
