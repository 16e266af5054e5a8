from .groups import Seat, group_for, group_of_topic, groups, points, scopes, seats

__all__ = ["Seat", "group_for", "group_of_topic", "groups", "points", "scopes", "seats"]
