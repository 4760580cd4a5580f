"""Tags: what a collection's documents are marked with. ``tax/2024`` lies in ``tax``, which is a tag, too."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from django.db import transaction

from accounts.models import User
from documents.errors import NameTooLong, TagTaken, TooManyTags
from documents.models import Collection, Document, Event, Tag
from documents.search.text.analysis import fold
from documents.selectors.tagging import unused_tags
from documents.services import events, names
from documents.services.locks import lock_collections, lock_editable, lock_with_collection

LONGEST_TAG = 100
_MOST_AT_ONCE = 50
# Documents whose histories tell that a tag has another name, or is no more: these take half a second.
_MOST_NOTED = 5_000
_MOST_NAMED = 5  # tags, in one line of the history
_DocumentTag = Document.tags.through


def add_tags(*, user: User, document: Document, wanted: Sequence[str]) -> list[Tag]:
    """Mark ``document`` with the tags of these names, made where there are none, levels above included.

    Returns those that were made. Raises NameEmpty, NameTooLong, TooManyTags, Gone.
    """
    return _add(user, document, _clean(wanted))


def take_over(*, user: User, document: Document, other: Document) -> None:
    """Mark ``document`` with the tags of ``other`` as well, by their names. Raises Gone."""
    _add(user, document, [tag.name for tag in other.tags.all()])


def _add(user: User, document: Document, clean: Sequence[str]) -> list[Tag]:
    with transaction.atomic():
        lock_editable(document, user=user)
        lock_collections(document.collection_id)
        had = set(document.tags.all())
        made: list[Tag] = []
        named = [_tag(document.collection_id, name, made=made) for name in clean]
        added = {tag.pk: tag for tag in named if tag not in had}
        if added:
            document.tags.add(*added)
            _note(user, document, added=added.values())
    return made


def set_tags(*, user: User, document: Document, wanted: Sequence[str]) -> list[Tag]:
    """Mark ``document`` with the tags of these names and no others. Returns and raises as `add_tags`."""
    clean = clean_list(wanted)
    with transaction.atomic():
        made = _add(user, document, clean)
        kept = {fold(name)[:200] for name in clean}
        remove_tags(
            user=user,
            document=document,
            unwanted=[tag for tag in document.tags.all() if tag.name_folded not in kept],
        )
    return made


def clean_names(text: str) -> list[str]:
    """`clean_list` of the names in ``text``, with commas between them."""
    return clean_list(names.tag_names(text))


def clean_list(wanted: Sequence[str]) -> list[str]:
    """The names of tags as they are stored, each once. Raises NameEmpty, NameTooLong, TooManyTags."""
    return list(dict.fromkeys(_clean(wanted)))


def _clean(wanted: Sequence[str]) -> list[str]:
    if len(wanted) > _MOST_AT_ONCE:
        raise TooManyTags(tags=len(wanted), limit=_MOST_AT_ONCE)
    return [names.tag_name(name, longest=LONGEST_TAG) for name in wanted]


def remove_tags(*, user: User, document: Document, unwanted: Iterable[Tag]) -> None:
    """Take those of the tags off that it has. Raises Gone where the document is not there any more."""
    with transaction.atomic():
        lock_editable(document, user=user)
        has = set(document.tags.all())
        removed = [tag for tag in unwanted if tag in has]
        if removed:
            document.tags.remove(*removed)
            _note(user, document, removed=removed)


def carry_over(*, document: Document, collection: Collection) -> list[Tag]:
    """Mark ``document`` with the tags of ``collection`` that are called as its own, made where it lacks them.

    Returns those that were made. Who calls it holds the document and both collections.
    """
    made: list[Tag] = []
    own = document.tags.all()
    document.tags.set([_tag(collection.pk, tag.name, made=made, colour=tag.colour) for tag in own])
    return made


def make_tag(*, user: User, collection: Collection, name: str, colour: Tag.Colour | None = None) -> Tag:
    """A tag that marks nothing yet, with those that it lies in; without a ``colour`` it looks as they do.

    Who calls it has seen that ``user`` may edit there. Raises TagTaken, NameEmpty, NameTooLong,
    CollectionGone.
    """
    wanted = names.tag_name(name, longest=LONGEST_TAG)
    made: list[Tag] = []
    with transaction.atomic():
        lock_collections(collection.pk)
        tag = _tag(collection.pk, wanted, made=made, colour=colour or "")
        if tag not in made:
            raise TagTaken(name=tag.name)
        _note_collection(user, collection, added=[one.name for one in made])
    return tag


def change_tag(
    *,
    user: User,
    tag: Tag,
    name: str | None = None,
    colour: Tag.Colour | None = None,
    may_merge: bool = False,
) -> Tag:
    """Change what is given, or nothing. Returns and raises as `rename_tag`."""
    with transaction.atomic():
        if colour is not None:
            colour_tag(user=user, tag=tag, colour=colour)
        return tag if name is None else rename_tag(user=user, tag=tag, name=name, may_merge=may_merge)


def rename_tag(*, user: User, tag: Tag, name: str, may_merge: bool = False) -> Tag:
    """Call ``tag`` otherwise, and with it what lies in it. A name that another tag has makes the two one.

    Returns the tag that has the name now. Raises TagTaken unless ``may_merge``, NameEmpty, NameTooLong,
    Gone, CollectionGone.
    """
    wanted = names.tag_name(name, longest=LONGEST_TAG)
    with transaction.atomic():
        lock_with_collection(tag)
        before = tag.name
        if wanted == before:
            return tag
        inside = _inside(tag)
        others = Tag.objects.filter(collection=tag.collection_id).exclude(pk__in=[row.pk for row in inside])
        taken = {row.name_folded: row for row in others}
        is_merge = fold(wanted)[:200] in taken
        if is_merge and not may_merge:
            raise TagTaken(name=wanted)
        having = _having(inside)
        _rename_all({row: _moved(row.name, before, wanted) for row in inside}, taken)
        kept = _tag(tag.collection_id, wanted, made=[])
        names_of_tag: events.Details = {"before": before, "after": kept.name}
        if is_merge:
            names_of_tag |= {"merged": True}
        line = _note_collection(user, tag.collection, **names_of_tag)
        events.note_parts(whole=line, documents=((document, names_of_tag) for document in having))
    return kept


def colour_tag(*, user: User, tag: Tag, colour: Tag.Colour) -> None:
    """Raises Gone, CollectionGone."""
    with transaction.atomic():
        lock_with_collection(tag)
        if tag.colour != colour:
            tag.colour = colour
            tag.save(update_fields=["colour"])
            _note_collection(user, tag.collection, coloured=tag.name)


def delete_tag(*, user: User, tag: Tag) -> None:
    """Take ``tag``, and what lies in it, off all documents. Raises Gone, CollectionGone."""
    with transaction.atomic():
        lock_with_collection(tag)
        inside = _inside(tag)
        having = _having(inside)
        Tag.objects.filter(pk__in=[row.pk for row in inside]).delete()
        line = _note_collection(user, tag.collection, **_removed(inside))
        documents = ((document, {"removed": tags}) for document, tags in having.items())
        events.note_parts(whole=line, documents=documents)


def delete_unused_tags(*, user: User, collection: Collection, among: Container[int] | None = None) -> int:
    """Delete those that mark nothing, as moves leave them: all, or those whose keys are ``among`` these.

    Returns how many. Raises CollectionGone.
    """
    with transaction.atomic():
        lock_collections(collection.pk)
        unused = [tag for tag in unused_tags([collection.pk]) if among is None or tag.pk in among]
        if unused:
            Tag.objects.filter(pk__in=[tag.pk for tag in unused]).delete()
            _note_collection(user, collection, **_removed(unused))
    return len(unused)


def _tag(collection_id: int, name: str, *, made: list[Tag], colour: str = "") -> Tag:
    """The tag of that name, and with it those above it; those that there were not are added to ``made``.

    A new one looks as the one above does.
    """
    above, _slash, last = name.rpartition("/")
    parent = _tag(collection_id, above, made=made) if above else None
    full = f"{parent.name}/{last}" if parent else last
    if len(full) > LONGEST_TAG:
        raise NameTooLong(limit=LONGEST_TAG)
    look = colour or (parent.colour if parent else Tag.Colour.GREY)
    key = {"collection_id": collection_id, "name_folded": fold(full)[:200]}
    tag, is_new = Tag.objects.get_or_create(**key, defaults={"name": full, "colour": look})
    if is_new:
        made.append(tag)
    return tag


def _inside(tag: Tag) -> list[Tag]:
    """``tag`` and all that lie in it, at any depth."""
    levels = names.folded_levels(tag.name)
    siblings = Tag.objects.filter(collection=tag.collection_id)
    return [row for row in siblings if names.folded_levels(row.name)[: len(levels)] == levels]


def _having(tags: Sequence[Tag]) -> dict[Document, events.Detail]:
    """Documents that have one of ``tags``, each with the names of those that it has."""
    having: dict[Document, list[str]] = defaultdict(list)
    rows = _DocumentTag.objects.filter(tag__in=tags).select_related("document", "tag").order_by("-pk")
    fields = ("document__title", "document__collection", "tag__name")
    for row in rows.only(*fields)[:_MOST_NOTED]:
        having[row.document].append(row.tag.name)
    return dict(having)


def _moved(name: str, before: str, after: str) -> str:
    """``name``, which lies in ``before``, once that is called ``after``."""
    moved = "/".join([after, *name.split("/")[before.count("/") + 1 :]])
    if len(moved) > LONGEST_TAG:
        raise NameTooLong(limit=LONGEST_TAG)
    return moved


def _rename_all(new_names: dict[Tag, str], taken: dict[str, Tag]) -> None:
    """Give tags their new names, or merge them into those of the others that have them: ``taken``."""
    for tag in new_names:  # first out of each other's way: no name begins with a slash
        Tag.objects.filter(pk=tag.pk).update(name_folded=f"/{tag.pk}")
    for tag, name in new_names.items():
        if other := taken.get(fold(name)[:200]):
            _merge(tag, other)
        else:
            tag.name = name
            tag.save(update_fields=["name", "name_folded"])


def _merge(tag: Tag, other: Tag) -> None:
    rows = _DocumentTag.objects
    has_other = rows.filter(tag=other).values("document")
    rows.filter(tag=tag).exclude(document__in=has_other).update(tag=other)
    tag.delete()


def _removed(tags: Sequence[Tag]) -> events.Details:
    """The first by name, and how many more there are: a collection may lose hundreds at once."""
    names_of_tags = sorted(tag.name for tag in tags)
    told: events.Details = {"removed": names_of_tags[:_MOST_NAMED]}
    return told | {"more": len(tags) - _MOST_NAMED} if len(tags) > _MOST_NAMED else told


def _note_collection(user: User, collection: Collection, **details: events.Detail) -> Event:
    action = Event.Action.TAGGED
    return events.note_whole(user=user, action=action, details=details, collection=collection)


def _note(user: User, document: Document, *, added: Iterable[Tag] = (), removed: Iterable[Tag] = ()) -> None:
    events.note(
        user=user,
        action=Event.Action.TAGGED,
        document=document,
        added=[tag.name for tag in added],
        removed=[tag.name for tag in removed],
    )
