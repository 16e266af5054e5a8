"""How many queries a page costs."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.texts import COMMON, FIRST, MIDDLING, RARE

SMALL = {
    "record": "/en/repository/record-0/",
    "list": "/en/repository/",
    "list filtered": "/en/repository/?kind=",
    "search rare": f"/en/repository/?q={FIRST}",
}
LARGE = {
    "record": "/en/repository/record-0/",
    "list": "/en/repository/",
    "list filtered": "/en/repository/?topic=3",
    "search rare": f"/en/repository/?q={RARE[0]}",
    "search middling": f"/en/repository/?q={MIDDLING[0]}",
    "search common": f"/en/repository/?q={COMMON[0]}",
}


def count(addresses: dict[str, str], client: Client) -> dict[str, int]:
    return {name: queries(client, address) for name, address in addresses.items()}


def queries(client: Client, address: str) -> int:
    """Of the second request, when what a process reads once has been read."""
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        response = client.get(address)
    if response.status_code != 200:
        raise AssertionError(f"{address}: {response.status_code}")
    return len(found)
