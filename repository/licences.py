"""The licences a record can have, by their SPDX codes, and where each is told."""

CLOSED = "LicenseRef-all-rights-reserved"


def address(licence: str) -> str:
    """All rights reserved is no licence; rightsstatements.org states it."""
    return "http://rightsstatements.org/vocab/InC/1.0/" if licence == CLOSED else f"https://spdx.org/licenses/{licence}"
