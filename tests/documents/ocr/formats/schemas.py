"""XML Schemas that exports have to keep. They are other people's, so the tests bring none along."""

import os
from pathlib import Path

import pytest
from lxml import etree

_FILES = {"alto": "alto-4-4.xsd", "page": "page-2019-07-15.xsd"}


def validate(name: str, content: bytes) -> None:
    """Fails where ``content`` does not keep the schema; without the schemas, where it is no XML."""
    document = etree.fromstring(content)
    if "SCHEMAS_DIR" not in os.environ:
        pytest.skip("SCHEMAS_DIR names no folder with the schemas of ALTO and PAGE")
    schema = etree.XMLSchema(etree.parse(Path(os.environ["SCHEMAS_DIR"]) / _FILES[name]))
    schema.assertValid(document)
