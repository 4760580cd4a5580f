"""Modules of JavaScript, told to the browser with all that they import."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from documents.templatetags import scripts

SCRIPTS = Path(settings.BASE_DIR, "static/js")
ENTRIES = sorted(path.name for path in SCRIPTS.glob("*.js"))


@pytest.mark.parametrize("name", ENTRIES)
def test_all_that_a_module_imports_is_named_with_it(name: str) -> None:
    named = {f"js/{name}", *scripts.imported_by(f"js/{name}")}
    for path in named:
        source = Path(settings.BASE_DIR, "static", path)
        imports = re.findall(r'\b(?:from|import) "([^"]+)"', source.read_text())
        wanted = {str((source.parent / written).resolve().relative_to(SCRIPTS.parent)) for written in imports}
        assert wanted <= named


def test_what_is_imported_comes_before_the_module_and_once() -> None:
    html = scripts.module("js/reader.js")
    hints = re.findall(r'<link rel="modulepreload" href="([^"]+)">', html)
    assert len(hints) == len(set(hints)) > 20
    assert html.index(hints[-1]) < html.index("<script")
    assert not any(hint.endswith("/reader.js") for hint in hints)


def test_a_module_that_is_not_there_is_told() -> None:
    with pytest.raises(ValueError, match="nothing"):
        scripts.module("js/nothing.js")
