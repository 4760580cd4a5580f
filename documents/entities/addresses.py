"""E-mail and web addresses."""

from collections.abc import Iterator

import regex

from documents.entities.entity import Entity

# Lengths have limits (RFC 5321: 64 before the @, RFC 1035: 63 for a label), so that no text makes this slow.
_LABEL = r"[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?"
_HOST = rf"(?:{_LABEL}\.){{1,8}}\p{{L}}{{2,24}}"
_LOCAL = r"[\p{L}\d!#$%&'*+/=?^_`{|}~-]"
_EMAIL = regex.compile(
    rf"(?<!{_LOCAL}|{_LOCAL}\.) {_LOCAL}{{1,64}}+ (?:\.{_LOCAL}{{1,64}}+){{0,8}} @ {_HOST} (?![\p{{L}}\d])",
    regex.VERBOSE | regex.V1,
)
_URL = regex.compile(
    rf"(?<![\p{{L}}\d@.]) (?: https?://(?P<host>{_HOST}) | (?P<host>www\.{_HOST}) )"
    r"(?![\p{L}\d]) (?P<port>:\d{1,5})? (?P<path>[/?\#][^\s<>\"“”»]{0,500})?",
    regex.VERBOSE | regex.V1 | regex.IGNORECASE,
)
_ENDS_A_SENTENCE = ".,;:!?'’)]}"


def find_emails(text: str, languages: tuple[str, ...]) -> Iterator[Entity]:  # noqa: ARG001
    for match in _EMAIL.finditer(text):
        if len(match[0].partition("@")[0]) <= 64:
            yield Entity("email", match[0], match[0].lower(), *match.span())


def find_urls(text: str, languages: tuple[str, ...]) -> Iterator[Entity]:  # noqa: ARG001
    """Those that begin with ``http`` or ``www.``; the value has no scheme and a host in small letters."""
    for match in _URL.finditer(text):
        path = _without_full_stop(match["path"] or "")
        end = match.start("path") + len(path) if match["path"] else match.end()
        value = f"{match['host'].lower()}{match['port'] or ''}{path.rstrip('/')}"
        yield Entity("url", text[match.start() : end], value, match.start(), end)


def _without_full_stop(path: str) -> str:
    """``path`` without what belongs to the sentence; a bracket stays where the path opened one."""
    return path.rstrip(_ENDS_A_SENTENCE.replace(")", "") if "(" in path else _ENDS_A_SENTENCE)
