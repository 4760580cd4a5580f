"""A bar on standard error that grows while work is done."""

from typing import TextIO

_WIDTH = 40


class Bar:
    """Drawn again with each step at a terminal; elsewhere, one line for each tenth."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream = stream
        self._total = total
        self._tenth = 0
        self._drawn = ""

    def show(self, done: float) -> None:
        """``done`` of the total; a part of one counts, too."""
        share = min(1.0, done / self._total) if self._total else 1.0
        filled = round(share * _WIDTH)
        line = f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {share:4.0%} {int(done)}/{self._total}"
        if self._stream.isatty():
            self._draw(line, is_over=share == 1.0)
        elif int(share * 10) > self._tenth:
            self._stream.write(f"{line}\n")
        self._tenth = int(share * 10)
        self._stream.flush()

    def clear(self) -> None:
        """Give the line of the terminal back, for something else to be said."""
        if self._drawn:
            self._stream.write(f"\r{' ' * len(self._drawn)}\r")
            self._stream.flush()
            self._drawn = ""

    def _draw(self, line: str, *, is_over: bool) -> None:
        if line != self._drawn:
            self._stream.write(f"\r{line}" + ("\n" if is_over else ""))
        self._drawn = "" if is_over else line
