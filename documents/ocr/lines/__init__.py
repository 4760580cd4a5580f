"""A line as a recogniser of lines sees it: cut out of the page, its columns turned into letters, those into
words on the page. Pure, and without Django: child processes use it."""
