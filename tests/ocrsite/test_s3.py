"""A bucket over HTTP: what goes wrong half-way has a name, and a file costs no more requests than it must."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.files.base import ContentFile

from documents.errors import StorageDown
from ocrsite.s3 import Bucket

_LIST = b"<ListBucketResult><Contents><Key>there</Key></Contents></ListBucketResult>"
Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "something")


@contextmanager
def bucket_behind(answer: Answer) -> Iterator[tuple[Bucket, list[str]]]:
    """A bucket of the server that ``answer`` plays, and the methods that it was asked with."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer(self)

        do_GET = do_PUT = do_HEAD = handle_any  # noqa: N815 — the names of the base class

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever).start()
        url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield Bucket(bucket_name="scans", endpoint_url=url, region_name="us-east-1"), asked
        finally:
            server.shutdown()


def say(handler: BaseHTTPRequestHandler, body: bytes = b"", *, status: int = 200, missing: int = 0) -> None:
    """Answer, and break off ``missing`` bytes before the end."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.send_header("ETag", '"1"')
    handler.end_headers()
    handler.wfile.write(body[: len(body) - missing])


def test_a_file_is_stored_with_one_request() -> None:
    with bucket_behind(say) as (bucket, asked):
        assert bucket.save("pages/1.jpg", ContentFile(b"picture")) == "pages/1.jpg"
    assert asked == ["PUT /scans/pages/1.jpg"]


def test_a_file_is_opened_whole_with_one_request() -> None:
    answer = partial(say, body=b"picture")
    with bucket_behind(answer) as (bucket, asked), bucket.open("pages/1.jpg") as file:
        assert asked == ["GET /scans/pages/1.jpg"]
        assert file.read() == b"picture"


def test_a_download_that_breaks_off_is_named() -> None:
    answer = partial(say, body=b"picture", missing=4)
    with bucket_behind(answer) as (bucket, _asked), pytest.raises(StorageDown):
        bucket.open("pages/1.jpg")


def test_a_folder_is_listed_with_one_request() -> None:
    body = (
        b"<ListBucketResult><CommonPrefixes><Prefix>pages/ab/</Prefix></CommonPrefixes>"
        b"<Contents><Key>pages/1.jpg</Key></Contents></ListBucketResult>"
    )
    with bucket_behind(partial(say, body=body)) as (bucket, asked):
        assert bucket.listdir("pages") == (["ab"], ["1.jpg"])
    assert len(asked) == 1


@pytest.mark.parametrize("ask", [Bucket.listdir, Bucket.get_modified_time])
def test_a_server_that_is_out_of_order_is_named(ask: Callable[[Bucket, str], object]) -> None:
    with bucket_behind(partial(say, status=403)) as (bucket, _asked), pytest.raises(StorageDown):
        ask(bucket, "pages/1.jpg")


@pytest.mark.parametrize(("status", "error"), [(200, FileNotFoundError), (404, StorageDown)])
def test_a_file_that_is_not_there_is_told_from_a_bucket_that_is_not(
    status: int, error: type[Exception]
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        is_list = "list-type" in handler.path
        say(handler, _LIST if is_list else b"", status=status if is_list else 404)

    with bucket_behind(answer) as (bucket, _asked), pytest.raises(error):
        bucket.open("pages/1.jpg")
