"""The REST API under ``/api/v1/``: a border like the views, in JSON. ``docs/api.md`` tells how to use it.

A resource is a module with a router here, and one with its fields in ``schemas``. It calls selectors and
services; what they raise becomes a problem, and what all resources have in common is done around them
(`documents.api.entrance`).
"""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from documents.api import (
    bulk,
    cleanings,
    collections,
    documents,
    downloads,
    duplicates,
    engines,
    entities,
    history,
    known_words,
    members,
    misreadings,
    notes,
    pages,
    pictures,
    problem_types,
    recognition,
    regions,
    review,
    runs,
    saved_searches,
    search,
    similar,
    tags,
    texts,
    tokens,
    trash,
)
from documents.api.auth import AUTH
from documents.api.entrance import entrance
from documents.api.openapi import complete
from documents.api.problems import answer_to
from documents.api.reference import Reference
from documents.api.rendering import Renderer

_DESCRIPTION = """Everything that a person does in the browser, for programs.

Send a token with each request: `Authorization: Bearer TOKEN`. You make one in the menu of your account, under
*API tokens*. Whoever is signed in here in this browser may try everything below without one.

What goes wrong is answered as a problem (RFC 9457) whose `code` never changes.
"""


class Api(NinjaAPI):
    """It describes itself with what all operations have in common."""

    _described: ClassVar[dict[str, OpenAPISchema]] = {}
    """By the address that it lies under: to write one takes 40 ms."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        prefix = path_prefix or self.get_root_path(path_params or {})
        if prefix not in self._described:
            self._described[prefix] = self._describe(prefix)
        return self._described[prefix]

    def _describe(self, prefix: str) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=prefix)
        bound = (router for router in self._get_bound_routers())
        views = (view for router in bound for view in router.path_operations.values())
        operations = {str(one.operation_id): one for view in views for one in view.operations}
        complete(schema, operations)
        return schema


api = Api(
    title="ocrsite",
    version="1",
    description=_DESCRIPTION,
    urls_namespace="api",
    docs=Reference(),
    docs_url="/reference",
    auth=AUTH,
    renderer=Renderer(),
)
api.add_decorator(entrance, mode="view")

_RESOURCES = (
    documents,
    downloads,
    entities,
    notes,
    history,
    pages,
    pictures,
    texts,
    regions,
    cleanings,
    review,
    known_words,
    misreadings,
    runs,
    recognition,
    engines,
    tokens,
    search,
    saved_searches,
    similar,
    tags,
    collections,
    members,
    trash,
    duplicates,
    bulk,
    problem_types,
)

for _resource in _RESOURCES:
    api.add_router("", _resource.router)


def _problem(_request: HttpRequest, exception: Any) -> HttpResponse:
    return answer_to(exception)


# Whatever django-ninja has an answer of its own for.
for _class in list(api._exception_handlers):  # noqa: SLF001
    api.add_exception_handler(_class, _problem)
