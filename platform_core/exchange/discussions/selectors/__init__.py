from .comments import by_question, comments_on, conversation, has_open_round, rounds_on, speakers

__all__ = ["by_question", "comments_on", "conversation", "has_open_round", "rounds_on", "speakers"]
