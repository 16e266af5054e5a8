"""Seals what waits every second until it is stopped, in a process of its own as the worker's tick does in production."""

import time

import django

SECONDS = 1


def main() -> None:
    django.setup()
    from platform_core.identity.audit.services import seal_events

    print("sealing", flush=True)
    while True:
        seal_events()
        time.sleep(SECONDS)


if __name__ == "__main__":
    main()
