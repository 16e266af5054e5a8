"""Whose turn it is to write, among the threads of one process."""

import threading
from collections import deque


class Line:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.taken = False
        self.waiting: deque[threading.Lock] = deque()

    def join(self, seconds: float) -> bool:
        """Waits for the turn; False when it did not come in time."""
        with self.guard:
            if not self.taken:
                self.taken = True
                return True
            place = threading.Lock()
            place.acquire()
            self.waiting.append(place)
        return place.acquire(timeout=seconds) or self.came_late(place)

    def came_late(self, place: threading.Lock) -> bool:
        """The turn may have come between the end of waiting and now."""
        with self.guard:
            if place in self.waiting:
                self.waiting.remove(place)
                return False
            return True

    def leave(self) -> None:
        with self.guard:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self.taken = False


lines: dict[str, Line] = {}


def line_of(database: str) -> Line:
    return lines.setdefault(database, Line())
