"""Tags as people see them: of a document, of a collection, as a tree. A part of ``selectors``."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from documents.models import Document, Membership, Tag
from documents.selectors.membership import Held, collections_of

# What a list of suggestions of a browser shows at once without becoming slow.
_MOST_OFFERED = 500
_DEEPEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A tag in its tree: ``above`` is the part of its name that the tags it lies in have (``tax/``).

    ``documents`` have it, or a tag that lies in it: as many as a search for it finds.
    """

    tag: Tag
    above: str
    last: str
    documents: int

    @property
    def depth(self) -> int:
        """From 0, and no more than a page has room for."""
        return min(self.above.count("/"), _DEEPEST_SHOWN)


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tags of a collection, each before those that lie in it."""

    held: Held
    tags: list[Placed]


def tags_by_collection(user: User) -> list[Tagged]:
    """All collections of ``user``, those without tags, too. Documents in the trash are not counted."""
    collections = collections_of(user)
    tags = Tag.objects.filter(collection__in=[held.collection.pk for held in collections])
    of_collection = defaultdict(list)
    for tag in tags.annotate(count=Count("documents", filter=Q(documents__trashed_at=None))):
        of_collection[tag.collection_id].append(tag)
    return [Tagged(held, _placed(of_collection[held.collection.pk])) for held in collections]


def _placed(tags: list[Any]) -> list[Placed]:
    """``tags`` of one collection, with their ``count``, as a tree."""
    placed = []
    for tag in sorted(tags, key=_levels):
        above, slash, last = tag.name.rpartition("/")
        inside = [other.pk for other in tags if _levels(other)[: len(_levels(tag))] == _levels(tag)]
        count = tag.count if len(inside) == 1 else _count(inside)
        placed.append(Placed(tag, above + slash, last, count))
    return placed


def _levels(tag: Tag) -> list[str]:
    return tag.name_folded.split("/")  # compared whole, “a-b” would come between “a” and “a/b”


def _count(tag_ids: list[int]) -> int:
    """Documents with any of these tags, each counted once."""
    return Document.objects.filter(trashed_at=None, tags__in=tag_ids).distinct().count()


def tag_for(user: User, tag_id: int) -> Tag:
    """Raises Tag.DoesNotExist."""
    mine = Membership.objects.filter(user=user.pk).values("collection")
    return Tag.objects.select_related("collection").get(pk=tag_id, collection__in=mine)


def offered_tags(document: Document) -> list[str]:
    """Names of the collection's tags that ``document`` does not have yet."""
    others = Tag.objects.filter(collection=document.collection_id).exclude(documents=document)
    return list(others.values_list("name", flat=True)[:_MOST_OFFERED])


def count_inside(tag: Tag) -> int:
    """How many tags lie in ``tag``, at any depth."""
    siblings = Tag.objects.filter(collection=tag.collection_id)
    return siblings.filter(name_folded__startswith=f"{tag.name_folded}/").count()
