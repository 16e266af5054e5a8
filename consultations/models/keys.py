import secrets


def random_key() -> int:
    """A random positive 63-bit key, so that neither keys nor the order of rows tell when a row was written."""
    return secrets.randbits(62) + 1
