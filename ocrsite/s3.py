"""Files in a bucket of S3, whoever serves it: Amazon, a provider, or a server of one's own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from documents.errors import StorageDown

_CLIENT = Config(
    # A self-hosted server rarely has a DNS name for each bucket, or checksums of the newest kind.
    s3={"addressing_style": "path"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    # Somebody waits for the answer. Seconds.
    connect_timeout=5,
    read_timeout=30,
    retries={"mode": "standard", "max_attempts": 3},
)
# Most files are pictures of one part: ten threads for each would cost more than its transfer.
_TRANSFER = TransferConfig(use_threads=False)
_MEMORY = 8 << 20  # bytes of a file that stay in memory while it is read; the rest is on disk


class Bucket(S3Storage):  # type: ignore[misc]
    """Names what goes wrong: each method raises StorageDown when the server does not do as it is asked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **options,
            client_config=_CLIENT,
            transfer_config=_TRANSFER,
            file_overwrite=True,  # names are random: to ask whether one is free would be a request in vain
            default_acl=None,
        )

    def exists(self, name: str) -> bool:
        """Asks for a list: asked for a file, a bucket that is not there says no more than an empty one."""
        key = self._normalize_name(clean_name(name))
        with _named_errors():
            found = self.connection.meta.client.list_objects_v2(
                Bucket=self.bucket_name, Prefix=key, MaxKeys=1
            )
        return any(entry["Key"] == key for entry in found.get("Contents", ()))

    def delete(self, name: str) -> None:
        with _named_errors():
            super().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """The folders and files in ``path``. Raises StorageDown."""
        with _named_errors():
            folders, files = super().listdir(path)
        return folders, files

    def get_modified_time(self, name: str) -> datetime:
        """Raises FileNotFoundError, StorageDown."""
        with _named_errors():
            try:
                modified: datetime = super().get_modified_time(name)
            except ClientError as error:
                if not self.exists(name):
                    raise FileNotFoundError(name) from error
                raise
        return modified

    def download_to(self, name: str, target: IO[bytes]) -> None:
        """Write the file ``name`` into ``target``. Raises FileNotFoundError, StorageDown."""
        key = self._normalize_name(clean_name(name))
        with _named_errors():
            try:
                self.bucket.Object(key).download_fileobj(target, Config=self.transfer_config)
            except ClientError as error:
                if not self.exists(name):
                    raise FileNotFoundError(name) from error
                raise

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":  # noqa: ARG002 — files are written whole
        """A file whose bytes are here: what goes wrong later is no fault of the bucket."""
        with ExitStack() as on_error:
            folder = str(settings.FILE_UPLOAD_TEMP_DIR)
            file = on_error.enter_context(SpooledTemporaryFile(max_size=_MEMORY, dir=folder))
            self.download_to(name, file)
            file.seek(0)
            on_error.pop_all()
        return File(file, name)

    def _save(self, name: str, content: "File[bytes] | IO[bytes]") -> str:
        with _named_errors():
            return str(super()._save(name, content))


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError, RetriesExceededError) as error:
        raise StorageDown from error
