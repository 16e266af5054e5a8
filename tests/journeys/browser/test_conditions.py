"""What a script shows while somebody answers is what the server shows for the same answers."""

import shutil
import subprocess
import sys

import pytest

from tests.factories.followups import CODE, CONDITIONS
from tests.servers import ROOT

from . import sites
from .browsing import Browsing
from .steps import press

pytestmark = pytest.mark.browser

FILING = "from tests.factories.followups import follow_ups; follow_ups()"
FILL = """answers => {
  for (const [name, given] of Object.entries(answers)) {
    const fields = [...document.querySelectorAll(`[name="${name}"]`)];
    for (const field of fields) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = [given].flat().includes(field.value);
      else field.value = given;
    }
    fields[0].dispatchEvent(new Event("change", { bubbles: true }));
  }
}"""
SHOWN = "page => [...page.querySelectorAll('[data-code]:not([hidden])')].map(part => part.dataset.code)"
HERE = f"() => ({SHOWN})(document)"
THERE = f"""async () => {{
  const form = document.querySelector("[data-questionnaire]"), typed = new FormData(form);
  typed.append("autosave", "1");
  await fetch(location.href, {{ method: "POST", body: typed }});
  const page = await (await fetch(location.href)).text();
  return ({SHOWN})(new DOMParser().parseFromString(page, "text/html"));
}}"""
FULL = {
    "role": "policy",
    "size": "often",
    "offer": "Visits abroad",
    "sources": ["fees", "eu"],
    "agree.training": "3",
    "agree.visits": "dont_know",
    "use.training": "often",
    "paid.training": ["fees"],
    "mark": "4",
    "staff": "12",
    "part": "35",
    "since": "2021-03-15",
    "name": "Holzkreis",
    "wish": "More",
    "mail": "a@example.org",
    "web": "example.org",
    "land": "AT",
    "region": "Steiermark (AT22)",
    "house": "Holzkreis",
    "agreed": "1",
}
ANSWERS = [
    {},
    FULL,
    {"role": "company", "offer": "visits abroad", "region": "at22", "staff": "11,5", "part": "40", "mark": "3"},
    {"offer": "visits", "region": "Steiermark", "staff": "12e0", "since": "2021-03-14", "sources": ["none"]},
    {"offer": "Something else", "region": "Wien (AT13)", "staff": "many", "since": "2022-01-01", "land": "BG"},
    {"region": "Styria, AT22", "staff": "0x10", "part": "-1", "use.training": "rarely", "name": "   "},
]


@pytest.fixture(scope="module")
def site(demonstration, tmp_path_factory):
    data = tmp_path_factory.mktemp("follow-ups") / "data"
    shutil.copytree(demonstration, data)
    filing = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", FILING]
    subprocess.run(filing, cwd=ROOT, env=sites.environment(data), check=True)
    with sites.served(data) as address:
        yield address


@pytest.fixture(scope="module")
def windows(chromium, site):
    held = Browsing(chromium, site)
    yield held
    held.close()


@pytest.mark.parametrize("answers", ANSWERS)
def test_the_script_agrees_with_the_server(windows, answers):
    page = windows.open()
    page.goto(f"/en/consultations/{CODE}/")
    press(page, "form.begin button")
    page.evaluate(FILL, answers)

    here, there = page.evaluate(HERE), page.evaluate(THERE)

    def told(codes):
        return [CONDITIONS[int(code[1:])] for code in codes if code[0] == "f" and code[1:].isdecimal()]

    assert told(here) == told(there)
