"""A paper that came twice is a choice: at the upload, on its page, in the list; for who may make it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Likeness
from documents.selectors import duplicates
from documents.services import trash
from tests.documents.views.conftest import Browse, html_of
from tests.doubles import EchoEngine
from tests.factories import make_document, make_likeness, picture


@pytest.fixture
def later(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=["Hello world"], title="The copy")


@pytest.fixture
def pair(document: Document, later: Document) -> Likeness:
    return Likeness.objects.create(document=later, other=document, how=Likeness.How.TEXT)


def address(pair: Likeness) -> str:
    return f"/documents/{pair.document_id}/duplicates/{pair.pk}/"


def page(client: Client, document: Document) -> str:
    return html_of(client.get(f"/documents/{document.pk}/"))


def send(client: Client, *paths: Path, **headers: str):
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    return client.post("/upload/", {"files": files, "languages": "eng"}, headers=headers)


def test_one_file_that_came_before_offers_the_choice_on_its_page(
    browse: Browse, owner: User, png: Path, echo: EchoEngine
) -> None:
    client = browse(owner)
    send(client, png)
    answer = send(client, png)
    first, second = Document.objects.order_by("created_at")
    assert answer["Location"] == f"/documents/{second.pk}/"
    html = page(client, second)
    assert f'You have this file already: <a href="/documents/{first.pk}/" dir="auto">white</a>' in html
    assert all(f'value="{choice}"' in html for choice in ("keep", "version", "discard"))
    assert f'<a href="/documents/{second.pk}/" dir="auto">white</a>' in page(client, first)


def test_several_files_offer_it_beside_what_was_received(
    browse: Browse, owner: User, png: Path, echo: EchoEngine
) -> None:
    client = browse(owner)
    answer = send(client, png, png)
    assert answer.status_code == 200
    assert Document.objects.count() == 2
    assert html_of(answer).count("You have this file already: <a") == 1
    assert html_of(answer).count('name="choice" value="keep"') == 1


def test_scripts_are_told_of_it(browse: Browse, owner: User, png: Path, echo: EchoEngine) -> None:
    client = browse(owner)
    send(client, png)
    (received,) = send(client, png, accept="application/json").json()["documents"]
    pair = Likeness.objects.get()
    assert received["duplicate"]["url"] == f"/documents/{pair.other_id}/"
    assert received["duplicate"]["title"] == "white"
    assert received["duplicate"]["choice_url"] == address(pair)
    assert received["duplicate"]["may_be_version"] is True
    assert received["duplicate"]["more"] == ""
    assert received["duplicate"]["keep"] == "Keep both"


def test_a_third_copy_is_told_that_there_are_more(
    browse: Browse, owner: User, png: Path, echo: EchoEngine
) -> None:
    client = browse(owner)
    send(client, png)
    send(client, png)
    third = send(client, png, accept="application/json").json()["documents"][0]["duplicate"]
    assert (third["more"], third["more_url"], third["keep"]) == ("1 more copy", "/duplicates/", "Keep all 3")
    told = html_of(send(client, png, png)).partition("data-uploader")[0]
    assert '<a href="/duplicates/">2 more copies</a>' in told
    assert 'value="keep">Keep all 5</button>' in told
    assert "Keep both" not in told


def test_the_second_of_three_is_kept_with_the_third(
    browse: Browse, owner: User, png: Path, echo: EchoEngine
) -> None:
    client = browse(owner)
    for _time in range(3):
        send(client, png)
    second = Document.objects.order_by("created_at")[1]
    assert ">Keep all 3</button>" in page(client, second)
    assert ">Keep all 3</button>" in html_of(client.get("/duplicates/"))
    pair = Likeness.objects.get(document=second)
    answer = client.post(address(pair), {"choice": "keep"}, follow=True)
    assert "All 3 copies are kept." in html_of(answer)


def test_what_one_may_not_change_is_not_said_to_be_kept(
    browse: Browse, editor: User, owner: User, pair: Likeness, collection: Collection
) -> None:
    elsewhere = Collection.objects.create(name="Elsewhere")
    elsewhere.memberships.create(user=editor, role="viewer")
    make_likeness(make_document(collection=elsewhere, user=owner, texts=["Hello world"]), pair.document)
    client = browse(editor)
    for html in (page(client, pair.document), html_of(client.get("/duplicates/"))):
        assert ">Keep both</button>" in html
    answer = client.post(address(pair), {"choice": "keep"}, follow=True)
    assert "Both are kept." in html_of(answer)


def test_who_may_restore_a_newer_version_is_led_to_it(
    browse: Browse, editor: User, viewer: User, pair: Likeness
) -> None:
    client = browse(editor)
    client.post(address(pair), {"choice": "version"})
    client.post(f"/documents/{pair.document_id}/trash/")
    told = f'A newer version lies in the trash: <a href="/trash/{pair.document_id}/"'
    assert told in page(client, pair.other)
    assert "newer version" not in page(browse(viewer), pair.other)


def test_the_same_file_of_somebody_else_is_not_told(
    browse: Browse, owner: User, stranger: User, png: Path, echo: EchoEngine
) -> None:
    send(browse(owner), png)
    client = browse(stranger)
    (received,) = send(client, png, accept="application/json").json()["documents"]
    assert received["duplicate"] is None
    assert "already" not in html_of(client.get(received["url"]))
    assert "No two papers look alike" in html_of(client.get("/duplicates/"))


@pytest.mark.parametrize("member", ["owner", "editor"])
def test_both_are_kept(browse: Browse, pair: Likeness, member: str) -> None:
    client = browse(User.objects.get(username=member))
    assert "This looks like" in page(client, pair.document)
    answer = client.post(address(pair), {"choice": "keep"})
    assert answer["Location"] == f"/documents/{pair.document_id}/"
    assert "This looks like" not in page(client, pair.document)
    assert Document.objects.filter(trashed_at=None).count() == 2


@pytest.mark.parametrize("choice", ["keep", "version", "versions", "discard"])
def test_what_was_decided_before_is_not_said_to_be_done(browse: Browse, pair: Likeness, choice: str) -> None:
    browse(User.objects.get(username="owner")).post(address(pair), {"choice": "keep"})
    client = browse(User.objects.get(username="editor"))
    html = html_of(client.post(address(pair), {"choice": choice}, follow=True))
    assert "This was decided before; nothing was changed." in html
    assert not any(text in html for text in ("Both are kept", "newer version", "versions of one paper"))


def test_what_became_a_version_is_not_said_to_be_kept(
    browse: Browse, editor: User, pair: Likeness, collection: Collection
) -> None:
    third = make_document(collection=collection, user=editor, texts=["Hello world"])
    make_likeness(third, pair.other)
    client = browse(editor)
    client.post(address(pair), {"choice": "version"})
    answer = client.post(address(pair), {"choice": "keep"}, follow=True)
    *_before, message = [str(message) for message in answer.context["messages"]]
    assert ("This was decided before" in message, "kept" in message) == (True, False)


def test_the_later_one_becomes_a_version(browse: Browse, editor: User, pair: Likeness) -> None:
    client = browse(editor)
    client.post(address(pair), {"choice": "version"})
    assert "Newer version of" in page(client, pair.document)
    assert "Older version. The newer one is" in page(client, pair.other)


def test_a_version_is_taken_back_on_its_page(
    browse: Browse, editor: User, viewer: User, stranger: User, pair: Likeness
) -> None:
    client, undo = browse(editor), f"/documents/{pair.document_id}/version/undo/"
    client.post(address(pair), {"choice": "version"})
    assert f'action="{undo}"' in page(client, pair.document)
    assert undo not in page(browse(viewer), pair.document)
    assert browse(viewer).post(undo).status_code == 403
    assert browse(stranger).post(undo).status_code == 404
    assert client.delete(undo).status_code == 405
    assert "Newer version of" in page(client, pair.document)
    answer = client.post(undo, follow=True)
    told = "This is no version of another document now. Its tags and its date stay as they are."
    assert told in html_of(answer)
    assert "This looks like" in html_of(answer)
    assert "Older version" not in page(client, pair.other)
    html = html_of(client.post(undo, follow=True))
    assert ("This was removed meanwhile." in html, "no version of another" in html) == (True, False)


def test_both_histories_name_and_link_the_other_paper(
    browse: Browse, editor: User, viewer: User, pair: Likeness
) -> None:
    browse(editor).post(address(pair), {"choice": "version"})
    client = browse(viewer)
    history = f"/documents/{pair.other_id}/history/"
    link = f'<a href="/documents/{pair.document_id}/"><bdi>The copy</bdi></a>'
    assert f"made {link} a newer version of it" in html_of(client.get(history))
    hidden = Collection.objects.create(name="Hidden")
    Document.objects.filter(pk=pair.document_id).update(collection=hidden)
    html = html_of(client.get(history))
    assert ("The copy" in html, "made <bdi>another document</bdi> a newer" in html) == (False, True)


def test_the_same_file_in_the_trash_can_be_taken_out(
    browse: Browse, owner: User, viewer: User, png: Path, echo: EchoEngine
) -> None:
    client = browse(owner)
    send(client, png)
    first = Document.objects.get()
    trash.trash(user=owner, document=first)
    send(client, png)
    second = Document.objects.exclude(pk=first.pk).get()
    restore = f'action="/documents/{first.pk}/restore/"'
    html = page(client, second)
    assert ("This file lies in the trash already" in html, restore in html) == (True, True)
    second.collection.memberships.create(user=viewer, role="viewer")
    assert "lies in the trash" not in page(browse(viewer), second)
    client.post(f"/documents/{first.pk}/restore/")
    assert "lies in the trash" not in page(client, second)
    trash.trash(user=owner, document=second)
    assert "lies in the trash" not in page(client, first)


def test_several_files_tell_what_lies_in_the_trash_beside_what_was_received(
    browse: Browse, owner: User, editor: User, png: Path, tmp_path: Path, echo: EchoEngine
) -> None:
    client, other = browse(owner), picture(tmp_path / "blue.png", colour="blue")
    send(client, png)
    first = Document.objects.get()
    trash.trash(user=owner, document=first)
    answer = send(client, png, other)
    html = html_of(answer)
    assert html.count("This file lies in the trash already: <span") == 1
    assert f'action="/documents/{first.pk}/restore/"' in html
    told = send(client, png, accept="application/json").json()["documents"][0]["in_trash"]
    assert (told["title"], told["restore_url"]) == ("white", f"/documents/{first.pk}/restore/")
    (alone,) = send(browse(editor), png, accept="application/json").json()["documents"]
    assert alone["in_trash"] is None


def test_discarding_the_later_one_leads_to_the_other(browse: Browse, editor: User, pair: Likeness) -> None:
    answer = browse(editor).post(address(pair), {"choice": "discard"}, follow=True)
    assert answer.redirect_chain == [(f"/documents/{pair.other_id}/", 302)]
    assert "“The copy” is in the trash" in html_of(answer)
    assert Document.objects.get(pk=pair.document_id).trashed_at


def test_the_list_offers_the_same_and_is_come_back_to(browse: Browse, editor: User, pair: Likeness) -> None:
    client = browse(editor)
    html = html_of(client.get("/duplicates/"))
    assert html.index("The copy") < html.index("A letter")
    assert f'action="{address(pair)}"' in html
    answer = client.post(address(pair), {"choice": "keep", "from": "list"}, follow=True)
    assert answer.redirect_chain == [("/duplicates/", 302)]
    assert "The copy" not in html_of(answer)


def test_a_group_is_asked_about_once_and_told_apart(
    browse: Browse, editor: User, owner: User, pair: Likeness, collection: Collection
) -> None:
    third = make_document(collection=collection, user=owner, texts=["Hello world"], title="The copy")
    for other in (pair.document, pair.other):
        newest = make_likeness(third, other, "bytes")
    client = browse(editor)
    assert "1 more copy" in page(client, third)
    html = html_of(client.get("/duplicates/"))
    assert (html.count('value="keep"'), html.count('class="copy"'), "3 copies" in html) == (1, 3, True)
    assert all(text in html for text in ("The same file", "Nearly the same text", "Was there first"))
    assert html.count("<bdi>owner</bdi>") == 3
    answer = client.post(address(newest), {"choice": "keep", "from": "list"}, follow=True)
    assert "All 3 copies are kept." in html_of(answer)
    assert "No two papers look alike" in html_of(answer)
    assert "This looks like" not in page(client, pair.document)


def test_a_group_becomes_versions_of_one_paper(
    browse: Browse, editor: User, viewer: User, pair: Likeness
) -> None:
    client = browse(editor)
    assert 'value="versions"' in html_of(client.get("/duplicates/"))
    assert browse(viewer).post(address(pair), {"choice": "versions"}).status_code == 403
    client.post(address(pair), {"choice": "versions", "from": "list"})
    assert "Newer version of" in page(client, pair.document)
    card = html_of(client.get("/")).split(f'id="card-{pair.other_id}"')[1].split("</li>")[0]
    assert f'Older version of <a href="/documents/{pair.document_id}/" dir="auto">The copy</a>' in card
    assert html_of(client.get("/")).count("Older version of") == 1


def test_which_of_the_same_name_is_newer_is_told_by_its_date(
    browse: Browse, editor: User, pair: Likeness, collection: Collection
) -> None:
    make_likeness(make_document(collection=collection, user=editor, texts=["Hello world"]), pair.other)
    client = browse(editor)
    client.post(address(pair), {"choice": "version"})
    added = datetime(2024, 3, 31, 12, 5, tzinfo=UTC)
    Document.objects.filter(pk=pair.document_id).update(created_at=added)
    link = f'Older version of <a href="/documents/{pair.document_id}/" dir="auto">The copy</a>'
    assert f"{link} (March 31, 2024, 12:05 p.m.)" in html_of(client.get("/duplicates/"))
    assert f"{link}</p>" in html_of(client.get("/"))


def test_a_long_list_goes_on(
    browse: Browse, editor: User, pair: Likeness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "PER_SCREEN", 1)
    Likeness.objects.filter(pk=pair.pk).update(id=4_000_000_000)
    first, second = (
        make_document(collection=pair.document.collection, user=editor, texts=[], title=title)
        for title in ("One", "Two")
    )
    Likeness.objects.create(id=3_000_000_000, document=second, other=first, how="text")
    client = browse(editor)
    assert 'href="?before=4000000000"' in html_of(client.get("/duplicates/"))
    html = html_of(client.get("/duplicates/?before=4000000000"))
    assert ("Two" in html, "The copy" in html) == (True, False)


def test_every_page_leads_to_the_list(browse: Browse, stranger: User) -> None:
    assert '<a href="/duplicates/">' in html_of(browse(stranger).get("/"))


def test_what_went_to_the_trash_meanwhile_is_not_found(browse: Browse, editor: User, pair: Likeness) -> None:
    trash.trash(user=editor, document=pair.other)
    assert browse(editor).post(address(pair), {"choice": "version"}).status_code == 404


def test_a_viewer_sees_it_and_may_not_choose(browse: Browse, viewer: User, pair: Likeness) -> None:
    client = browse(viewer)
    assert "This looks like" in page(client, pair.document)
    assert 'name="choice"' not in page(client, pair.document)
    html = html_of(client.get("/duplicates/"))
    assert 'name="choice"' not in html
    assert "Move to the trash" not in html.split("<main")[1]
    assert client.post(address(pair), {"choice": "keep"}).status_code == 403


def test_a_version_of_what_one_may_only_read_is_refused(
    browse: Browse, editor: User, viewer: User, pair: Likeness
) -> None:
    own = Collection.objects.create(name="Own")
    own.memberships.create(user=viewer, role="owner")
    Document.objects.filter(pk=pair.document_id).update(collection=own)
    client = browse(viewer)
    for html in (
        page(client, Document.objects.get(pk=pair.document_id)),
        html_of(client.get("/duplicates/")),
    ):
        assert 'value="keep"' in html
        assert 'value="version"' not in html
    assert client.post(address(pair), {"choice": "version"}).status_code == 403
    assert client.post(address(pair), {"choice": "keep"}).status_code == 302


def test_a_stranger_finds_nothing(browse: Browse, stranger: User, pair: Likeness) -> None:
    client = browse(stranger)
    assert client.post(address(pair), {"choice": "keep"}).status_code == 404
    assert "The copy" not in html_of(client.get("/duplicates/"))


def test_wrong_numbers_choices_and_methods(
    browse: Browse, editor: User, pair: Likeness, document: Document
) -> None:
    client = browse(editor)
    assert (
        client.post(f"/documents/{pair.document_id}/duplicates/999/", {"choice": "keep"}).status_code == 404
    )
    assert (
        client.post(f"/documents/{document.pk}/duplicates/{pair.pk}/", {"choice": "keep"}).status_code == 404
    )
    assert client.post(address(pair), {"choice": "eat"}).status_code == 404
    assert client.get(address(pair))["Location"] == f"/documents/{pair.document_id}/"
    assert client.delete(address(pair)).status_code == 405
    assert client.post("/duplicates/").status_code == 405
    assert client.get("/duplicates/?before=x").status_code == 200
    assert not Likeness.objects.get().is_settled


def test_the_menu_counts_groups_of_papers_that_one_may_see(
    browse: Browse, owner: User, stranger: User, pair: Likeness, collection: Collection
) -> None:
    third = make_document(collection=collection, user=owner, texts=["Hello world"])
    make_likeness(third, pair.other)
    assert html_of(browse(owner).get("/duplicates/count/")) == "(1)"
    assert html_of(browse(stranger).get("/duplicates/count/")) == ""
    assert browse(owner).post("/duplicates/count/").status_code == 405
    assert 'hx-get="/duplicates/count/"' in html_of(browse(owner).get("/"))
