"""Every field of every request is filled with what it cannot be, and told of in words of ours."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pydantic import BaseModel, ValidationError

from documents.api import api, mistakes
from documents.api.mistakes import place_of, sentence_of
from documents.api.schemas.sent import Sent
from documents.models import Document

STRANGE: tuple[Any, ...] = (
    *(None, "", " ", "x", "x" * 100_000, "a\x00b", "\ud800", "2024-13-45", "2024-03-31T25:00", "9" * 5000),
    *(-1, 0, 10**30, 1.5, float("nan"), float("inf"), True, [], [None], [[]], ["x"] * 100_001, {}, {"x": 1}),
)
OF_PYDANTIC = re.compile(
    r"\b(input|valid|should|dictionary|instance|value error|unable|parse|items?|permitted|python)\b",
    re.IGNORECASE,
)


def requests() -> Iterator[type[BaseModel]]:
    """What comes behind the ``?`` of an address, as a form or as JSON, and each part of the last."""
    views = chain.from_iterable(router.path_operations.values() for router in api._get_bound_routers())
    for operation in chain.from_iterable(view.operations for view in views):
        for model in operation.models:
            if model.__ninja_param_source__ in ("query", "form", "body"):
                yield model
    yield from parts(Sent)


def parts(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for child in kind.__subclasses__():
        yield child
        yield from parts(child)


def sample(schema: dict[str, Any], names: dict[str, Any]) -> Any:
    """What ``schema`` describes, by its examples."""
    if examples := schema.get("examples"):
        return examples[0]
    if "$ref" in schema:
        return sample(names[schema["$ref"].rpartition("/")[2]], names)
    if choices := schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf"):
        return sample(choices[0], names)
    if schema.get("type") == "array":
        return [sample(schema["items"], names)]
    return {name: sample(field, names) for name, field in schema.get("properties", {}).items()}


def spoiled(value: Any) -> Iterator[Any]:
    """``value`` with one of its parts, or all of it, made into something else."""
    yield from STRANGE
    if isinstance(value, dict):
        yield {**value, "no such field": 1}
        for name, part in value.items():
            yield {other: its for other, its in value.items() if other != name}
            yield from ({**value, name: other} for other in spoiled(part))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from ([*value[:at], other, *value[at + 1 :]] for other in spoiled(part))


def told_of(model: type[BaseModel]) -> Iterator[dict[str, Any]]:
    schema = model.model_json_schema()
    for value in spoiled(sample(schema, schema.get("$defs", {}))):
        try:
            model.model_validate(value)
        except ValidationError as error:
            yield from map(dict, error.errors(include_url=False))


MODELS = list(dict.fromkeys(requests()))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_wrong_with_a_request_is_said_in_words_of_ours(model: type[BaseModel]) -> None:
    said = {(error["type"], sentence_of(error)) for error in told_of(model)}
    assert {kind for kind, sentence in said if sentence == str(mistakes._OTHER)} == set()
    assert {sentence for _kind, sentence in said if OF_PYDANTIC.search(sentence)} == set()


def test_the_walk_meets_many_mistakes() -> None:
    met = {error["type"] for model in MODELS for error in told_of(model)}
    assert {"missing", "too_short", "too_long", "union_tag_invalid", "string_unicode", "enum"} <= met


def test_a_kind_of_mistake_without_a_sentence_has_the_general_one() -> None:
    error = {"type": "decimal_parsing", "loc": ("body", "x"), "msg": "Input should be a valid decimal"}
    assert sentence_of(error) == "This is not as it has to be. See what the reference says of it."


@pytest.mark.parametrize("change", [{}, {"do": "explode"}])
def test_what_tells_the_kind_of_an_object_is_the_field(
    client_of_owner: Client, document: Document, change: dict[str, str]
) -> None:
    answer = client_of_owner.patch(
        f"/api/v1/documents/{document.pk}/pages/1/lines",
        {"transcription": 1, "changes": [change]},
        content_type="application/json",
    )
    assert [one["field"] for one in answer.json()["errors"]] == ["changes.0.do"]
    assert place_of({"type": "missing", "loc": ("body", "x")}) == ("body", "x")


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "This field is required."), ("fr", "Ce champ est obligatoire.")]
)
def test_fields_are_told_in_the_language_that_was_asked_for(
    client_of_owner: Client, document: Document, language: str, sentence: str
) -> None:
    address, headers = f"/api/v1/documents/{document.pk}/pages/1/lines", {"Accept-Language": language}
    with translation.override("en"):  # each request leaves its own behind
        answer = client_of_owner.patch(address, {}, content_type="application/json", headers=headers)
    assert {one["message"] for one in answer.json()["errors"]} == {sentence}
