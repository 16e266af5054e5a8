from .events import coming, event_for, events, past, upcoming

__all__ = ["coming", "event_for", "events", "past", "upcoming"]
