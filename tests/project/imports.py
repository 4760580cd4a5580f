"""Who imports whom in this project, read from the source.

The layers, lowest first: a module may import its own layer and those below. What no line below names
belongs to the borders (views, commands, forms, …), which everything else must do without.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("accounts", "documents", "ocrsite")
LAYERS = (
    ("errors", {"documents.errors"}),
    (
        "pure",  # no Django from here down
        {
            "documents.entities",
            "documents.likeness",
            "documents.ocr",
            "documents.samples",
            "documents.search.index.plan",
            "documents.search.index.ranking",
            "documents.search.index.scope",
            "documents.search.query",
            "documents.search.text",
            "ocrsite.addresses",
            "ocrsite.announce",
            "ocrsite.cores",
            "ocrsite.env",
            "ocrsite.secret",
            "ocrsite.serve",
            "ocrsite.streams",
            "ocrsite.supervisor",
        },
    ),
    ("models", {"accounts.models", "documents.models"}),
    (
        "reads",
        {
            "documents.queues",
            "documents.search",
            "documents.selectors",
            "documents.storage",
        },
    ),
    ("services", {"accounts.services", "documents.packs", "documents.services"}),
    ("borders", {"accounts", "documents"}),
    ("site", {"ocrsite"}),
)
_RANKS = {prefix: rank for rank, (_name, prefixes) in enumerate(LAYERS) for prefix in prefixes}
_PURE = 1
_SERVICES = 4
_SETTINGS_OF_DJANGO = {"AUTH_USER_MODEL"}


def rank(module: str) -> int | None:
    """The layer of one of our modules, by its longest known prefix; None for other people's."""
    parts = module.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_RANKS[prefix] for prefix in prefixes if prefix in _RANKS), None)


def modules(root: Path) -> dict[str, Path]:
    """Every module of the packages under ``root``, by its dotted name."""
    files = (file for package in PACKAGES for file in sorted((root / package).rglob("*.py")))
    names = {".".join(file.relative_to(root).with_suffix("").parts): file for file in files}
    return {name.removesuffix(".__init__"): file for name, file in names.items()}


def violations(root: Path) -> list[str]:
    """A sentence for each breach of the rules."""
    known = modules(root)
    return [
        f"{file.relative_to(root)}:{line}: {breach}"
        for module, file in known.items()
        if ".migrations" not in module
        for line, breach in _breaches(module, ast.parse(file.read_text()), known)
    ]


def _breaches(module: str, tree: ast.Module, known: dict[str, Path]) -> Iterator[tuple[int, str]]:
    layer = rank(module)
    assert layer is not None
    for line, imported in imports(tree, module, known):
        other = rank(imported)
        if other is not None and other > layer:
            yield line, f"{LAYERS[layer][0]} import {imported}, which lies above them"
        if layer <= _PURE and imported.split(".")[0].startswith("django"):
            yield line, f"{imported} in a module that must do without Django"
    for line in imports_inside_functions(tree):
        yield line, "an import inside a function"
    if layer < _SERVICES:
        for line, setting in settings_read(tree):
            yield line, f"reads settings.{setting}; below the services, options are passed down"


def imports(tree: ast.AST, module: str, known: dict[str, Path]) -> Iterator[tuple[int, str]]:
    """The line and the dotted name of each import, ``from package import module`` included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(node, module, known)
            for alias in node.names:
                full = f"{source}.{alias.name}"
                yield node.lineno, full if full in known else source


def _absolute(node: ast.ImportFrom, module: str, known: dict[str, Path]) -> str:
    if not node.level:
        return node.module or ""
    is_package = known[module].name == "__init__.py"
    parents = module.split(".")
    parents = parents[: len(parents) - node.level + is_package]
    return ".".join([*parents, *([node.module] if node.module else [])])


def imports_inside_functions(tree: ast.AST) -> Iterator[int]:
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    inside = (node for function in functions for node in ast.walk(function))
    yield from {node.lineno for node in inside if isinstance(node, ast.Import | ast.ImportFrom)}


def settings_read(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where something is taken from ``settings``, but for those a model must take from there."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="settings"), attr=name) if name not in _SETTINGS_OF_DJANGO:
                yield node.lineno, name
