"""The office server of whoever runs the platform: which address opens which kind of file (WOPI discovery)."""

import re
from pathlib import PurePath
from urllib.parse import quote, urlsplit
from urllib.request import urlopen
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext as _

ENDINGS = (".docx", ".odt", ".xlsx", ".ods", ".pptx", ".odp")
DISCOVERY = "/hosting/discovery"
SECONDS = 10
LARGEST = 2**20
KEPT_SECONDS = 3600
OPTION = re.compile(r"<([^<>=]*)=([^<>=&]*)&?>")
STRANGE = re.compile(r"[^A-Za-z0-9.:\[\]-]")
LANGUAGE_OPTIONS = {"UI_LLCC", "DC_LLCC"}


def takes(name: str) -> bool:
    """Whether there is an office server, and files of this name are for it."""
    return bool(settings.WOPI_SERVER) and PurePath(name).suffix.lower() in ENDINGS


def editor(name: str, source: str, *, writes: bool) -> str:
    """The address that opens the file whose WOPI address is `source`; ValidationError when the server offers none."""
    given = {"source": quote(source, safe=""), "language": quote(get_language() or "en", safe="")}
    if "{source}" in settings.WOPI_SERVER:
        return settings.WOPI_SERVER.format(**given)
    offered = discovered().get(PurePath(name).suffix.lower().lstrip("."), {})
    address = (offered.get("edit") if writes else None) or offered.get("view") or offered.get("edit")
    if not address:
        raise ValidationError(_("The office program does not open files of this kind."))
    address = OPTION.sub(lambda found: filled(found, given["language"]), address)
    joint = "" if address.endswith(("?", "&")) else "&" if "?" in address else "?"
    return f"{address}{joint}WOPISrc={given['source']}&lang={given['language']}"


def filled(option: re.Match[str], language: str) -> str:
    """An optional part of an address: the language is known, everything else is left out."""
    return f"{option[1]}={language}&" if option[2] in LANGUAGE_OPTIONS else ""


def discovered() -> dict[str, dict[str, str]]:
    """Addresses by ending and action, as the server tells them; asked once an hour."""
    parts = urlsplit(settings.WOPI_SERVER)
    address = settings.WOPI_SERVER if parts.path.strip("/") else f"{parts.scheme}://{parts.netloc}{DISCOVERY}"
    found = cache.get(f"office:{address}")
    if found is None:
        try:
            with urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - the address is a setting
                found = read(answer.read(LARGEST))
        except (OSError, ParseError, DefusedXmlException) as problem:
            raise ValidationError(
                _("The office program does not answer now. You can check the document out and bring it back instead.")
            ) from problem
        cache.set(f"office:{address}", found, KEPT_SECONDS)
    return found


def read(text: bytes) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for action in fromstring(text).iter("action"):
        if action.get("ext") and action.get("urlsrc", "").startswith(("https://", "http://")):
            found.setdefault(action.get("ext", "").lower(), {})[action.get("name", "")] = action.get("urlsrc", "")
    return found


def origin(address: str) -> str:
    """Scheme and host of an address, as a security policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{STRANGE.sub('', parts.netloc)}"
