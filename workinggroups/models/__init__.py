from .documents import Document, DocumentVersion, Folder
from .groups import WorkingGroup
from .packs import Pack
from .reviews import Review, Reviewer

__all__ = ["Document", "DocumentVersion", "Folder", "Pack", "Review", "Reviewer", "WorkingGroup"]
