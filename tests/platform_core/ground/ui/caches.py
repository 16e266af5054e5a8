"""Caches whose server is gone, as Redis says it."""

from django.core.cache.backends.dummy import DummyCache
from redis.exceptions import ConnectionError as Gone


class Read(DummyCache):
    def get(self, *_args, **_options):
        raise Gone


class Written(DummyCache):
    def get_or_set(self, _key, default, *_args, **_options):
        return default()

    def set(self, *_args, **_options):
        raise Gone
