"""What stands behind the ``?`` of an address, the fields of a form, and whether there is a body."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from ninja.operation import Operation

from documents.api.negotiation import FORM, has_body, types_taken
from documents.api.problems import problem
from documents.errors import FieldsInvalid

_UNKNOWN = gettext_lazy("There is no such parameter.")
_NO_BODY = gettext_lazy("Nothing is to be sent here.")
_OF_BROWSERS = {"csrfmiddlewaretoken"}


def unknown_refused(request: HttpRequest, operation: Operation) -> HttpResponse | None:
    """422 that names all that ``operation`` does not take: a filter that is misspelt would show everything.
    None where it takes all of it."""
    unknown = [
        {"in": where, "field": name, "message": str(_UNKNOWN)}
        for where, name in sorted(_unknown(request, operation))
    ]
    if has_body(request) and request.content_type != FORM and not types_taken(operation):
        unknown.append({"in": "body", "field": "", "message": str(_NO_BODY)})
    return problem(FieldsInvalid(), unknown) if unknown else None


def _unknown(request: HttpRequest, operation: Operation) -> Iterator[tuple[str, str]]:
    """Each with the part of the request that has it."""
    for name in request.GET.keys() - _names(operation, "query"):
        yield "query", name
    if request.content_type == FORM:
        sent = request.POST.keys() | request.FILES.keys()
        for name in sent - _names(operation, "form", "file") - _OF_BROWSERS:
            yield "form", name


def _names(operation: Operation, *sources: str) -> set[str]:
    """A model that the function takes as one stands in the map by its fields; files are in no map."""
    models = [model for model in operation.models if model.__ninja_param_source__ in sources]
    return {
        name for one in models for name in getattr(one, "__ninja_flatten_map__", None) or one.model_fields
    }
