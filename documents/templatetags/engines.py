"""Engines, as the pages call them."""

from django import template

from documents.words import engine_name
from documents.words.engines import engine_described, readable_by

register = template.Library()
register.filter(engine_name)
register.filter(engine_described)
register.filter(readable_by)
