"""Tags: made on the fly, nested, renamed with what lies in them, merged."""

import pytest

from accounts.models import User
from documents.errors import CollectionGone, Gone, NameEmpty, NameTooLong, TagTaken
from documents.models import Collection, Document, Event, Tag
from documents.services.tags import (
    add_tags,
    change_tag,
    colour_tag,
    delete_tag,
    delete_unused_tags,
    make_tag,
    remove_tags,
    rename_tag,
    set_tags,
)
from tests.factories import make_document


def names(document: Document) -> set[str]:
    return set(document.tags.values_list("name", flat=True))


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


@pytest.fixture
def tagged(document: Document, owner: User) -> Document:
    add_tags(user=owner, document=document, wanted=["tax/2024", "Été"])
    Event.objects.all().delete()
    return document


def test_a_tag_is_made_with_the_levels_above_it(tagged: Document) -> None:
    assert names(tagged) == {"tax/2024", "Été"}
    assert set(Tag.objects.values_list("name", "name_folded")) == {
        ("tax", "tax"),
        ("tax/2024", "tax/2024"),
        ("Été", "ete"),
    }


def test_a_tag_that_is_there_is_used_however_it_is_typed(tagged: Document, owner: User) -> None:
    add_tags(user=owner, document=tagged, wanted=["ETE", "TAX / 2024", "TAX/2025"])
    assert names(tagged) == {"tax/2024", "Été", "tax/2025"}
    assert Event.objects.get().details == {"added": ["tax/2025"], "removed": []}


def test_a_new_tag_looks_as_the_one_above_it(tagged: Document, owner: User) -> None:
    colour_tag(user=owner, tag=tag("tax"), colour=Tag.Colour.BLUE)
    add_tags(user=owner, document=tagged, wanted=["tax/2025"])
    assert tag("tax/2025").colour == "blue"


def test_nothing_is_said_of_tags_that_it_has(tagged: Document, owner: User) -> None:
    add_tags(user=owner, document=tagged, wanted=["été"])
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "error"), [([" "], NameEmpty), (["fine", "x" * 101], NameTooLong), (["/"], NameEmpty)]
)
def test_one_bad_name_adds_none(
    document: Document, owner: User, wanted: list[str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        add_tags(user=owner, document=document, wanted=wanted)
    assert not Tag.objects.exists()


def test_a_tag_is_taken_off_and_stays_for_others(tagged: Document, owner: User) -> None:
    remove_tags(user=owner, document=tagged, unwanted=[tag("Été")])
    remove_tags(user=owner, document=tagged, unwanted=[tag("Été")])
    assert names(tagged) == {"tax/2024"}
    assert Event.objects.get().details == {"added": [], "removed": ["Été"]}


def test_a_tag_takes_with_it_what_lies_in_it(tagged: Document, owner: User) -> None:
    add_tags(user=owner, document=tagged, wanted=["tax/2024/may", "taxi"])
    kept = rename_tag(user=owner, tag=tag("tax"), name="money/tax")
    assert kept.name == "money/tax"
    assert names(tagged) == {"money/tax/2024", "money/tax/2024/may", "Été", "taxi"}
    assert set(Tag.objects.values_list("name", flat=True)) == {*names(tagged), "money", "money/tax"}


def test_a_name_that_is_taken_is_asked_about(tagged: Document, owner: User) -> None:
    with pytest.raises(TagTaken):
        rename_tag(user=owner, tag=tag("Été"), name="TAX")
    assert names(tagged) == {"tax/2024", "Été"}


def test_two_tags_become_one(tagged: Document, owner: User, collection: Collection) -> None:
    other = make_document(collection=collection, user=owner, texts=[])
    add_tags(user=owner, document=other, wanted=["steuer/2024", "tax/2024", "steuer/2025"])
    add_tags(user=owner, document=tagged, wanted=["steuer"])
    kept = rename_tag(user=owner, tag=tag("steuer"), name="Tax", may_merge=True)
    assert kept == tag("tax")
    assert names(other) == {"tax/2024", "Tax/2025"}
    assert names(tagged) == {"tax", "tax/2024", "Été"}
    assert not Tag.objects.filter(name_folded__startswith="steuer").exists()


@pytest.mark.parametrize(
    ("before", "after", "all_names"),
    [
        ("a", "a/b", {"a", "a/b", "a/b/b", "a/b/b/c"}),
        ("a/b", "a", {"a", "a/c"}),
        ("a/b", "b", {"a", "b", "b/c"}),
        ("a", "A", {"A", "A/b", "A/b/c"}),
    ],
)
def test_a_tag_moves_into_and_out_of_its_own_branch(
    document: Document, owner: User, before: str, after: str, all_names: set[str]
) -> None:
    add_tags(user=owner, document=document, wanted=["a/b/c"])
    rename_tag(user=owner, tag=tag(before), name=after, may_merge=True)
    assert set(Tag.objects.values_list("name", flat=True)) == all_names
    assert document.tags.count() == 1
    assert {row.name_folded for row in Tag.objects.all()} == {name.lower() for name in all_names}


def test_a_branch_whose_names_would_be_too_long_stays_as_it_was(tagged: Document, owner: User) -> None:
    with pytest.raises(NameTooLong):
        rename_tag(user=owner, tag=tag("tax"), name="x" * 97)
    assert names(tagged) == {"tax/2024", "Été"}


def test_a_tag_is_deleted_with_what_lies_in_it(tagged: Document, owner: User) -> None:
    delete_tag(user=owner, tag=tag("tax"))
    assert names(tagged) == {"Été"}
    assert Event.objects.get(document_id=None).details == {"removed": ["tax", "tax/2024"]}


def history(document: Document) -> list[dict[str, object]]:
    return list(
        Event.objects.filter(document_id=document.pk).order_by("pk").values_list("details", flat=True)
    )


def test_a_renamed_tag_is_a_line_of_each_document_that_has_it(
    tagged: Document, owner: User, collection: Collection
) -> None:
    other = make_document(collection=collection, user=owner, texts=[])
    rename_tag(user=owner, tag=tag("tax"), name="money")
    assert history(tagged) == [{"before": "tax", "after": "money"}]
    assert history(other) == []
    line = Event.objects.get(document_id=None)
    assert line.collection_id == collection.pk
    assert [part.document_id for part in line.parts.all()] == [tagged.pk]


def test_a_deleted_tag_is_a_line_of_each_document_that_had_it(
    tagged: Document, owner: User, collection: Collection
) -> None:
    other = make_document(collection=collection, user=owner, texts=[])
    add_tags(user=owner, document=other, wanted=["tax", "tax/2024"])
    delete_tag(user=owner, tag=tag("tax"))
    assert history(tagged) == [{"removed": ["tax/2024"]}]
    assert sorted(history(other)[-1]["removed"]) == ["tax", "tax/2024"]


@pytest.mark.parametrize("is_unused", [True, False])
def test_of_very_many_tags_that_are_deleted_some_are_named(
    collection: Collection, owner: User, *, is_unused: bool
) -> None:
    made = ["all", *(f"all/{number}" for number in range(6))]
    Tag.objects.bulk_create(Tag(collection=collection, name=name, name_folded=name) for name in made)
    if is_unused:
        delete_unused_tags(user=owner, collection=collection)
    else:
        delete_tag(user=owner, tag=tag("all"))
    assert Event.objects.get().details == {"removed": ["all", "all/0", "all/1", "all/2", "all/3"], "more": 2}


def test_two_tags_that_become_one_are_a_line_of_those_that_had_the_one_that_is_gone(
    tagged: Document, owner: User
) -> None:
    rename_tag(user=owner, tag=tag("Été"), name="tax", may_merge=True)
    assert history(tagged) == [{"before": "Été", "after": "tax", "merged": True}]


def test_of_very_many_documents_the_last_ones_are_told(
    tagged: Document, owner: User, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.services.tags._MOST_NOTED", 1)
    other = make_document(collection=collection, user=owner, texts=[])
    add_tags(user=owner, document=other, wanted=["tax/2024"])
    delete_tag(user=owner, tag=tag("tax"))
    assert (history(tagged), history(other)[-1]) == ([], {"removed": ["tax/2024"]})


def test_tags_of_another_collection_are_left_alone(tagged: Document, owner: User) -> None:
    other = Tag.objects.create(collection=Collection.objects.create(name="Other"), name="tax/2024")
    delete_tag(user=owner, tag=Tag.objects.get(name="tax"))
    assert Tag.objects.filter(pk=other.pk).exists()


def test_a_tag_that_somebody_deleted_meanwhile_is_told(tagged: Document, owner: User) -> None:
    stale = tag("tax")
    Tag.objects.filter(pk=stale.pk).delete()
    for change in (
        lambda: rename_tag(user=owner, tag=stale, name="new"),
        lambda: colour_tag(user=owner, tag=stale, colour=Tag.Colour.RED),
        lambda: delete_tag(user=owner, tag=stale),
    ):
        with pytest.raises(Gone):
            change()


def test_a_tag_of_a_collection_that_was_deleted_meanwhile_is_told(owner: User) -> None:
    place = Collection.objects.create(name="Other")
    stale = Tag.objects.create(collection=place, name="x")
    place.delete()
    with pytest.raises(CollectionGone):
        delete_tag(user=owner, tag=stale)


def test_a_document_has_the_tags_that_are_named_and_no_others(tagged: Document, owner: User) -> None:
    made = set_tags(user=owner, document=tagged, wanted=["ETE", "tax/2025"])
    assert names(tagged) == {"Été", "tax/2025"}
    assert [one.name for one in made] == ["tax/2025"]
    assert {str(line.details) for line in Event.objects.all()} == {
        "{'added': ['tax/2025'], 'removed': []}",
        "{'added': [], 'removed': ['tax/2024']}",
    }
    with pytest.raises(NameEmpty):
        set_tags(user=owner, document=tagged, wanted=["new", "/"])
    set_tags(user=owner, document=tagged, wanted=[])
    assert names(tagged) == set()


def test_a_tag_is_made_before_anything_has_it(tagged: Document, owner: User) -> None:
    place = tagged.collection
    made = make_tag(user=owner, collection=place, name="fees / bank", colour=Tag.Colour.TEAL)
    assert (made.name, made.colour, tag("fees").colour) == ("fees/bank", "teal", "grey")
    assert Event.objects.get().details == {"added": ["fees", "fees/bank"]}
    with pytest.raises(TagTaken):
        make_tag(user=owner, collection=place, name="TAX")
    with pytest.raises(NameEmpty):
        make_tag(user=owner, collection=place, name="/")


def test_name_and_colour_are_changed_together_or_not_at_all(tagged: Document, owner: User) -> None:
    with pytest.raises(TagTaken):
        change_tag(user=owner, tag=tag("tax"), name="ete", colour=Tag.Colour.RED)
    assert tag("tax").colour == "grey"
    change_tag(user=owner, tag=tag("tax"), name="fees", colour=Tag.Colour.RED)
    assert tag("fees").colour == "red"
    assert change_tag(user=owner, tag=tag("fees")).name == "fees"
