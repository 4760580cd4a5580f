"""``/api/v1/reference``: the API to read and to try. Served from here, and without any inline script."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

_SETTINGS = {
    "layout": "BaseLayout",
    "deepLinking": True,
    "validatorUrl": None,  # else it asks another site
    "docExpansion": "list",
    "displayRequestDuration": True,
}


class Reference(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        told = {**_SETTINGS, "url": self.get_openapi_url(api, kwargs)}
        return render(request, "api/reference.html", {"settings": json.dumps(told)})
