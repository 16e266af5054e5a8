from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class OversizedFile(SimpleUploadedFile):
    """Stands for a file over the limit: it keeps name and true size, but none of the bytes."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(name, b"")
        self.size = size


class SizeLimitHandler(TemporaryFileUploadHandler):
    """Counts a file's bytes and, past the limit, lets them fall instead of filling the disk."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received <= settings.FILE_SIZE_LIMIT:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        if self.received <= settings.FILE_SIZE_LIMIT:
            return super().file_complete(self.received)
        self.file.close()
        return OversizedFile(self.file_name, self.received)
