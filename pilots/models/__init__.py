from .changes import PolicyChange

__all__ = ["PolicyChange"]
