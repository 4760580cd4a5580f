"""Kinds of cleaning, as the pages call them."""

from django import template

from documents.models import Trial
from documents.ocr.elements import PageText
from documents.words.cleaning import done_before_reading, good_for, label_of_cleaning, turned_before_reading

register = template.Library()
register.filter(label_of_cleaning)
register.filter(good_for)


@register.filter
def done_before(read: PageText) -> str:
    """What was done to the page before it was read, in one line; empty where nothing was."""
    return ", ".join(turned_before_reading(read.rotation) + done_before_reading(read.treatments))


@register.filter
def done_to(trial: Trial) -> str:
    """The same of a trial, which is of a page that is upright already."""
    return ", ".join(done_before_reading(trial.read.treatments)) if trial.read else ""
