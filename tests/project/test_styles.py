"""Stylesheets and pages know each other: no rule without a use, no class without a rule."""

import re
from collections.abc import Iterator
from itertools import chain

from django.conf import settings

# A name may be made of a part and a value: ``tag-{{ tag.colour }}``, ``layer-${name}``.
_BEGINNING = re.compile(r"([a-z]+(?:-[a-z]+)*-)(?:\{\{|\$\{|\{)")
# For scripts, for htmx, or to tell one kind of part from another.
_WITHOUT_STYLE = {
    "facts-source",
    "like-list",
    "page-picture",
    "success",
    "trail-about",
    "version-head",
}


def texts(*patterns: str) -> Iterator[str]:
    return (path.read_text() for pattern in patterns for path in settings.BASE_DIR.glob(pattern))


def classes_of_rules() -> set[str]:
    css = re.sub(r"/\*.*?\*/", "", "\n".join(texts("static/css/*.css")), flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", css)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", " ".join(selectors)))


def classes_of_pages() -> set[str]:
    attributes = chain.from_iterable(
        re.findall(r'\bclass="([^"]*)"', text) for text in texts("templates/**/*.html")
    )
    # A name that is partly made of a value is no name; a tag between names is none either.
    plain = (re.sub(r"\{\{.*?\}\}", "{", re.sub(r"\{%.*?%\}", " ", attribute)) for attribute in attributes)
    return {name for attribute in plain for name in attribute.split() if "{" not in name}


def test_every_rule_has_a_use() -> None:
    sources = "\n".join(
        texts("templates/**/*.html", "static/js/**/*.js", "documents/**/*.py", "accounts/**/*.py")
    )
    words = set(re.findall(r"[a-zA-Z][\w-]*", sources))
    beginnings = tuple(_BEGINNING.findall(sources))
    assert sorted(name for name in classes_of_rules() - words if not name.startswith(beginnings)) == []


def test_every_class_has_a_rule() -> None:
    scripts = "\n".join(texts("static/js/**/*.js"))
    asked = set(re.findall(r"\.([a-z][\w-]*)", scripts))
    assert sorted(classes_of_pages() - classes_of_rules() - asked - _WITHOUT_STYLE) == []
