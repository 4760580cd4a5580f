"""What the filters of a question mean for documents: a condition on their rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.utils.translation import get_language

from accounts.models import User
from documents.models import Collection, Document, Note, SearchEntry, State, Tag
from documents.ocr.languages import named
from documents.search.query.fields import percents
from documents.search.query.tree import Either, Every, Filter, Not, Tree, Words
from documents.search.text.tokens import fold
from documents.selectors import facts
from documents.selectors.membership import shown_names

Condition = Callable[[User, Filter], Q]

_STATES = {
    "failed": Q(state=State.FAILED, is_locked=False),
    "queued": Q(state=State.QUEUED),
    "running": Q(state=State.RUNNING),
    "done": Q(state=State.DONE),
    "cancelled": Q(state=State.CANCELLED),
    "locked": Q(is_locked=True),
    "partly": Q(state=State.PARTLY_FAILED),
}


def no_words(_asked: Words | Filter) -> Q:
    raise TypeError("words and titles are looked up in the index")


def condition(user: User, tree: Tree, words: Callable[[Words | Filter], Q] = no_words) -> Q:
    """What ``tree`` means for the documents that ``user`` may see.

    It has filters alone, or ``words`` says what the words and the titles in it mean.
    """
    match tree:
        case Words() | Filter(field="title"):
            return words(tree)
        case Filter():
            return FIELDS[tree.field](user, tree)
        case Not(part):
            return ~condition(user, part, words)
        case Every(parts):
            return reduce(and_, (condition(user, part, words) for part in parts))
        case Either(parts):
            return reduce(or_, (condition(user, part, words) for part in parts))


def collections_named(user: User, asked: Filter) -> list[int]:
    """The one that `shown_names` calls so, else all of that name; they are few, and folded as titles are."""
    wanted = fold(str(asked.value))
    shown = [key for key, name in shown_names(user).items() if fold(name) == wanted]
    mine = Collection.objects.none() if shown else Collection.objects.filter(memberships__user=user)
    return shown or [one.pk for one in mine if fold(one.name) == wanted]


def languages_named(asked: Filter) -> tuple[str, ...]:
    return named(str(asked.value), get_language() or "en")


def unknown_names(user: User, tree: Tree | None) -> Iterator[str]:
    """The filters of ``tree`` that name a collection, tag or language that there is not."""
    match tree:
        case Filter(field="in" | "tag" | "lang" as field):
            if not _NAMED[field](user, tree):
                yield f"{field}:{tree.value}"
        case Not(part):
            yield from unknown_names(user, part)
        case Every(parts) | Either(parts):
            for part in parts:
                yield from unknown_names(user, part)


def _in_collection(user: User, asked: Filter) -> Q:
    return Q(collection__in=collections_named(user, asked))


def _with_tag(user: User, asked: Filter) -> Q:
    return _has_tag(Q(tag__in=_tags_named(user, asked)))


def _tags_named(user: User, asked: Filter) -> list[int]:
    """Also those that are nested in it."""
    name = fold(str(asked.value)).strip("/")
    tags = Tag.objects.filter(
        Q(name_folded=name) | Q(name_folded__startswith=f"{name}/"), collection__memberships__user=user
    )
    return list(tags.values_list("pk", flat=True))


def _has_tag(condition: Q) -> Q:
    return Q(Exists(Document.tags.through.objects.filter(condition, document=OuterRef("pk"))))


def _in_language(_user: User, asked: Filter) -> Q:
    # The list of codes as its JSON: SQLite cannot look for a member of it otherwise.
    each = (Q(Contains(Cast("languages", TextField()), f'"{code}"')) for code in languages_named(asked))
    return reduce(or_, each, Q(pk__in=[]))


def _of_date(_user: User, asked: Filter) -> Q:
    return Q(**{f"dated_on__{facts.LOOKUPS[asked.comparison]}": asked.value})


def _with_confidence(_user: User, asked: Filter) -> Q:
    """With a page that was read so: few are read badly, and are looked up; of the others, most have one."""
    lowest, above = percents(asked)
    pages = SearchEntry.objects.filter(confidence__gte=lowest, confidence__lt=above)
    if asked.comparison in (">", ">="):
        return Q(Exists(pages.filter(document=OuterRef("pk"))))
    return Q(pk__in=pages.values("document"))


def _in_state(_user: User, asked: Filter) -> Q:
    return _STATES[str(asked.value)]


def _found(_user: User, asked: Filter) -> Q:
    return facts.condition(asked)


def _with_thing(_user: User, asked: Filter) -> Q:
    return _THINGS[str(asked.value)]


_THINGS: Mapping[str, Q] = {
    "note": Q(Exists(Note.objects.filter(document=OuterRef("pk")))),
    "tag": _has_tag(Q()),
    **{kind: facts.has(kind) for kind in facts.Kind},
}
_NAMED: Mapping[str, Callable[[User, Filter], Sequence[object]]] = {
    "in": collections_named,
    "tag": _tags_named,
    "lang": lambda _user, asked: languages_named(asked),
}
FIELDS: Mapping[str, Condition] = {
    "tag": _with_tag,
    "in": _in_collection,
    "lang": _in_language,
    "date": _of_date,
    "confidence": _with_confidence,
    "is": _in_state,
    "has": _with_thing,
    **dict.fromkeys(facts.FIELDS, _found),
}
