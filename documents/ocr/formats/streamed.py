"""Zips that are sent while they are packed."""


class Outbox:
    """What a ``ZipFile`` may write to. It cannot seek: sizes stand behind each member, as zips allow."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """There is nothing behind it to flush to."""

    def close(self) -> None:
        """What is not taken yet stays."""

    def taken(self) -> bytes:
        """What was written since this was asked before."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
