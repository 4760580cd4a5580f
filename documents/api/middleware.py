"""Around all of ``/api/v1/``: no page of HTML where programs ask, HEAD as GET, and other sites' scripts."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from documents.api.conditions import conditional
from documents.api.problems import MEDIA_TYPE, instead_of

PREFIX = "/api/v1/"
DESCRIPTION = f"{PREFIX}openapi.json"
_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
_TAKEN = (
    "Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
    "If-Range, Range"
)
_TOLD = (
    "Content-Disposition, Content-Range, ETag, Idempotency-Replayed, Location, RateLimit-Limit, "
    "RateLimit-Remaining, RateLimit-Reset, Retry-After, WWW-Authenticate"
)
_DAY = 86_400

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ApiMiddleware:
    """The outermost: what others refuse is told as a problem, too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        origin = _allowed_origin(request)
        if origin and request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _shared(_preflight(), origin)
        response = self._answer(request)
        if request.path_info == DESCRIPTION:
            response = conditional(request, response)
        response = _told(request, response)
        return _shared(response, origin) if settings.OCRSITE_API_ORIGINS else response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"  # the server drops the body
        try:
            return self.get_response(request)
        finally:
            request.method = "HEAD"


def _told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A refusal in the form of a problem, with the headers that it has."""
    is_problem = response.headers.get("Content-Type") == MEDIA_TYPE
    if response.status_code < 400 or is_problem or not isinstance(response, HttpResponse):
        return response
    told = instead_of(request, response)
    response.content = told.content
    for name, value in told.items():
        response[name] = value
    response["Content-Length"] = str(len(response.content))
    return response


def _allowed_origin(request: HttpRequest) -> str:
    """That of the page whose script asks, where the settings name it; else nothing."""
    origin = request.headers.get("Origin", "")
    return origin if origin in settings.OCRSITE_API_ORIGINS else ""


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = _METHODS
    response["Access-Control-Allow-Headers"] = _TAKEN
    response["Access-Control-Max-Age"] = str(_DAY)
    return response


def _shared(response: HttpResponseBase, origin: str) -> HttpResponseBase:
    """For scripts of ``origin``, which send a token: cookies are not for them."""
    patch_vary_headers(response, ["Origin"])
    if origin:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Expose-Headers"] = _TOLD
    return response
