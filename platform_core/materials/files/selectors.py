from .models import StoredFile


def page_text(stored: StoredFile, number: int) -> str:
    """What was read on a page; empty where nothing was."""
    return stored.pages.filter(number=number).values_list("text", flat=True).first() or ""
