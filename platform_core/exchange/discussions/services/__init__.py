from .comments import close_round, hide, open_round, say, settle

__all__ = ["close_round", "hide", "open_round", "say", "settle"]
