"""What a newcomer downloads: locks, commands and guides that hold together."""

import re

from .floors import ROOT

PIN = re.compile(r"^([a-z0-9._-]+==\S+)", re.MULTILINE)
TEXTS = ("Makefile", ".ci/run", "README.md", "CONTRIBUTING.md", "Dockerfile", "docker-compose.yml", ".env.example")


def read(path):
    return (ROOT / path).read_text()


def test_development_pins_what_the_program_pins():
    assert set(PIN.findall(read("requirements/run.txt"))) <= set(PIN.findall(read("requirements/dev.txt")))


def test_locks_name_no_registry():
    assert [path for path in ("requirements/run.txt", "requirements/dev.txt") if "://" in read(path)] == []


def test_commands_of_the_guide_exist():
    targets = set(re.findall(r"^([a-z][a-z -]*):", read("Makefile"), re.MULTILINE))
    told = set(re.findall(r"`make ([a-z-]+)", read("README.md") + read("CONTRIBUTING.md")))

    assert told - {name for line in targets for name in line.split()} == set()


def test_settings_are_told_of_in_the_example():
    read_by_settings = set(
        re.findall(r"""(?:ENV\.get\(|ENV\[|flag\()\s*"([A-Z_0-9]+)\"""", read("clusterpolisee/settings.py"))
    )
    told = set(re.findall(r"^#? ?([A-Z_0-9]+)=", read(".env.example"), re.MULTILINE))

    assert read_by_settings - told == set()


def test_nothing_names_the_machine_it_was_written_on():
    homes = re.compile(r"/(work|root|home)/")

    assert [path for path in TEXTS if homes.search(read(path))] == []
