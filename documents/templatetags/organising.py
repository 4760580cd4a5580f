"""Collections, tags and the audit trail as the pages show them."""

from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from documents.models import Collection, Event, Invitation, Tag
from documents.search.query.parse import with_filter
from documents.selectors.membership import invitations_for, shown_name
from documents.words import copies
from documents.words.events import Sentence, sentences

register = template.Library()
register.filter(copies.keep)


@register.filter
def in_words(event: Event) -> SafeString:
    """What was done as a sentence; names stand apart, so that one in another script turns nothing round."""
    return format_html_join(" · ", "{}", ((_isolated(sentence),) for sentence in sentences(event)))


def _isolated(sentence: Sentence) -> SafeString:
    values = {key: format_html("<bdi>{}</bdi>", value) for key, value in sentence.values.items()}
    for key, document_id in sentence.links.items():
        address = reverse("document", args=[document_id])
        values[key] = format_html('<a href="{}">{}</a>', address, values[key])
    return mark_safe(conditional_escape(sentence.template) % values)  # noqa: S308 -- both are escaped


@register.simple_tag
def waiting_invitations(user: User) -> list[Invitation]:
    """Those that ``user`` is to answer."""
    return list(invitations_for(user))


@register.simple_tag(takes_context=True)
def collection_search(context: Context, collection: Collection) -> str:
    """The address of what is in a collection of the reader's, and in none of the same name."""
    return _search("in", shown_name(context["request"].user, collection))


@register.simple_tag
def tag_search(tag: Tag) -> str:
    """The address of what has a tag, or one that lies in it."""
    return _search("tag", tag.name)


def _search(field: str, value: str) -> str:
    return f"{reverse('archive')}?{urlencode({'q': with_filter('', field, value)})}"
