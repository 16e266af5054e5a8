from .documents import Document, DocumentVersion, Folder
from .groups import WorkingGroup
from .reviews import Review, Reviewer

__all__ = ["Document", "DocumentVersion", "Folder", "Review", "Reviewer", "WorkingGroup"]
