"""Files of this machine come in once, with the texts that belong to them."""

from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.models import User
from documents import storage
from documents.errors import AlreadyHere, CollectionGone, FileChanged, FileTooLarge
from documents.models import Collection, Document, Membership
from documents.services import trash
from documents.services.incoming import Incoming
from documents.services.intake import Terms, candidates, take_in, twin
from documents.services.organise import personal_collection
from documents.services.receive import receive_upload
from tests.documents.services.test_receive import stored_files
from tests.factories import picture

pytestmark = pytest.mark.usefixtures("echo")


@pytest.fixture
def terms(owner: User, collection: Collection) -> Terms:
    return Terms(user=owner, collection=collection)


def files(*paths: Path) -> list[Incoming]:
    return list(map(Incoming.from_path, paths))


def test_a_file_that_is_here_is_told_by_its_title(terms: Terms, png: Path) -> None:
    take_in(files=files(png), terms=terms)
    with pytest.raises(AlreadyHere, match="“white”"):
        take_in(files=files(png), terms=terms)
    assert Document.objects.count() == 1


def test_one_in_the_trash_is_here_too(terms: Terms, png: Path) -> None:
    document = take_in(files=files(png), terms=terms)
    trash.trash(user=terms.user, document=document)
    assert twin(files=files(png), terms=terms) == document


def test_what_somebody_else_has_is_not_here(terms: Terms, stranger: User, png: Path) -> None:
    receive_upload(user=stranger, files=files(png), languages=())
    assert twin(files=files(png), terms=terms) is None


def test_what_others_only_show_is_not_here(
    terms: Terms, viewer: User, collection: Collection, png: Path
) -> None:
    """Nor does the trash of others tell what lies in it."""
    document = take_in(files=files(png), terms=terms)
    own = Terms(user=viewer, collection=personal_collection(user=viewer))
    assert twin(files=files(png), terms=own) is None
    trash.trash(user=terms.user, document=document)
    assert twin(files=files(png), terms=own) is None
    assert take_in(files=files(png), terms=own).collection == own.collection


def test_who_looks_too_early_is_refused_in_the_transaction_and_leaves_no_file(
    terms: Terms, png: Path
) -> None:
    """As of two processes that both saw that it was not here."""
    take_in(files=files(png), terms=terms)
    before = stored_files()
    with pytest.raises(AlreadyHere):
        receive_upload(
            user=terms.user,
            files=files(png),
            languages=(),
            collection=terms.collection,
            unless=Document.objects.filter(collection=terms.collection),
        )
    assert stored_files() == before


def test_a_collection_that_one_may_not_change_any_more_takes_nothing_in_the_transaction(
    editor: User, collection: Collection, png: Path
) -> None:
    """As where it is withdrawn while the file is stored."""
    before = stored_files()
    Membership.objects.filter(user=editor).update(role="viewer")
    with pytest.raises(CollectionGone):
        receive_upload(user=editor, files=files(png), languages=(), collection=collection)
    assert not Document.objects.exists()
    assert stored_files() == before


def test_what_was_changed_since_it_was_hashed_does_not_come_in(terms: Terms, png: Path) -> None:
    hashed = files(png)
    picture(png, colour="red")
    with pytest.raises(FileChanged) as refused:
        take_in(files=hashed, terms=terms)
    assert refused.value.file == png.name
    assert not Document.objects.exists()


def test_what_is_stored_is_what_was_hashed_whoever_writes_meanwhile(
    terms: Terms, png: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = png.read_bytes()
    save_file = storage.save_file

    def somebody_writes_first(*arguments: object, **more: object) -> str:
        picture(png, colour="red")
        return save_file(*arguments, **more)

    monkeypatch.setattr(storage, "save_file", somebody_writes_first)
    original = take_in(files=files(png), terms=terms).originals.get()
    with storage.open_file(original.file) as file:
        assert file.read() == before
    assert png.read_bytes() != before


def test_a_text_comes_in_with_its_image(terms: Terms, tmp_path: Path) -> None:
    picture(tmp_path / "page.png")
    picture(tmp_path / "other.png", colour="red")
    hocr = "<html><body><div class='ocr_page' title='bbox 0 0 60 40'></div></body></html>"
    (tmp_path / "page.hocr").write_text(hocr)
    found = [
        tuple(path.name for path in candidate.paths) for candidate in candidates(sorted(tmp_path.iterdir()))
    ]
    assert found == [("other.png",), ("page.png", "page.hocr")]


def test_a_file_beyond_the_limit_is_refused_without_being_read(settings: Settings, png: Path) -> None:
    settings.OCRSITE_MAX_UPLOAD_MB = 0
    (candidate,) = candidates([png])
    assert isinstance(candidate.refusal, FileTooLarge)
    assert candidate.files == ()


def test_a_file_that_is_gone_is_refused_and_the_others_are_not(png: Path, tmp_path: Path) -> None:
    gone, here = candidates([tmp_path / "gone.png", png])
    assert isinstance(gone.refusal, FileNotFoundError)
    assert here.refusal is None
