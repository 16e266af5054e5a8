from .adoptions import Adoption
from .collections import Collection
from .reading import ReadingItem, ReadingList
from .records import Record, RecordFile, RecordVersion

__all__ = ["Adoption", "Collection", "ReadingItem", "ReadingList", "Record", "RecordFile", "RecordVersion"]
