from .groups import describe, load_reference

__all__ = ["describe", "load_reference"]
