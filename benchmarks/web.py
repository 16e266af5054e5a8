"""The web server of a measurement, as `manage.py serve` sets it up but without a worker beside it."""

import sys

import django
from django.core.handlers.wsgi import WSGIHandler
from waitress import create_server


def main(port: int) -> None:
    django.setup()
    server = create_server(WSGIHandler(), host="127.0.0.1", port=port, threads=8, ident=None)
    print("ready", flush=True)
    server.run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
