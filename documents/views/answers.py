"""Answers that several views give."""

import mimetypes
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from documents import storage
from documents.errors import InputError, OcrsiteError, OriginalMissing, StorageError, WorkError
from documents.words import explain_error

View = Callable[..., HttpResponse]
FileView = Callable[..., HttpResponseBase]

# Where an address carries its version, what a browser has is right for ever.
FOR_EVER = "private, max-age=31536000, immutable"

_AGAIN = 1  # seconds


def plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def from_storage(view: FileView) -> FileView:
    """``view`` of a stored file: 404 where it is gone, 503 and why where the storage does not give it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except OriginalMissing as error:
            raise Http404 from error
        except StorageError as error:
            return plain(explain_error(error), 503)

    return answer


def from_pieces(view: View) -> FileView:
    """``view`` of what is cut out of an original, as `from_storage`: 404 where that can be opened no more,
    503 and why where it could not be cut now."""

    @from_storage
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except InputError as error:  # the picture of the page is there all the same
            raise Http404 from error
        except WorkError as error:
            return plain(explain_error(error), 503)

    return answer


def dialog(
    request: HttpRequest, name: str, context: Mapping[str, object], *, heading: str, status: int = 200
) -> HttpResponse:
    """The fragment ``_name.html`` about a ``document``, for a dialog or a place on the document's page.

    Without the script it stands on a page of its own, under ``heading`` and the way back to the document.
    """
    fragment = f"documents/_{name}.html"
    whole = {**context, "heading": heading, "fragment": fragment}
    template = fragment if "HX-Request" in request.headers else "documents/of_document.html"
    response = render(request, template, whole, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def picture(name: str) -> FileResponse:
    """The stored picture ``name``, whose address has a version. Raises StorageError, Http404 for none."""
    if not name:
        raise Http404
    file = storage.open_file(name)
    media_type, _encoding = mimetypes.guess_type(name)
    return FileResponse(file, content_type=media_type, headers={"Cache-Control": FOR_EVER})


def a_piece(jpeg: bytes | None) -> HttpResponse:
    """A piece of a page, whose address has a version. Raises Http404 for none."""
    if jpeg is None:
        raise Http404
    return HttpResponse(jpeg, content_type="image/jpeg", headers={"Cache-Control": FOR_EVER})


def come_again() -> HttpResponse:
    """While this machine does for somebody else what it does once at a time. By the header, scripts know it
    from what did not work."""
    return HttpResponse(status=503, headers={"Retry-After": str(_AGAIN)})


def changes(*, otherwise: View) -> Callable[[View], View]:
    """For a view that answers POST; who opens its address, as a browser may show it, is led ``otherwise``."""

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            return (view if request.method == "POST" else otherwise)(request, *args, **kwargs)

        return answer

    return decorate


@contextmanager
def refusals_to_messages(request: HttpRequest) -> Iterator[None]:
    """Where what is tried within is refused, the next page says why."""
    try:
        yield
    except OcrsiteError as error:
        messages.error(request, explain_error(error))
