"""Tags as people see them: of a document, of a collection, as a tree. A part of ``selectors``."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from documents import selectors
from documents.models import Document, Tag
from documents.selectors.membership import Held, collection_for, collections_of, editable_collections

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
    """The tags of a collection, each before those that lie in it; ``unused`` of them mark nothing."""

    held: Held
    tags: list[Placed]
    unused: int


def tags_by_collection(user: User) -> list[Tagged]:
    """All collections of ``user``, those without tags, too. Documents in the trash are not counted."""
    collections = collections_of(user)
    tags = Tag.objects.filter(collection__in=[held.collection.pk for held in collections])
    ordered = sorted(tags, key=lambda tag: (tag.collection_id, _levels(tag)))
    counts = _counts(tags, ordered)
    of_collection = defaultdict(list)
    for tag in ordered:
        above, slash, last = tag.name.rpartition("/")
        of_collection[tag.collection_id].append(Placed(tag, above + slash, last, counts[tag.pk]))
    unused = Counter(tag.collection_id for tag in unused_tags(of_collection))
    return [
        Tagged(held, of_collection[held.collection.pk], unused[held.collection.pk]) for held in collections
    ]


def unused_tags(collection_ids: Iterable[int]) -> list[Tag]:
    """Those that no document has, nor one that lies in them; a document in the trash counts."""
    of_tag = Document.tags.through.objects.filter(tag=OuterRef("pk"))
    tags = list(Tag.objects.filter(collection__in=list(collection_ids)).annotate(is_used=Exists(of_tag)))
    needed = {
        (tag.collection_id, *_levels(tag)[:depth])
        for tag in tags
        if tag.is_used
        for depth in range(1, len(_levels(tag)) + 1)
    }
    return [tag for tag in tags if (tag.collection_id, *_levels(tag)) not in needed]


def _levels(tag: Tag) -> list[str]:
    return tag.name_folded.split("/")  # compared whole, “a-b” would come between “a” and “a/b”


def _counts(tags: QuerySet[Tag], ordered: Iterable[Tag]) -> dict[int, int]:
    """How many documents have each tag or one that lies in it, each counted once."""
    count = Count("documents", filter=Q(documents__trashed_at=None))
    counts = dict(tags.order_by().annotate(count=count).values_list("pk", "count"))
    by_root = groupby(ordered, key=lambda tag: (tag.collection_id, _levels(tag)[0]))
    trees = [list(tree) for _root, tree in by_root]
    nested = [tree for tree in trees if len(tree) > 1]
    documents = _documents([tag.pk for tree in nested for tag in tree])
    for tree in nested:
        counts |= _counts_in(tree, documents)
    return counts


def _documents(tag_ids: Collection[int]) -> dict[int, set[UUID]]:
    """The keys of the documents that have each of these tags themselves."""
    rows = Document.tags.through.objects.filter(tag__in=tag_ids, document__trashed_at=None)
    having = defaultdict(set)
    for tag_id, document_id in rows.values_list("tag", "document"):
        having[tag_id].add(document_id)
    return having


def _counts_in(tree: Iterable[Tag], documents: Mapping[int, set[UUID]]) -> dict[int, int]:
    """The same for a tag and all that lie in it, each before those that lie in it."""
    found: dict[int, set[UUID]] = {}
    above: list[Tag] = []
    for tag in tree:
        while above and _levels(tag)[: len(_levels(above[-1]))] != _levels(above[-1]):
            above.pop()
        above.append(tag)
        found[tag.pk] = set()
        for holder in above:
            found[holder.pk] |= documents.get(tag.pk, set())
    return {pk: len(ids) for pk, ids in found.items()}


def tag_for(user: User, tag_id: int) -> Tag:
    """Raises Tag.DoesNotExist."""
    mine = selectors.collection_ids(user)
    return Tag.objects.select_related("collection").get(pk=tag_id, collection__in=mine)


def tag_to_edit(user: User, tag_id: int) -> Tag:
    """Raises Tag.DoesNotExist; PermissionDenied for who may only look at the documents of its collection."""
    tag = tag_for(user, tag_id)
    if not collection_for(user, tag.collection_id).may_edit:
        raise PermissionDenied
    return tag


def count_documents(tag: Tag) -> int:
    """How many documents outside the trash have ``tag`` or one that lies in it."""
    siblings = Tag.objects.filter(collection=tag.collection_id)
    inside = siblings.filter(Q(pk=tag.pk) | Q(name_folded__startswith=f"{tag.name_folded}/"))
    return len(set().union(*_documents(list(inside.values_list("pk", flat=True))).values()))


def offered_tags(document: Document) -> list[str]:
    """Names of the collection's tags that ``document`` does not have yet."""
    return _names(Tag.objects.filter(collection=document.collection_id).exclude(documents=document))


def tags_to_give(user: User) -> list[str]:
    """Names of tags that ``user`` may give to documents, whatever their collection."""
    return _names(Tag.objects.filter(collection__in=editable_collections(user)))


def _names(tags: QuerySet[Tag]) -> list[str]:
    names = tags.order_by("name_folded", "name").values_list("name", flat=True)
    return list(dict.fromkeys(names[:_MOST_OFFERED]))


def count_inside(tag: Tag) -> int:
    """How many tags lie in ``tag``, at any depth."""
    siblings = Tag.objects.filter(collection=tag.collection_id)
    return siblings.filter(name_folded__startswith=f"{tag.name_folded}/").count()
