"""The site's settings over an empty data folder, with passwords that hash fast."""

import os
import tempfile

os.environ["OCRSITE_DATA_DIR"] = tempfile.mkdtemp(prefix="ocrsite-tests-")
os.environ["OCRSITE_ENGINE"] = "tesseract"  # the quickest; the tests of `best` name it
os.environ["OCRSITE_DEBUG"] = "1"  # static files by their plain names, as no test collects them

from ocrsite.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Else every client of a test looks through all static files before it asks for anything.
WHITENOISE_AUTOREFRESH = True
