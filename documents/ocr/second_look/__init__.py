"""A second look at the lines that an engine read with doubt, or left out.

An engine looks for lines on the whole page, with one threshold for all of it and one notion of how large
letters are. Here lines are found by their ink (`rows`), cut out, brought to the size that it reads best and
stacked on a sheet (`sheet`); of what was read, the surer words stay (`voting`, `weaving`).
Where a page was read without doubt, words beside others (`columns`), whole lines (`lost`) and lone numbers
(`lone`) may be missing.
"""

from documents.ocr.second_look.columns import with_lost_words
from documents.ocr.second_look.lone import with_lone_numbers
from documents.ocr.second_look.looking import is_doubtful, second_look
from documents.ocr.second_look.lost import with_lost_lines

__all__ = ["is_doubtful", "second_look", "with_lone_numbers", "with_lost_lines", "with_lost_words"]
