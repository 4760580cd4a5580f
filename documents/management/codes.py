"""Exit codes of commands, as docs/commands.md tells them."""

FAILED = 1
"""Some of what was asked for could not be done, and was said."""
MISUSED = 2
"""Nothing was done: it was asked for in a way that cannot be."""
INTERRUPTED = 130
"""By Ctrl-C, or by a signal to end."""
