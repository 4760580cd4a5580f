"""All addresses of the site."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from accounts.views.welcome import welcome
from documents.views import health
from documents.views.bad_request import bad_request

# One door: the administrator signs in where everybody does, under the same limits on guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler400 = bad_request

urlpatterns = [
    path("", include("documents.urls")),
    path("api/v1/", include(("documents.api.urls", "ninja"), namespace="api")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("language/", login_not_required(set_language), name="set_language"),
    path("welcome/", welcome, name="welcome"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
