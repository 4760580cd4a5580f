"""Where the site listens, what its address is called, and which names for this machine it answers to."""

import errno
import ipaddress
import shutil
import socket
import subprocess

_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Exits with a sentence when there can be none."""
    try:
        family, _kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        both = family == socket.AF_INET6 and is_everywhere(host) and socket.has_dualstack_ipv6()
        return socket.create_server(address[:2], family=family, backlog=1024, dualstack_ipv6=both)
    except socket.gaierror:
        raise SystemExit(f"--host {host}: this machine does not know that name or address.") from None
    except OSError as error:
        raise SystemExit(_why_not(error, host, port)) from None


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. Choose another one, for example: --port {port + 1}"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"Only an administrator may use port {port}. Choose one above 1023, for example: --port 8000"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"--host {host}: this is not an address of this machine."
    return f"--host {host} --port {port} cannot be used: {error.strerror}."


def site_url(host: str, port: int) -> str:
    """The address to type: for a site that listens everywhere, the one that others reach it by."""
    if is_everywhere(host):
        host = next(iter(_outward_addresses()), "127.0.0.1")
    return f"http://{_in_brackets(host)}:{port}/"


def knock_at(host: str) -> str:
    """Where a program on this machine reaches a site that listens on ``host``."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 — nothing listens here


def hosts_to_allow(host: str) -> list[str]:
    """The names and addresses under which a site that listens on ``host`` may be asked for."""
    if not is_everywhere(host):
        return list(dict.fromkeys([*_LOOPBACK, _in_brackets(host)]))
    name = socket.gethostname()  # and not getfqdn(), which may wait for a name server for seconds
    names = [name, f"{name.split('.')[0]}.local"]
    return list(dict.fromkeys([*_LOOPBACK, *names, *map(_in_brackets, _outward_addresses())]))


def is_everywhere(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _outward_addresses() -> list[str]:
    """This machine's addresses except loopback and link-local ones, as ``hostname -I`` lists them."""
    if not shutil.which("hostname"):
        return []
    asked = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=False)
    return [word for word in asked.stdout.split() if not ipaddress.ip_address(word).is_link_local]


def _in_brackets(host: str) -> str:
    return f"[{host}]" if ":" in host else host
