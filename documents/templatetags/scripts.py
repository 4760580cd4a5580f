"""Modules of JavaScript, told to the browser with all that they import, for it to fetch them at once."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
_IMPORTED = re.compile(r'^import [^"]*"(\.[^"]+)";', re.MULTILINE)


@register.simple_tag
def module(path: str) -> SafeString:
    """A script of ``static/`` as a module, and before it hints at what it imports, directly and by others."""
    hint = '<link rel="modulepreload" href="{}">'
    hints = format_html_join("\n", hint, ((static(imported),) for imported in imported_by(path)))
    return format_html('{}\n<script type="module" src="{}"></script>', hints, static(path))


@cache
def imported_by(path: str) -> tuple[str, ...]:
    """Paths of all modules that one needs besides itself, the nearest first, as they were at the start."""
    found = {path: None}
    waiting = [path]
    for module_path in waiting:
        new = [imported for imported in _imports(module_path) if imported not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return tuple(found)[1:]


def _imports(path: str) -> Iterator[str]:
    file = finders.find(path)
    if file is None:
        raise ValueError(f"There is no static file {path}.")
    for written in _IMPORTED.findall(Path(file).read_text()):
        yield normpath(join(dirname(path), written))
