from .events import CalendarEvent, Follow
from .feeds import CalendarFeed
from .imports import ImportedEntry, ImportSource
from .series import Series

__all__ = ["CalendarEvent", "CalendarFeed", "Follow", "ImportSource", "ImportedEntry", "Series"]
