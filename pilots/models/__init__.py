from .helpdesk import HelpdeskAsker, HelpdeskQuestion
from .training import Course, CourseStatement, Participant, Rating

__all__ = ["Course", "CourseStatement", "HelpdeskAsker", "HelpdeskQuestion", "Participant", "Rating"]
