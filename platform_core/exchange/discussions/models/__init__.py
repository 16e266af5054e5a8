from .comments import Comment, Round
from .moderation import Hiding, Report
from .posts import Mention, Post, PostFile, PostTranslation, PostVersion
from .threads import Category, Reading, Thread

__all__ = [
    "Category",
    "Comment",
    "Hiding",
    "Mention",
    "Post",
    "PostFile",
    "PostTranslation",
    "PostVersion",
    "Reading",
    "Report",
    "Round",
    "Thread",
]
