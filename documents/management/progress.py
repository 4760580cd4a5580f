"""A bar on standard error that grows while pages are worked through."""

from typing import TextIO

_WIDTH = 40


class Bar:
    """Drawn again with each step at a terminal; elsewhere, one line for each tenth."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream = stream
        self._total = total
        self._tenth = 0

    def show(self, done: int) -> None:
        share = min(1.0, done / self._total) if self._total else 1.0
        filled = round(share * _WIDTH)
        line = f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {share:4.0%} {done}/{self._total}"
        if self._stream.isatty():
            self._stream.write(f"\r{line}" + ("\n" if share == 1.0 else ""))
        elif int(share * 10) > self._tenth:
            self._stream.write(f"{line}\n")
        self._tenth = int(share * 10)
        self._stream.flush()
