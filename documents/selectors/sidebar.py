"""What stands beside the archive: collections, tags and saved searches. A part of ``selectors``."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import User
from documents.models import SavedSearch, Tag
from documents.search.query.parse import with_filter
from documents.selectors.membership import shown_names

# More would be a list of its own: the tags page shows them all.
_MOST_TAGS = 200


@dataclass(slots=True)
class TagNode:
    """A tag with those nested in it; ``label`` is the last part of its name.

    ``query`` finds its documents. ``colour`` is empty where there is no tag of this very name.
    """

    label: str
    query: str
    colour: str = ""
    children: "dict[str, TagNode]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A collection and the query that finds its documents."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class SideBar:
    collections: tuple[Place, ...]
    tags: tuple[TagNode, ...]
    searches: tuple[SavedSearch, ...]


def side_bar(user: User) -> SideBar:
    """What ``user`` may see, in three questions, and a fourth where two collections have one name."""
    tags = Tag.objects.filter(collection__memberships__user=user)
    return SideBar(
        collections=tuple(Place(name, with_filter("", "in", name)) for name in shown_names(user).values()),
        tags=tag_tree(tags.order_by("name_folded", "collection__name", "collection")),
        searches=tuple(user.saved_searches.all()),
    )


def tag_tree(tags: Iterable[Tag]) -> tuple[TagNode, ...]:
    """``tax/2024`` lies in ``tax``; tags of one name in several collections are one."""
    root = TagNode("", "")
    for tag in sorted(tags, key=lambda tag: tag.name_folded)[:_MOST_TAGS]:
        node, path = root, ""
        for part, label in zip(tag.name_folded.split("/"), tag.name.split("/"), strict=False):
            path = f"{path}/{label}" if path else label
            node = node.children.setdefault(part, TagNode(label, with_filter("", "tag", path)))
        node.colour = node.colour or tag.colour
    return tuple(root.children.values())
