"""Bulk actions in the words of the pages, and the bar that starts them."""

from collections.abc import Collection, Mapping

from django import template
from django.template.context import Context

from documents.models import BulkAction
from documents.selectors import deeds
from documents.selectors.membership import editable_collections
from documents.words import bulk as bulk_words
from documents.words import explain

register = template.Library()


@register.filter
def called(action: BulkAction) -> str:
    return bulk_words.called(action)


@register.filter
def came_of(action: BulkAction) -> str:
    return bulk_words.came_of(action)


@register.filter
def worked_on(action: BulkAction) -> int:
    """The documents that are through, one way or the other."""
    return action.done + action.failed


@register.filter
def has_download(action: BulkAction) -> bool:
    """Whether the person who asked for it can take it away."""
    return deeds.has_download(action.user, action)


@register.simple_tag
def error_sentence(code: str, params: Mapping[str, str | int | float] | None = None) -> str:
    return explain(code, params or {})


@register.inclusion_tag("documents/_bulk_lines.html", takes_context=True)
def bulk_lines(context: Context) -> dict[str, object]:
    """A line for each bulk action of the reader that is under way; it follows to the end."""
    actions = deeds.under_way(context["request"].user)
    return {"actions": actions, "is_under_way": bool(actions)}


@register.inclusion_tag("documents/_bulk_bar.html", takes_context=True)
def bulk_bar(
    context: Context,
    total: int,
    *,
    total_is_exact: bool,
    places: Collection[int],
    q: str = "",
    is_forgiving: bool = True,
) -> dict[str, object]:
    """The form that boxes of ``_select.html`` belong to. ``total`` documents are listed or found by ``q``.

    ``places`` are the collections of those in sight: where these are all, and nothing may be changed there,
    nothing of that is offered.
    """
    request = context["request"]
    editable = {place.pk for place in editable_collections(request.user)}
    may_edit = bool(editable & set(places)) if total_is_exact and total == len(places) else bool(editable)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "may_edit": may_edit,
        "total": total,
        "total_is_exact": total_is_exact,
        "q": q,
        "is_forgiving": is_forgiving,
    }
