#!/usr/bin/env python
"""Commands of the site: ``manage.py help`` lists them."""

import os
import sys

from django.core.management import execute_from_command_line

from ocrsite import streams

if __name__ == "__main__":
    streams.fill()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocrsite.settings")
    execute_from_command_line(sys.argv)
