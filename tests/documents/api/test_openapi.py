"""The description of the API is complete, and says what is so."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from documents.api.openapi import TAGS

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
def described(client: Client, db: None) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, details in methods.items():
            assert method in METHODS
            yield f"{method} {path}", details


def test_who_has_the_same_description_is_sent_none(client: Client, db: None) -> None:
    etag = client.get("/api/v1/openapi.json")["ETag"]
    answer = client.get("/api/v1/openapi.json", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_who_saw_another_description_is_told_as_of_everything(client: Client, db: None) -> None:
    answer = client.get("/api/v1/openapi.json", headers={"If-Match": '"another"'})
    assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")
    assert answer.json()["code"] == "precondition-failed"


def test_what_is_refused_as_null_is_not_said_to_be_null(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    for name in ("DocumentChange", "SavedSearchChange", "TagChange"):
        fields = schemas[name]["properties"]
        assert fields
        assert [field for field in fields.values() if "null" in json.dumps(field)] == []


def test_it_is_of_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.1.0"
    assert "/api/v1/documents/{document_id}/pages/{number}" in described["paths"]


def test_every_operation_is_explained(described: dict[str, Any]) -> None:
    ids = [details["operationId"] for _name, details in operations(described)]
    assert len(ids) == len(set(ids))
    for name, details in operations(described):
        assert details["summary"], name
        assert details["description"], name
        assert set(details["tags"]) <= TAGS.keys(), name


def test_every_parameter_has_a_description_and_an_example(described: dict[str, Any]) -> None:
    for name, details in operations(described):
        for parameter in details["parameters"]:
            assert parameter["description"], (name, parameter["name"])
            assert parameter["schema"]["examples"], (name, parameter["name"])
            # The reference page fills it in beforehand, which is no good for what may be left out.
            assert ("example" in parameter) == parameter["required"], (name, parameter["name"])
            assert "examples" not in parameter, (name, parameter["name"])  # of a schema alone it is a list


def properties(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of all schemas, and of forms, which have none of their own."""
    for schema, details in described["components"]["schemas"].items():
        for field, about in details.get("properties", {}).items():
            yield f"{schema}.{field}", about
    for name, details in operations(described):
        for content in details.get("requestBody", {}).get("content", {}).values():
            for field, about in content["schema"].get("properties", {}).items():
                yield f"{name} {field}", about


def test_every_field_has_a_description_and_an_example(described: dict[str, Any]) -> None:
    fields = dict(properties(described))
    assert {
        "DocumentOut.title",
        "WordOut.x0",
        "Problem.code",
        "post /api/v1/documents languages",
    } <= fields.keys()
    for name, about in fields.items():
        assert about.get("description"), name
        assert about.get("examples"), name


def test_every_example_is_one_of_its_schema(described: dict[str, Any]) -> None:
    for name, about in properties(described):
        check = Draft202012Validator(
            {**about, "components": described["components"]}, format_checker=FormatChecker()
        )
        for example in about["examples"]:
            assert not [error.message for error in check.iter_errors(example)], (name, example)


def test_what_holds_other_fields_is_shown_with_their_examples(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]

    def example(schema: str, field: str) -> Any:
        return schemas[schema]["properties"][field]["examples"][0]

    [line] = example("LinesOut", "lines")
    assert (line["text"], [word["text"] for word in line["words"]]) == ("Invoice 2024-117", ["Invoice"])
    assert example("InsertWord", "box") == {"x0": 312, "y0": 208, "x1": 498, "y1": 251}
    assert example("PageOut", "error")["code"]
    [summary] = example("PageList", "items")
    assert (summary["state"], summary["error"]) == ("done", None)


def test_every_refusal_is_a_problem_whose_codes_are_named(described: dict[str, Any]) -> None:
    for name, details in operations(described):
        refusals = {status: told for status, told in details["responses"].items() if int(status) >= 400}
        assert {"400", "422", "500"} <= refusals.keys(), name
        for status, told in refusals.items():
            assert "`" in told["description"], (name, status)
            assert told["content"].keys() == {"application/problem+json"}, (name, status)


def test_what_needs_a_token_says_so(described: dict[str, Any]) -> None:
    public = {details["operationId"] for _name, details in operations(described) if "security" not in details}
    assert public == {"list_problems", "get_problem"}
    schemes = described["components"]["securitySchemes"]
    assert schemes["ApiTokenAuth"] == {"type": "http", "scheme": "bearer"}


def test_headers_are_told_where_they_count(described: dict[str, Any]) -> None:
    def headers(path: str, method: str) -> set[str]:
        parameters = described["paths"][path][method]["parameters"]
        return {one["name"] for one in parameters if one["in"] == "header"}

    one = "/api/v1/documents/{document_id}"
    assert headers("/api/v1/documents", "post") == {"Idempotency-Key"}
    assert headers(one, "get") == {"If-None-Match"}
    assert headers(one, "patch") == {"Idempotency-Key", "If-Match"}
    assert headers(one, "delete") == {"If-Match"}
    assert headers(f"{one}/download/{{format}}", "get") == {"Range", "If-Range"}


def test_a_file_is_told_as_bytes_first(described: dict[str, Any]) -> None:
    """Generated clients take the first type that they know, and would parse a file that is JSON."""
    download = described["paths"]["/api/v1/documents/{document_id}/download/{format}"]["get"]
    for status in ("200", "206"):
        assert next(iter(download["responses"][status]["content"])) == "application/octet-stream"
    assert download["responses"]["200"]["content"]["application/json"]["schema"] == {"type": "object"}
    [form] = (one["schema"] for one in download["parameters"] if one["name"] == "format")
    assert {"txt", "hocr", "pdf", "original"} <= set(form["enum"])


def test_choices_have_names_that_tell(described: dict[str, Any]) -> None:
    """A generator makes a class of each."""
    schemas = described["components"]["schemas"]
    assert {"ReadingState", "BulkState", "RegionState", "TagColour", "MemberRole"} <= schemas.keys()
    assert not {"State", "Kind", "How", "Choice", "Colour", "Role", "Scope"} & schemas.keys()
    assert {name: one["title"] for name, one in schemas.items()} == {name: name for name in schemas}
    for name, details in operations(described):
        for parameter in details["parameters"]:
            listed = [parameter["schema"], parameter["schema"].get("items", {})]
            written = any("enum" in one or "allOf" in one for one in listed)
            assert not written or parameter["name"] == "format", (name, parameter["name"])


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    def references(part: object) -> Iterator[str]:
        match part:
            case {"$ref": str(target)}:
                yield target
            case dict():
                for value in part.values():
                    yield from references(value)
            case list():
                for value in part:
                    yield from references(value)

    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(references(described)) <= known
