from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.management.base import BaseCommand
from waitress import create_server

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import DemoAccount

from ... import embedded


class Command(BaseCommand):
    help = "Serves the site from one process with its background worker; for laptops and demonstrations."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument("--prepare", action="store_true", help="first migrate, compile catalogues and load content")

    def handle(self, *args, host, port, threads, prepare, **options):
        if prepare:
            call_command("prepare", stdout=self.stdout)
        server = create_server(WSGIHandler(), host=host, port=port, threads=threads, ident=None)
        embedded.start()
        self.stdout.write(f"\nClusterPoliSEE is at http://{host}:{port}/")
        if settings.DEMONSTRATION:
            self.tell_accounts()
        self.stdout.flush()
        server.run()

    def tell_accounts(self):
        self.stdout.write("Demonstration accounts:")
        for account in declared(DemoAccount):
            self.stdout.write(f"  {account.email:32} {account.password:28} {account.name}")
        self.stdout.write("Mails stay on this machine; read them at /en/outbox/.")
