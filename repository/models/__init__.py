from .adoptions import Adoption
from .collections import Collection
from .file_requests import FileRequest
from .gaps import GapRequest
from .imports import Import
from .proposals import Proposal
from .reading import ReadingItem, ReadingList
from .records import Record, RecordFile, RecordVersion
from .twins import TitleWord

__all__ = [
    "Adoption",
    "Collection",
    "FileRequest",
    "GapRequest",
    "Import",
    "Proposal",
    "ReadingItem",
    "ReadingList",
    "Record",
    "RecordFile",
    "RecordVersion",
    "TitleWord",
]
