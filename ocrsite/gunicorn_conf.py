"""What gunicorn is told in Python, as it has no option for it. ``ocrsite.serve`` names this file to it.

A question of 1,000 letters of Chinese has 9,000 bytes in an address, and a longer one is answered with a
sentence; gunicorn's own most are 8,190 bytes, above which it says a bare 414. Without any limit, one client
could fill the memory.
"""

from gunicorn.http import message

limit_request_line = 64 * 1024  # bytes
message.MAX_REQUEST_LINE = limit_request_line

_TAKEN_AWAY = 64 * 1024
"""Bytes of a body that gunicorn reads itself where the answer came before it was read, as of a refusal. Of
more it reads no more, and closes the connection."""


def pre_request(_worker: object, request: message.Request) -> None:
    """Have the answer to a large body say that the connection ends with it: a client that was told to keep it
    would lose the next request there."""
    lengths = [int(value) for name, value in request.headers if name == "CONTENT-LENGTH"]
    if max(lengths, default=0) > _TAKEN_AWAY:
        request.force_close()
