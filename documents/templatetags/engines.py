"""Engines, as the pages call them."""

from django import template

from documents.words import engine_name
from documents.words.engines import engine_described, readable_by
from documents.words.readers import page_readers, program_names, programs_of

register = template.Library()
register.filter(engine_name)
register.filter(engine_described)
register.filter(readable_by)
register.filter(page_readers)
register.filter(program_names)
register.filter(programs_of)
