"""The description of the API (OpenAPI 3.1), with what every operation has in common.

Operations tell what is theirs; headers, refusals and the shape of problems are written here, once, from what
`documents.api.entrance` does for all of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from http.client import responses
from typing import Any

from ninja.operation import Operation

from documents import errors
from documents.api import idempotency
from documents.api.entrance import READS_ONLY, TOLD_ONCE, writes
from documents.api.examples import COMPONENTS, illustrate
from documents.api.negotiation import JSON, gives_json, types_taken
from documents.api.problems import AWAITED, MEDIA_TYPE, status_of
from documents.api.schemas.problem import Problem
from documents.api.schemas.sent import forbid_null
from documents.errors import OcrsiteError, by_code

_RAISES = "x-codes"
_PROBLEM = f"{COMPONENTS}Problem"

TAGS = {
    "documents": "What was uploaded, and taking it away in any form.",
    "pages": "The text of each page, where its words stand, and correcting it.",
    "proofreading": "Pages that deserve a look, their doubtful words, and your own word list.",
    "runs": "Readings of a document: start one, watch it, stop it, choose which one is shown.",
    "recognise": "The text of an image at once, without keeping it.",
    "languages": "What can be read here, and by which engines.",
    "tokens": "With which programs act for you.",
    "search": "Finding words in all documents, with their places, and questions that are kept.",
    "tags": "What documents are marked with.",
    "notes": "What people write about a document.",
    "history": "What was done, by whom and when.",
    "collections": "Where documents lie, who belongs there, and what they may do.",
    "trash": "What can be taken out again for some weeks.",
    "duplicates": "Papers that came twice.",
    "bulk": "One change to many documents, in the background.",
    "problems": "What the codes of problems mean.",
}

FILE = "x-file"
"""In ``openapi_extra`` of an operation that gives a file: the media types that it can be of."""

Details = dict[Any, Any]
Values = tuple[Any, ...]


def refuses(*refusals: type[OcrsiteError]) -> Details:
    """For ``openapi_extra``: what an operation may raise besides what all do.

    With PreconditionFailed it takes If-Match.
    """
    return {_RAISES: [error.code for error in refusals]}


def complete(schema: Details, operations: Mapping[str, Operation]) -> Details:
    """``schema`` as django-ninja makes it, with all that is missing; ``operations`` by their ids."""
    own = Problem.model_json_schema(ref_template=f"{COMPONENTS}{{model}}")
    components = schema["components"]["schemas"]
    components |= own.pop("$defs") | {"Problem": own}
    for name, component in components.items():
        component["title"] = name  # by which generators call a class; that of a choice is of its class here
    illustrate(components)
    choices = {tuple(one["enum"]): f"{COMPONENTS}{name}" for name, one in components.items() if "enum" in one}
    for methods in schema["paths"].values():
        for details in methods.values():
            _complete_operation(details, operations[details["operationId"]], choices)
    schema["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    return schema


def _complete_operation(details: Details, operation: Operation, choices: Mapping[Values, str]) -> None:
    named = [by_code(code) for code in details.pop(_RAISES, [])]
    details.pop(READS_ONLY, None)
    details.pop(TOLD_ONCE, None)
    if types := details.pop(FILE, None):
        details["responses"] |= _files(types)
    for content in details.get("requestBody", {}).get("content", {}).values():
        content["schema"].pop("title", None)  # all forms have one; clients name them after the operation
        _mend_required(content["schema"])
    for parameter in details["parameters"]:
        _mend_parameter(parameter)
        _name_choice(parameter["schema"], choices)
    details["parameters"] += _headers(operation, named)
    for status, answer in details["responses"].items():
        answer.setdefault("headers", {}).update(_told_with(int(status), operation))
    if "GET" in operation.methods and gives_json(operation):
        details["responses"][304] = {"description": "You have the same already (`If-None-Match`)."}
    details["responses"] |= _refusals([*_common(operation), *named])


def _mend_required(form: Details) -> None:
    """A file that may come in another way than by the form is never null in it."""
    for name in form.get("required", []):
        field = form.get("properties", {}).get(name, {})
        if "anyOf" in field:
            forbid_null(field)


def _mend_parameter(parameter: Details) -> None:
    """An example stays in the schema. Only what is required has it by itself, too: the reference page fills
    such a field in beforehand."""
    examples = parameter.pop("examples", None)
    if examples and parameter["required"]:
        parameter["example"] = examples[0]


def _name_choice(schema: Details, choices: Mapping[Values, str]) -> None:
    """django-ninja writes the values of a choice, or of a list of them, into the parameter itself, for which
    generators would make one more class."""
    match schema:
        case {"allOf": [{"enum": list(values)}]} if tuple(values) in choices:
            del schema["allOf"]
            schema["$ref"] = choices[tuple(values)]
        case {"items": {"enum": list(values)}} if tuple(values) in choices:
            schema["items"] = {"$ref": choices[tuple(values)]}


def _files(types: list[str]) -> Details:
    """Bytes, all or a part of them."""
    content = {one: {"schema": {"type": "string", "format": "binary"}} for one in types}
    whole = content | ({JSON: {"schema": {"type": "object"}}} if JSON in types else {})
    part = {"Content-Range": _text("Which part of how many bytes.", "bytes 0-1023/481203")}
    named = {"Content-Disposition": _text("What the file is called.", 'attachment; filename="Invoice.txt"')}
    return {
        200: {"description": "The file.", "content": whole, "headers": named},
        206: {"description": "The part that `Range` named.", "content": content, "headers": named | part},
        304: {"description": "You have the same already (`If-None-Match`)."},
    }


def _headers(operation: Operation, named: list[type[OcrsiteError]]) -> Iterator[Details]:
    if not operation.auth_callbacks:
        return
    if _may_name_key(operation):
        yield _header(
            idempotency.HEADER,
            "Any text of your own, new for each request: sent again with the same within a day, the request "
            "gets the same answer and is not done twice.",
            "1c9f7a52-upload-17",
            maxLength=255,
            minLength=1,
        )
    if FILE in (operation.openapi_extra or {}):
        yield _header("Range", "The bytes to have, from 0; several ranges are not looked at.", "bytes=0-1023")
        yield _header(
            "If-Range",
            "The `ETag` of the part that you have: all where it is another now.",
            '"5f1d8c1e6a534a1e"',
        )
    if "GET" in operation.methods and gives_json(operation):
        yield _header(
            "If-None-Match", "An `ETag` that you have: 304 while it is still the same.", '"5f1d8c1e6a534a1e"'
        )
    if errors.PreconditionFailed in named:
        yield _header(
            "If-Match", "The `ETag` that you saw: 412 where it is another by now.", '"5f1d8c1e6a534a1e"'
        )


def _may_name_key(operation: Operation) -> bool:
    return not idempotency.METHODS.isdisjoint(operation.methods) and writes(operation)


def _header(name: str, description: str, example: str, **rules: Any) -> Details:
    return {
        "in": "header",
        "name": name,
        "required": False,
        "description": description,
        "schema": {"type": "string", "examples": [example], **rules},
    }


def _told_with(status: int, operation: Operation) -> Details:
    """Headers of an answer."""
    told: Details = {}
    if operation.auth_callbacks:
        told |= {
            "RateLimit-Limit": _number("How many requests a minute may have.", 600),
            "RateLimit-Remaining": _number("How many of them are left.", 599),
            "RateLimit-Reset": _number("Seconds until the next minute begins.", 42),
        }
    if status == 200 and gives_json(operation) and "POST" not in operation.methods:
        told["ETag"] = _text("Of this answer, for `If-None-Match` and `If-Match`.", '"5f1d8c1e6a534a1e"')
    if status == 201:
        told["Location"] = _text(
            "Where what was made can be had.", "/api/v1/documents/6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50"
        )
    return told


def _number(description: str, example: int) -> Details:
    return {"description": description, "example": example, "schema": {"type": "integer"}}


def _text(description: str, example: str) -> Details:
    return {"description": description, "example": example, "schema": {"type": "string"}}


def _common(operation: Operation) -> Iterator[type[OcrsiteError]]:
    """What `documents.api.entrance` and django-ninja refuse before the operation itself is asked."""
    yield errors.RequestMalformed
    if operation.auth_callbacks:
        yield from (errors.TokenMissing, errors.TokenInvalid, errors.TooManyRequests)
        if "GET" not in operation.methods:
            yield errors.CsrfMissing
        if writes(operation):
            yield errors.ScopeMissing
        if _may_name_key(operation):
            yield from (errors.KeyBusy, errors.KeyReused)
    if "{" in operation.path:
        yield errors.NotFound
    if gives_json(operation):
        yield errors.NotAcceptable
    if types_taken(operation):
        yield from (errors.LengthRequired, errors.MediaTypeUnsupported, errors.RequestTooLarge)
    yield errors.FieldsInvalid
    if any(name == "cursor" for name in operation.signature.signature.parameters):
        yield errors.CursorInvalid
    yield OcrsiteError


def _refusals(refusals: list[type[OcrsiteError]]) -> Details:
    by_status = defaultdict(list)
    for error in dict.fromkeys(refusals):
        by_status[status_of(error)].append(error)
    return {status: _refusal(status, raised) for status, raised in sorted(by_status.items())}


def _refusal(status: int, raised: list[type[OcrsiteError]]) -> Details:
    codes = ", ".join(f"`{error.code}`" for error in raised)
    headers: Details = {}
    if status == 401:
        headers["WWW-Authenticate"] = _text("What opens this.", 'Bearer realm="ocrsite"')
    if not set(AWAITED).isdisjoint(raised):
        headers["Retry-After"] = _number("Seconds to wait.", 42)
    return {
        "description": f"{responses[status]}: {codes}.",
        "headers": headers,
        "content": {MEDIA_TYPE: {"schema": {"$ref": _PROBLEM}}},
    }
