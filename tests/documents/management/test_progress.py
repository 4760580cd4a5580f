from io import StringIO

from documents.management.progress import Bar


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_at_a_terminal_it_is_drawn_over_itself() -> None:
    stream = Terminal()
    bar = Bar(stream, 4)
    for done in (1, 1, 2.5, 4):
        bar.show(done)
    lines = [line.split("] ")[1] for line in stream.getvalue().split("\r")[1:]]
    assert lines == [" 25% 1/4", " 62% 2/4", "100% 4/4\n"]


def test_it_gives_its_line_back_for_what_is_to_be_said() -> None:
    stream = Terminal()
    bar = Bar(stream, 4)
    bar.show(1)
    drawn = stream.getvalue()
    bar.clear()
    bar.clear()
    assert stream.getvalue() == f"{drawn}\r{' ' * (len(drawn) - 1)}\r"


def test_elsewhere_it_is_a_line_for_each_tenth() -> None:
    stream = StringIO()
    bar = Bar(stream, 100)
    for done in range(1, 101):
        bar.show(done)
    assert stream.getvalue().count("\n") == 10
