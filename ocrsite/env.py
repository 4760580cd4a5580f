"""Loud readers of the environment: a value that cannot be read stops the start with a sentence."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url

from documents.errors import LanguageUnknown
from documents.ocr.languages import parse

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}
# A name, an address of IPv4 or IPv6; no scheme, port or path. A dot before it means all names below it.
_HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\]")
_ORIGIN = re.compile(r"https?://([\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?")
_BROKERS = {"redis", "rediss", "amqp", "amqps"}


class EnvironmentProblem(SystemExit):
    """A setting that cannot be used. Exits with the sentence on standard error and status 1."""

    def __init__(self, name: str, value: str, advice: str) -> None:
        super().__init__(f"{name}={value!r} cannot be used: {advice}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def boolean(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in _TRUE:
        return True
    if value.strip().lower() in _FALSE:
        return False
    raise EnvironmentProblem(name, value, "write 1 or 0.")


def integer(name: str, default: int, *, minimum: int = 1) -> int:
    value = text(name)
    if not value:
        return default
    digits = value.replace("_", "")
    if not (digits.isascii() and digits.isdigit()) or int(digits) < minimum:
        raise EnvironmentProblem(name, value, f"write a whole number from {minimum:,} up.")
    return int(digits)


def choice(name: str, choices: tuple[str, ...], default: str) -> str:
    value = text(name, default)
    if value not in choices:
        raise EnvironmentProblem(name, value, f"write one of {', '.join(choices)}.")
    return value


def words(name: str) -> list[str]:
    """A list, separated by commas or spaces."""
    return text(name).replace(",", " ").split()


def hosts(name: str, default: list[str]) -> list[str]:
    """Names under which a site is reached, such as ``scans.example.org`` or ``.example.org``."""
    found = words(name)
    for host in found:
        if not _HOST.fullmatch(host):
            raise EnvironmentProblem(name, host, "write names such as scans.example.org, without http://.")
    return found or default


def origins(name: str) -> list[str]:
    """Of pages of other sites, such as ``https://app.example.org``."""
    found = words(name)
    for origin in found:
        if not _ORIGIN.fullmatch(origin):
            raise EnvironmentProblem(
                name, origin, "write origins such as https://app.example.org, without a path."
            )
    return found


def folder(name: str, default: Path) -> Path:
    """A folder's absolute path; it is made, for its owner alone, when it is not there."""
    path = Path(text(name, str(default))).expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(name, str(path), f"the folder cannot be made ({error.strerror}).") from error
    return path


def place(name: str) -> Path | None:
    """The absolute path of a folder that others see to, and may not be there yet; None without one."""
    value = text(name)
    if not value:
        return None
    path = Path(value).expanduser()
    if not path.is_absolute():
        raise EnvironmentProblem(name, value, "write an absolute path, such as /srv/scans.")
    return path


def time_zone(name: str, default: str) -> str:
    """The name of a zone of the IANA database, such as ``Europe/Paris``."""
    value = text(name, default).removeprefix(":")
    try:
        ZoneInfo(value)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        advice = "write the name of a time zone, such as Europe/Paris."
        raise EnvironmentProblem(name, value, advice) from error
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """``postgres://user:password@host/name`` or ``sqlite:////path`` as an entry of Django's DATABASES."""
    value = text(name, default)
    try:
        return dict(dj_database_url.parse(value, conn_max_age=600))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
        # The value itself may hold a password.
        advice = "write postgres://user:password@host/name."
        raise EnvironmentProblem(name, f"{value.partition(':')[0]}:…", advice) from error


def languages(name: str) -> tuple[str, ...]:
    """Codes such as ``eng+rus``; ``()`` means detect."""
    value = text(name)
    try:
        return parse(value)
    except LanguageUnknown as error:
        raise EnvironmentProblem(name, value, "write codes such as eng+rus, or detect.") from error


def broker(name: str) -> str:
    """``redis://host:6379/0`` or ``amqp://user:password@host//``; empty when there is no broker."""
    value = text(name)
    try:
        parts = urlsplit(value)
        usable = parts.scheme in _BROKERS and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if value and not usable:
        # The value itself may hold a password.
        advice = "write redis://host:6379/0 or amqp://user:password@host."
        raise EnvironmentProblem(name, f"{value.partition(':')[0]}:…", advice)
    return value


def storage(name: str, default: Path) -> dict[str, Any]:
    """``file:/path`` or ``s3://bucket?endpoint_url=…`` as an entry of Django's STORAGES.

    The keys of S3 come from where boto3 looks for them (``AWS_ACCESS_KEY_ID`` and so on).
    """
    value = text(name)
    parts = urlsplit(value)
    if not value or (parts.scheme == "file" and not parts.netloc):
        location = Path(parts.path or default).absolute()
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": location}}
    if parts.scheme == "s3" and parts.netloc:
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        if unknown := options.keys() - {"endpoint_url", "region_name"}:
            raise EnvironmentProblem(name, value, f"{', '.join(sorted(unknown))} is not known here.")
        options |= {"bucket_name": parts.netloc, "location": parts.path.strip("/")}
        return {"BACKEND": "ocrsite.s3.Bucket", "OPTIONS": options}
    raise EnvironmentProblem(name, value, "write file:/path or s3://bucket?endpoint_url=https://….")
