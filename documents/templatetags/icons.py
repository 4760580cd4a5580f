"""The icons of `heroicons`, each drawn once: to draw one takes as long as to ask the database something."""

from collections.abc import Callable
from functools import cache

from django import template
from heroicons.templatetags import heroicons

register = template.Library()


@register.simple_tag
def heroicon_micro(name: str, **attributes: str) -> str:
    return _drawn(heroicons.heroicon_micro, name, *attributes.items())


@register.simple_tag
def heroicon_mini(name: str, **attributes: str) -> str:
    return _drawn(heroicons.heroicon_mini, name, *attributes.items())


@register.simple_tag
def heroicon_outline(name: str, **attributes: str) -> str:
    return _drawn(heroicons.heroicon_outline, name, *attributes.items())


@cache
def _drawn(draw: Callable[..., str], name: str, *attributes: tuple[str, str]) -> str:
    """Templates name few icons, with few attributes."""
    return draw(name, **dict(attributes))
