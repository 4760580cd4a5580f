import socket

import pytest

from ocrsite import addresses

EVERYWHERE = "0.0.0.0"  # noqa: S104 — nothing listens on it here


def test_a_port_in_use_is_a_sentence_with_advice() -> None:
    with addresses.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} is in use.*--port {port + 1}"):
            addresses.listen("127.0.0.1", port)


def test_a_host_that_is_not_this_machine_is_a_sentence() -> None:
    # 192.0.2.0/24 is kept for documentation (RFC 5737), so no machine has it.
    with pytest.raises(SystemExit, match="is not an address of this machine"):
        addresses.listen("192.0.2.1", 0)


def test_a_host_without_an_address_is_a_sentence() -> None:
    with pytest.raises(SystemExit, match="does not know that name"):
        addresses.listen("name.invalid", 0)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("localhost", "http://localhost:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_the_address_to_type_is_the_one_listened_on(host: str, url: str) -> None:
    assert addresses.site_url(host, 8000) == url


@pytest.mark.parametrize("host", [EVERYWHERE, "::"])
def test_the_address_of_a_site_that_listens_everywhere_can_be_typed_elsewhere(host: str) -> None:
    url = addresses.site_url(host, 8000)
    assert url.startswith("http://")
    assert host + ":8000" not in url
    assert "[::]" not in url


def test_a_site_for_this_machine_answers_to_its_loopback_names_only() -> None:
    assert addresses.hosts_to_allow("127.0.0.1") == ["localhost", "127.0.0.1", "[::1]"]


def test_a_site_on_one_address_answers_to_it() -> None:
    assert addresses.hosts_to_allow("fd00::7") == ["localhost", "127.0.0.1", "[::1]", "[fd00::7]"]


def test_a_site_that_listens_everywhere_answers_to_the_names_of_this_machine() -> None:
    allowed = addresses.hosts_to_allow(EVERYWHERE)
    assert socket.gethostname() in allowed
    assert EVERYWHERE not in allowed
    assert len(set(allowed)) == len(allowed)


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "127.0.0.1"])
def test_a_listening_site_is_reached_where_this_machine_knocks(host: str) -> None:
    with addresses.listen(host, 0) as listener:
        port = listener.getsockname()[1]
        socket.create_connection((addresses.knock_at(host), port), timeout=10).close()
