"""The door for WSGI servers: ``gunicorn ocrsite.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocrsite.settings")
application = get_wsgi_application()
