"""A bucket of an S3 server, for installations that have one; its faults are told as those of a disk would be."""
from contextlib import contextmanager

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from .folder import Unreachable

IN_MEMORY = 8 * 2**20
NOT_THERE = {"404", "NoSuchKey"}


class Bucket(S3Storage):
    """Thùng S3: whole objects by name; credentials come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)."""

    def __init__(self, bucket, *, endpoint=None, region=None):
        # Servers other than Amazon's know neither host names per bucket nor the newer checksums; ours is the SHA-256 of the name.
        config = Config(
            s3={"addressing_style": "path"}, signature_version="s3v4", request_checksum_calculation="when_required",
            response_checksum_validation="when_required", connect_timeout=10, read_timeout=60, retries={"max_attempts": 3},
        )
        super().__init__(
            bucket_name=bucket, endpoint_url=endpoint, region_name=region, client_config=config, file_overwrite=True, default_acl=None,
            max_memory_size=IN_MEMORY,
        )

    def exists(self, name):
        with _told():
            return super().exists(name)

    def delete(self, name):
        with _told():
            super().delete(name)

    def reach(self):
        """Ask the server for the bucket."""
        with _told():
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)

    def _open(self, name, mode="rb"):
        with _told():
            handle = super()._open(name, mode)
            handle.file  # noqa: B018  fetched here, so that a fault shows here
        return handle

    def _save(self, name, content):
        with _told():
            return super()._save(name, content)


@contextmanager
def _told():
    try:
        yield
    except ClientError as fault:
        if fault.response["Error"]["Code"] in NOT_THERE:
            raise FileNotFoundError(str(fault)) from fault
        raise Unreachable(str(fault)) from fault
    except BotoCoreError as fault:
        raise Unreachable(str(fault)) from fault
