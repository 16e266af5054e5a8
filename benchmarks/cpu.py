"""By hand, when a ratio disappoints: processor time per request in one process, and where it goes.

`DATA_DIR=… DJANGO_SETTINGS_MODULE=benchmarks.settings python -m benchmarks.cpu ADDRESS… [--profile]`
"""

import cProfile
import pstats
import sys
import time
from statistics import median

import django

REQUESTS = 30


def main(addresses: list[str], profile: bool) -> None:
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    for address in addresses:
        response = client.get(address)
        with CaptureQueriesContext(connection) as capture:
            client.get(address)
            asked = capture.captured_queries
        spent = [seconds(client, address) for _ in range(REQUESTS)]
        size = len(response.content)
        print(f"{address:60} {response.status_code} {1000 * median(spent):7.2f} ms, {len(asked)} queries, {size} bytes")
        if profile:
            for query in asked:
                print("   ", query["time"], query["sql"][:600])
            print_profile(client, address)


def seconds(client, address: str) -> float:
    begun = time.process_time()
    client.get(address)
    return time.process_time() - begun


def print_profile(client, address: str) -> None:
    watch = cProfile.Profile()
    watch.enable()
    for _ in range(REQUESTS):
        client.get(address)
    watch.disable()
    pstats.Stats(watch).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main([word for word in sys.argv[1:] if word != "--profile"], "--profile" in sys.argv)
