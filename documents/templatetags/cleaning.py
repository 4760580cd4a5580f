"""Kinds of cleaning, as the pages call them."""

from django import template

from documents.words.cleaning import good_for, label_of_cleaning

register = template.Library()
register.filter(label_of_cleaning)
register.filter(good_for)
