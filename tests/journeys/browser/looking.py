"""What axe and a narrow window find on a page."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW = 320
COLOURS = ["color-contrast", "link-in-text-block"]


@dataclass(frozen=True)
class Look:
    """A width and a colour scheme; one of them also stands for still narrower windows."""

    width: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"

    @property
    def options(self) -> dict:
        return {"width": self.width, "color_scheme": self.scheme}

    @property
    def rules(self) -> dict:
        """The dark page differs from the light one by its colours."""
        return {"resultTypes": ["violations"], **({"runOnly": COLOURS} if self.scheme == "dark" else {})}

    @property
    def tries_narrow(self) -> bool:
        return str(self) == "390-light"


LOOKS = [Look(width, scheme) for width in (390, 1280) for scheme in ("light", "dark")]


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def troubles(page: Page, look: Look, name: str = "") -> list[str]:
    """One line for each; what is folded away in the page is unfolded first."""
    parts = urlsplit(page.url)
    place = name or f"{parts.path}{parts.query and '?'}{parts.query}"
    page.evaluate("document.querySelectorAll('main details').forEach(folded => folded.open = true)")
    found = [*violations(page, look.rules), *(overflow(page) if look.tries_narrow else [])]
    return [f"{place} [{look}] {line}" for line in found]


def violations(page: Page, rules: dict) -> list[str]:
    return [
        f"{found['id']}: {' '.join(map(str, node['target']))} - {' '.join(node['failureSummary'].split())[:250]}"
        for found in Axe().run(page, options=rules).response["violations"]
        for node in found["nodes"]
    ]


def overflow(page: Page) -> list[str]:
    """Measured in a narrow window, and the parts that reach beyond it."""
    size = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": size["height"]})
    width, parts = page.evaluate(BEYOND)
    page.set_viewport_size(size)
    return [f"is {width} px wide at {NARROW}: {', '.join(parts)}"] if width > NARROW else []


BEYOND = """() => {
  const root = document.documentElement;
  const beyond = [...document.body.querySelectorAll("*")].filter(
    (part) => part.getBoundingClientRect().right > root.clientWidth && !part.closest(".scroll, svg"));
  const names = beyond.map((part) => part.tagName.toLowerCase() + (part.className ? "." + part.className : ""));
  return [root.scrollWidth, [...new Set(names)].slice(0, 6)];
}"""
