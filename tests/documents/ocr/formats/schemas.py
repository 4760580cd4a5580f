"""XML Schemas that exports have to keep. They are other people's, so the tests bring none along."""

import os
from pathlib import Path

import pytest
from lxml import etree

_FILES = {"alto": "alto-4-4.xsd", "page": "page-2019-07-15.xsd"}


def validate(name: str, content: bytes) -> None:
    """Fails where ``content`` does not keep the schema; without the schemas, where it is no XML."""
    document = etree.fromstring(content)
    if "OCRSITE_SCHEMAS" not in os.environ:
        pytest.skip("OCRSITE_SCHEMAS names no folder with the schemas of ALTO and PAGE")
    schema = etree.XMLSchema(etree.parse(Path(os.environ["OCRSITE_SCHEMAS"]) / _FILES[name]))
    schema.assertValid(document)
