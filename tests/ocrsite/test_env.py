"""A setting that cannot be read stops the start with a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ocrsite import env
from ocrsite.secret import secret_key


@pytest.fixture
def value(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Sets a variable to a text, and gives the variable's name."""

    def set_value(text: str) -> str:
        monkeypatch.setenv("OCRSITE_X", text)
        return "OCRSITE_X"

    return set_value


@pytest.mark.parametrize(("text", "expected"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_a_boolean_is_read_in_the_usual_words(value: Callable[[str], str], text: str, expected: bool) -> None:
    assert env.boolean(value(text), default=not expected) is expected


@pytest.mark.parametrize("text", ["maybe", "2", "-"])
def test_a_boolean_that_cannot_be_read_stops_the_start(value: Callable[[str], str], text: str) -> None:
    with pytest.raises(SystemExit, match=r"OCRSITE_X=.*write 1 or 0"):
        env.boolean(value(text))


def test_a_number_may_have_separators(value: Callable[[str], str]) -> None:
    assert env.integer(value("300_000_000"), 1) == 300_000_000


@pytest.mark.parametrize("text", ["many", "-1", "0", "1.5", "٣"])
def test_a_number_that_cannot_be_used_stops_the_start(value: Callable[[str], str], text: str) -> None:
    with pytest.raises(SystemExit, match="whole number from 1"):
        env.integer(value(text), 5)


def test_a_choice_outside_the_list_stops_the_start(value: Callable[[str], str]) -> None:
    with pytest.raises(SystemExit, match="one of closed, open"):
        env.choice(value("ajar"), ("closed", "open"), "closed")


def test_words_are_separated_by_commas_or_spaces(value: Callable[[str], str]) -> None:
    assert env.words(value("a.example, b.example  c.example")) == ["a.example", "b.example", "c.example"]


@pytest.mark.parametrize("hosts", ["scans.example.org .example.org", "127.0.0.1,[::1] scanner_1", "*"])
def test_names_of_the_site_are_read(value: Callable[[str], str], hosts: str) -> None:
    assert env.hosts(value(hosts), ["localhost"]) == hosts.replace(",", " ").split()


def test_without_names_the_default_holds(value: Callable[[str], str]) -> None:
    assert env.hosts(value(""), ["localhost"]) == ["localhost"]


@pytest.mark.parametrize("host", ["http://foo", "foo:8000", "foo/bar", "a..b"])
def test_what_is_no_name_of_a_site_stops_the_start(value: Callable[[str], str], host: str) -> None:
    with pytest.raises(SystemExit, match="write names such as"):
        env.hosts(value(host), [])


def test_a_folder_is_made(value: Callable[[str], str], tmp_path: Path) -> None:
    assert env.folder(value(str(tmp_path / "new" / "data")), tmp_path).is_dir()


def test_a_folder_that_cannot_be_made_stops_the_start(value: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match="cannot be made"):
        env.folder(value(str(tmp_path / "file" / "data")), tmp_path)


def test_storage_defaults_to_the_data_folder(value: Callable[[str], str], tmp_path: Path) -> None:
    assert env.storage(value(""), tmp_path)["OPTIONS"] == {"location": tmp_path}


def test_storage_is_a_bucket(value: Callable[[str], str], tmp_path: Path) -> None:
    options = env.storage(value("s3://scans/site?endpoint_url=http://127.0.0.1:9000"), tmp_path)["OPTIONS"]
    assert options["bucket_name"] == "scans"
    assert options["location"] == "site"
    assert options["endpoint_url"] == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "redis://127.0.0.1",
        "rediss://:secret@broker.example:6380/2",
        "amqp://site:secret@broker.example//",
    ],
)
def test_a_broker_is_named_by_its_address(value: Callable[[str], str], text: str) -> None:
    assert env.broker(value(text)) == text


@pytest.mark.parametrize(
    "text", ["broker", "http://host/0", "redis://", "redis://host:secret", "amqp://h:0/"]
)
def test_a_broker_that_cannot_be_used_stops_the_start_and_shows_no_password(
    value: Callable[[str], str], text: str
) -> None:
    with pytest.raises(SystemExit, match="write redis://") as stop:
        env.broker(value(text))
    assert "secret" not in str(stop.value)


@pytest.mark.parametrize("text", ["ftp://host/x", "s3://", "s3://bucket?colour=red", "file://host/x"])
def test_storage_that_cannot_be_used_stops_the_start(
    value: Callable[[str], str], tmp_path: Path, text: str
) -> None:
    with pytest.raises(SystemExit, match="OCRSITE_X"):
        env.storage(value(text), tmp_path)


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    key = secret_key("", tmp_path)
    assert len(key) >= 50
    assert secret_key("", tmp_path) == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_the_secret_key_of_the_environment_comes_first(tmp_path: Path) -> None:
    assert secret_key("given", tmp_path) == "given"
    assert not list(tmp_path.iterdir())


def test_origins_are_those_of_other_sites(value: Callable[[str], str]) -> None:
    text = "https://app.example.org, http://localhost:3000 http://[::1]:8080"
    assert env.origins(value(text)) == [
        "https://app.example.org",
        "http://localhost:3000",
        "http://[::1]:8080",
    ]
    assert env.origins(value("")) == []


@pytest.mark.parametrize(
    "text", ["*", "app.example.org", "https://app.example.org/", "ftp://app.example.org", "https://"]
)
def test_what_is_no_origin_stops_the_start(value: Callable[[str], str], text: str) -> None:
    with pytest.raises(SystemExit, match=r"origins such as https://app.example.org"):
        env.origins(value(text))


def test_a_place_is_an_absolute_path_that_need_not_be_there(
    value: Callable[[str], str], tmp_path: Path
) -> None:
    assert env.place(value(str(tmp_path / "not mounted yet"))) == tmp_path / "not mounted yet"
    assert env.place(value("~/scans")) == Path.home() / "scans"
    assert env.place(value("")) is None
    with pytest.raises(SystemExit, match="write an absolute path"):
        env.place(value("scans"))
