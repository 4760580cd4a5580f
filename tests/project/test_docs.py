"""What a user can set, type, open or be told stands in ``docs/``, and nothing stands there that is not so."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from documents.errors import OcrsiteError
from tests.project import ROOT
from tests.project.imports import PACKAGES

_SCRIPTS = ("common.sh", "serve", "setup", "test")


def in_backticks(page: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", (ROOT / "docs" / page).read_text()))


def test_every_environment_variable_is_described() -> None:
    read = {*variables_of_python(), *variables_of_scripts()}
    assert {"OCRSITE_DATA_DIR", "DATABASE_URL", "OCRSITE_INSTALL_LANGUAGES"} <= read
    described = in_backticks("configuration.md")
    assert read - described == set()
    assert {name for name in described if re.fullmatch(r"OCRSITE_\w+", name)} - read == set()


def variables_of_python() -> Iterator[str]:
    """The names given to the readers in ``ocrsite.env``."""
    for file in (file for package in PACKAGES for file in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="env")), args=[ast.Constant(value=str(name)), *_]
                ):
                    yield name


def variables_of_scripts() -> Iterator[str]:
    for name in _SCRIPTS:
        yield from re.findall(r"\$\{?(OCRSITE_[A-Z_]+|DATABASE_URL)", (ROOT / "bin" / name).read_text())


def test_every_command_is_described() -> None:
    commands = {name for name, app in get_commands().items() if app in PACKAGES}
    assert {"work", "welcome_link"} <= commands
    described = {words.split()[1] for words in in_backticks("commands.md") if words.startswith("manage.py ")}
    assert commands == described


def test_every_route_is_described() -> None:
    routes = {re.sub(r"<(\w+:)?(\w+)>", r"<\2>", f"/{route}") for route in _routes(get_resolver(), "")}
    assert {"/", "/healthz", "/documents/<document_id>/"} <= routes
    assert routes == {words for words in in_backticks("routes.md") if words.startswith("/")}


def _routes(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path
        elif pattern.app_name == "admin":
            yield path  # what lies below is Django's
        else:
            yield from _routes(pattern, path)


def test_every_error_code_is_described() -> None:
    codes = {error.code for error in _tree(OcrsiteError)}
    assert {"file-empty", "engine-timeout"} <= codes
    rows = re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs" / "errors.md").read_text(), re.MULTILINE)
    assert codes == set(rows)


def _tree(error: type[OcrsiteError]) -> Iterator[type[OcrsiteError]]:
    """The error and all below it, but for those that tests make up."""
    if error.__module__.split(".")[0] in PACKAGES:
        yield error
    for child in error.__subclasses__():
        yield from _tree(child)


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=str)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []
