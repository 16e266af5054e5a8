from typing import Any

Words = Any  # a string or a lazy translation of one
