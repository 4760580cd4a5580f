"""What stands beside the archive."""

from datetime import UTC, datetime

from accounts.models import User
from documents.models import Collection, Membership, SavedSearch, Tag
from documents.search.filters import collections_named
from documents.search.query.parse import parse
from documents.search.query.tree import Filter
from documents.selectors.sidebar import TagNode, side_bar, tag_tree


def outline(nodes: tuple[TagNode, ...]) -> list[object]:
    return [[node.label, node.query, node.colour, *outline(tuple(node.children.values()))] for node in nodes]


def tag(collection: Collection, name: str, colour: str = "grey") -> Tag:
    return Tag.objects.create(collection=collection, name=name, colour=colour)


def test_tags_lie_in_each_other(collection: Collection) -> None:
    tags = [tag(collection, "Tax/2024", "red"), tag(collection, "tax", "blue"), tag(collection, "home")]
    assert outline(tag_tree(tags)) == [
        ["home", "tag:home", "grey"],
        ["tax", "tag:tax", "blue", ["2024", "tag:Tax/2024", "red"]],
    ]


def test_a_tag_that_only_holds_others_has_no_colour(collection: Collection) -> None:
    assert outline(tag_tree([tag(collection, "a/b c", "red")])) == [
        ["a", "tag:a", "", ["b c", 'tag:"a/b c"', "red"]]
    ]


def test_tags_of_one_name_are_one(collection: Collection, owner: User) -> None:
    other = Collection.objects.create(name="Other")
    assert len(tag_tree([tag(collection, "Tax"), tag(other, "tax")])) == 1


def test_everybody_sees_what_is_theirs(collection: Collection, owner: User, stranger: User) -> None:
    tag(collection, "tax")
    SavedSearch.objects.create(user=owner, name="Rent", query="rent")
    bar = side_bar(owner)
    assert [(place.name, place.query) for place in bar.collections] == [("Letters", "in:Letters")]
    assert [node.label for node in bar.tags] == ["tax"]
    assert [search.name for search in bar.searches] == ["Rent"]
    nothing = side_bar(stranger)
    assert (nothing.collections, nothing.tags, nothing.searches) == ((), (), ())


def test_two_collections_of_one_name_are_shown_and_found_apart(
    collection: Collection, owner: User, stranger: User
) -> None:
    other = Collection.objects.create(name="letters")
    for user, role in ((stranger, "owner"), (owner, "viewer")):
        Membership.objects.create(collection=other, user=user, role=role)
    places = side_bar(owner).collections
    assert [place.name for place in places] == ["Letters (owner)", "letters (stranger)"]
    found = [collections_named(owner, filter_of(place.query)) for place in places]
    assert found == [[collection.pk], [other.pk]]
    assert collections_named(owner, filter_of("in:letters")) == [collection.pk, other.pk]


def test_links_find_one_collection_each_whatever_they_are_called(
    collection: Collection, owner: User, stranger: User
) -> None:
    """Two of one owner on one day, and one that is called as the others are shown."""
    alike = [collection, *(Collection.objects.create(name=name) for name in ("letters", "Letters (owner)"))]
    for other in alike[1:]:
        Membership.objects.create(collection=other, user=owner, role="owner")
    Membership.objects.create(collection=collection, user=stranger, role="viewer")
    Collection.objects.update(created_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    places = {place.name: place.query for place in side_bar(owner).collections}
    assert set(places) == {
        f"Letters (owner, 2026-11-20, {collection.pk})",
        f"letters (owner, 2026-11-20, {alike[1].pk})",
        "Letters (owner) (owner)",
    }
    found = [collections_named(owner, filter_of(query)) for query in places.values()]
    assert sorted(found) == [[one.pk] for one in alike]
    assert collections_named(owner, filter_of("in:letters")) == [collection.pk, alike[1].pk]
    assert [place.name for place in side_bar(stranger).collections] == ["Letters"]


def test_what_is_shown_so_is_meant_before_what_is_called_so(
    collection: Collection, owner: User, stranger: User
) -> None:
    for name, first in (("letters", stranger), ("Letters (owner)", owner), ("Letters (owner)", stranger)):
        other = Collection.objects.create(name=name)
        Membership.objects.create(collection=other, user=first, role="owner")
        Membership.objects.get_or_create(collection=other, user=owner, defaults={"role": "viewer"})
    assert side_bar(owner).collections[0].name == "Letters (owner)"
    assert collections_named(owner, filter_of('in:"Letters (owner)"')) == [collection.pk]


def test_the_day_tells_two_of_one_owner_apart(collection: Collection, owner: User) -> None:
    other = Collection.objects.create(name="letters", created_at=datetime(2020, 1, 31, 12, tzinfo=UTC))
    Membership.objects.create(collection=other, user=owner, role="owner")
    Collection.objects.filter(pk=collection.pk).update(created_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    shown = [place.name for place in side_bar(owner).collections]
    assert shown == ["Letters (owner, 2026-11-20)", "letters (owner, 2020-01-31)"]


def filter_of(query: str) -> Filter:
    tree = parse(query).tree
    assert isinstance(tree, Filter)
    return tree
