"""What is said of a request that cannot be understood."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import requires_csrf_token

_TOO_MUCH = (TooManyFieldsSent, RequestDataTooBig)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Who ticked more documents than one request can name learns what to do instead."""
    is_too_many = isinstance(exception, _TOO_MUCH) and request.path == reverse("bulk")
    return render(request, "documents/too_many_ticked.html" if is_too_many else "400.html", status=400)
