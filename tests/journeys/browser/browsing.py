"""Browser windows that remember what went wrong in them."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, WebError

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS = 20


class Browsing:
    """Opens windows on one site. An error in the console, a request elsewhere or an answer from 500 up is a fault."""

    def __init__(self, chromium: Browser, site: str):
        self.chromium, self.site = chromium, site
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []
        self.expected = {400}
        self.hosts = {site}

    def open(self, *, width: int = 1280, script: bool = True, **options) -> Page:
        """A window with cookies of its own; `options` are Playwright's, such as color_scheme."""
        context = self.chromium.new_context(
            base_url=self.site,
            viewport={"width": width, "height": 844 if width < 600 else 900},
            java_script_enabled=script,
            **options,
        )
        context.set_default_timeout(SECONDS * 1000)
        context.on("request", self.see_request)
        context.on("response", self.see_response)
        context.on("console", self.see_console)
        context.on("weberror", self.see_error)
        self.contexts.append(context)
        return context.new_page()

    def expect(self, *statuses: int) -> None:
        """Statuses that belong to the journey, such as that of a page which is not there."""
        self.expected |= set(statuses)

    def allow(self, address: str) -> None:
        """A host that belongs to the journey, such as an office program's."""
        self.hosts.add(address)

    def see_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and f"{parts.scheme}://{parts.netloc}" not in self.hosts:
            self.faults.append(f"asks another host: {request.url}")

    def see_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status} from {response.request.method} {response.url}")

    def see_console(self, message: ConsoleMessage) -> None:
        wanted = any(f"a status of {status} " in message.text for status in self.expected)
        if message.type == "error" and not wanted:
            self.faults.append(f"console on {message.location['url']}: {message.text}")

    def see_error(self, error: WebError) -> None:
        self.faults.append(f"script on {error.page.url if error.page else 'a page'}: {error.error}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        assert not self.faults, "\n".join(self.faults)
