"""The door for WSGI servers: ``gunicorn ocrsite.wsgi``."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from ocrsite import streams

streams.fill()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocrsite.settings")
application = get_wsgi_application()
# Loads all views now, before the server forks: its processes share them, and no visitor waits for them.
get_resolver().url_patterns  # noqa: B018
# What is loaded stays: to look through all of it for garbage would hold up one visitor in twenty for 0.1 s.
# To look through what is kept since then holds up one in thirty for 0.02 s: so that is done less often.
gc.freeze()
gc.set_threshold(10_000, 10, 50)
