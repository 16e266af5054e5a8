"""What is done with the keys alone; every stop on the way must be marked visibly."""

# Around the part itself, or around the words of a choice
MARKED = """[document.activeElement, document.activeElement.closest("label")].some(
  (part) => part && parseFloat(getComputedStyle(part).outlineWidth) > 0)"""


def tab_to(page, selector: str) -> None:
    """Presses Tab until the part is reached; every stop on the way is marked visibly."""
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate(MARKED), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached with Tab on {page.url}")


def enter(page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page, selector: str, downs: int = 0) -> None:
    """Takes an option of a group of radio buttons: the first, or one further down."""
    tab_to(page, selector)
    page.keyboard.press("Space")
    for _step in range(downs):
        page.keyboard.press("ArrowDown")


def tick(page, *selectors: str) -> None:
    for selector in selectors:
        tab_to(page, selector)
        page.keyboard.press("Space")


def write(page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)
