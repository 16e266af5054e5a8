from .events import announce

__all__ = ["announce"]
