"""Files in a bucket: a real server of files, first as it should be, then not there."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import boto3
import pytest

from tests.files import save_pdf, says, text_image
from tests.outside import s3
from tests.people import Person
from tests.sites import Prepared, Site, free_port, running_site, wait_until

pytestmark = pytest.mark.server

DOWN = "The place where files are kept does not answer. Try again in a few minutes."
KEYS = {"AWS_ACCESS_KEY_ID": "somebody", "AWS_SECRET_ACCESS_KEY": "something"}


class Server:
    """A server of files that can be started and ended; it begins with nothing."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._stack = ExitStack()

    def start(self) -> None:
        self._stack.enter_context(s3(self.port))

    def end(self) -> None:
        self._stack.close()

    def make_bucket(self) -> None:
        self._client().create_bucket(Bucket="scans")

    def files(self) -> list[str]:
        found = self._client().list_objects_v2(Bucket="scans")
        return [entry["Key"] for entry in found.get("Contents", [])]

    def _client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id="somebody",
            aws_secret_access_key="something",
        )


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.end()


@pytest.fixture
def site(server: Server, prepared: Prepared, tmp_path: Path) -> Iterator[Site]:
    url = f"s3://scans/site?endpoint_url={server.url}&region_name=us-east-1"
    with running_site(prepared.with_people, tmp_path / "site", OCRSITE_STORAGE_URL=url, **KEYS) as site:
        yield site


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "Lettre d'été.png"
    text_image(["Hello world"]).save(path)
    return path


def test_files_are_kept_read_shown_and_handed_out(
    server: Server, site: Site, ann: Person, letter: Path, tmp_path: Path
) -> None:
    server.start()
    server.make_bucket()
    assert ann.get("/readyz").status == 200
    sentences = ["This is page 1.", "This is page 2."]
    book = save_pdf(tmp_path / "book.pdf", *map(says, sentences), size=(400, 200))

    of_letter, of_book = ann.send(letter), ann.send(book)

    assert ann.finished(of_letter)["pages"][0]["text"].strip() == "Hello world"
    assert [page["text"].strip() for page in ann.finished(of_book)["pages"]] == sentences
    assert ann.get(f"{of_book}pages/2/image").body.startswith(b"\xff\xd8")
    assert ann.get(f"{of_book}pages/2/thumbnail").body.startswith(b"\xff\xd8")
    original = ann.get(f"{of_letter}download/original")
    assert original.body == letter.read_bytes()
    assert len(server.files()) == 2 + 2 * 3
    assert all(name.startswith(("site/originals/", "site/pages/")) for name in server.files())
    assert not (site.data_dir / "media").exists()


def test_a_download_of_many_is_kept_there_and_what_is_deleted_goes(
    server: Server, site: Site, ann: Person, letter: Path
) -> None:
    server.start()
    server.make_bucket()
    urls = [ann.send_and_wait(letter), ann.send_and_wait(letter)]
    ids = [url.split("/")[-2] for url in urls]

    def change(**fields: object) -> str:
        """The address of a bulk change that is over."""
        url = ann.post("/bulk/", {"asked": "1", **fields}).url
        wait_until(lambda: "every 1s" not in ann.get(url).text, seconds=30, what="The bulk change")
        return url

    packed = ann.get(f"{change(kind='zip', document=ids, formats=['txt', 'original'])}download")
    with zipfile.ZipFile(BytesIO(packed.body)) as archive:
        assert len(archive.namelist()) == 4
        assert archive.read("Lettre d'été.png") == letter.read_bytes()
    change(kind="trash", document=ids[0])
    assert len([name for name in server.files() if ids[0] in name]) == 3
    change(kind="delete", document=ids[0])
    assert [name for name in server.files() if ids[0] in name] == []
    assert len([name for name in server.files() if ids[1] in name]) == 3


@pytest.mark.parametrize("is_there", [False, True], ids=["no server", "no bucket"])
def test_without_its_bucket_the_site_says_so_and_goes_on_when_it_is_there(
    server: Server, site: Site, ann: Person, letter: Path, is_there: bool
) -> None:
    if is_there:
        server.start()
    ready, answer = ann.get("/readyz"), ann.upload(letter)

    assert (ready.status, ready.text) == (503, "The storage does not answer.\n")
    assert (answer.status, DOWN in answer.text) == (503, True)
    assert site.rows("SELECT count(*) FROM documents_document") == [(0,)]
    if not is_there:
        server.start()
    server.make_bucket()
    assert ann.finished(ann.send(letter))["state"] == "done"


def test_a_bucket_that_goes_away_costs_no_document(
    server: Server, site: Site, ann: Person, letter: Path
) -> None:
    server.start()
    server.make_bucket()
    url = ann.send(letter)
    text = ann.finished(url)["pages"][0]["text"]

    server.end()

    assert ann.get(url).status == 200
    assert json.loads(ann.get(f"{url}download/json").body)["pages"][0]["text"] == text
    assert ann.get(f"{url}pages/1/image").status == 503
    original = ann.get(f"{url}download/original")
    assert (original.status, DOWN in original.text) == (503, True)
