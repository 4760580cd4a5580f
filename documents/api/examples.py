"""Examples of fields that hold other fields: a list, or an object, is shown with the examples of its parts.

Fields that hold a value bring theirs along; so what is shown of a part is the same wherever it stands.
"""

from collections.abc import Mapping
from typing import Any

COMPONENTS = "#/components/schemas/"

Schema = dict[str, Any]
Schemas = Mapping[str, Schema]


def illustrate(components: Schemas) -> None:
    """Give every property of ``components``, by their names, ``examples`` where it has none.

    Raises KeyError where a value, somewhere below, brought none along.
    """
    for component in components.values():
        for about in component.get("properties", {}).values():
            about.setdefault("examples", [_example(about, components)])


def _example(schema: Schema, components: Schemas) -> object:
    """A list has one item."""
    match schema:
        case {"examples": [first, *_]}:
            return first
        case {"$ref": str(target)}:
            return _object(components[target.removeprefix(COMPONENTS)], components)
        case {"anyOf": [{"$ref": _} as object_or_null, {"type": "null"}]}:
            return _example(object_or_null, components)
        case {"type": "array", "items": dict(item)}:
            return [_example(item, components)]
    raise KeyError(f"No example: {schema}")


def _object(schema: Schema, components: Schemas) -> dict[str, object]:
    """What may be null, and is an object of its own, is: a page that is done has no error."""
    return {
        name: None if _may_be_missing(about) else _example(about, components)
        for name, about in schema["properties"].items()
    }


def _may_be_missing(schema: Schema) -> bool:
    match schema:
        case {"anyOf": [{"$ref": _}, {"type": "null"}]}:
            return True
    return False
