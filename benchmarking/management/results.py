"""Writes what a command computed, all of it or nothing; numbers as Python's repr, so that reading gives the same numbers."""

import json
from pathlib import Path

import numpy as np
from django.core.management import CommandError


def table(frame, name="uCode"):
    """CSV with the index in the first column; gaps are empty, whole ranks without a point."""
    return frame.to_csv(index_label=name, na_rep="", lineterminator="\n").encode()


def whole(frame):
    """Ranks as integers that may be missing."""
    return frame.astype("Int64")


def told(value):
    return (json.dumps(value, indent=2, ensure_ascii=False, default=plain) + "\n").encode()


def plain(value):
    return value.item() if isinstance(value, np.generic) else str(value)


def write(folder, files, stale=()):
    """Puts bytes by name into a folder; files of an earlier run named in `stale` that are not written again go."""
    folder = Path(folder)
    parts = {name: folder / f".{name}.part" for name in files}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, part in parts.items():
            part.write_bytes(files[name])
        for name, part in parts.items():
            part.replace(folder / name)
        for name in set(stale) - set(files):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
    finally:
        for part in parts.values():
            if part.parent.is_dir():
                part.unlink(missing_ok=True)
