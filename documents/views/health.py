"""For supervisors and load balancers: is the process there, can it do its work."""

import logging
import tempfile

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents import queues
from documents.errors import OcrsiteError, QueueDown, StorageError
from documents.packs import installed_packs
from documents.views.answers import plain
from documents.words import explain_error

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The process answers. Touches nothing else."""
    return plain("ok\n")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 when an upload could be stored and read, else 503 and a sentence for each thing that is missing."""
    problems = [problem for problem in (_database(), _room(), _storage(), _queue(), _engine()) if problem]
    return plain("".join(f"{problem}\n" for problem in problems) or "ok\n", 503 if problems else 200)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer")
        return _("The database does not answer.")
    return ""


def _room() -> str:
    try:
        with tempfile.TemporaryFile(dir=settings.OCRSITE_TMP_DIR) as file:
            file.write(b"ok")
    except OSError:
        logger.exception("The data folder cannot be written to")
        return _("The data folder cannot be written to.")
    return ""


def _storage() -> str:
    try:
        default_storage.exists("readyz")
    except (StorageError, OSError):
        logger.exception("The storage does not answer")
        return _("The storage does not answer.")
    return ""


def _queue() -> str:
    try:
        queues.length()
    except QueueDown as error:
        return explain_error(error)
    except DatabaseError:  # of which another sentence tells
        logger.exception("The queue does not answer")
    return ""


def _engine() -> str:
    try:
        installed_packs()
    except OcrsiteError as error:
        return explain_error(error)
    return ""
