"""What gunicorn is told in Python, as it has no option for it. ``ocrsite.serve`` names this file to it.

A question of 1,000 letters of Chinese has 9,000 bytes in an address, and a longer one is answered with a
sentence; gunicorn's own most are 8,190 bytes, above which it says a bare 414. Without any limit, one client
could fill the memory.
"""

from gunicorn.http import message

limit_request_line = 64 * 1024  # bytes
message.MAX_REQUEST_LINE = limit_request_line
