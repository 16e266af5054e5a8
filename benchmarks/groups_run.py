"""Fills two working groups, a small one and a large one, and prints as JSON what each page of them costs."""

import json
import sys
import time

import django

PEOPLE = 12
SMALL, LARGE = 5, 4  # the groups' numbers


def main(requests: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    from benchmarks import comparing, prepare, queries, workspaces
    from tests.people import browser_of
    from workinggroups.models import WorkingGroup

    people, asked = gather(), {}
    browser = browser_of(people[0])
    for number, size in ((SMALL, workspaces.SMALL), (LARGE, workspaces.LARGE)):
        place = workspaces.fill(WorkingGroup.objects.get(pk=number), people, size)
        prepare.settle()
        asked[number] = queries.count({name: own for name, (own, _bare) in addresses(place).items()}, browser)
    checked = workspaces.check(place)
    pages = {}
    for name, pair in addresses(place).items():
        pages[name] = measure(browser, *pair, requests) | {"small": asked[SMALL][name], "large": asked[LARGE][name]}
    print(json.dumps({"checked": checked, "pages": pages, "compare": comparing.measure(place, browser)}))


def gather() -> list:
    """People of three full members who sit in both groups, the first as the leader."""
    from platform_core.identity.access import services as access
    from platform_core.people.members import services as members
    from tests.people import add_organisation, add_person

    people, organisations = [], [add_organisation(f"member-{number}", tier="full") for number in range(3)]
    for place in range(PEOPLE):
        person = add_person(f"person-{place}")
        members.affiliate(person, organisations[place % 3], is_contact=True)
        for number in (SMALL, LARGE):
            access.give_role(person, "wg_representative" if place else "wg_leader", scope=f"group:{number}")
        people.append(person)
    return people


def addresses(place) -> dict[str, tuple[str, str]]:
    """Of each page: the product's, and the floor's."""
    from django.urls import reverse

    number, thread, page = place.group.pk, place.thread.pk, place.page.pk
    listed = f"/floor/groups/meeting_list/{number}/"

    def own(name: str, pk: int) -> str:
        return reverse(f"workinggroups:{name}", args=[pk])

    home, whole = reverse("pages:mine"), "/floor/blocks"
    return {
        "group's page": (own("group", number), f"{whole}/group/{number}/"),
        "… two queries": (own("group", number), f"/floor/groups/group/{number}/"),
        "my home": (home, f"{whole}/mine/"),
        "… two queries ": (home, "/floor/groups/mine/"),
        "library folder": (place.folder.get_absolute_url(), f"/floor/groups/folder/{place.folder.pk}/"),
        "forum": (own("forum", number), f"/floor/groups/threads/{number}/"),
        "longest thread": (own("thread", thread), f"{whole}/thread/{thread}/"),
        "… two queries  ": (own("thread", thread), f"/floor/groups/thread/{thread}/"),
        "wiki page": (place.page.get_absolute_url(), f"{whole}/wiki_page/{page}/"),
        "… two queries   ": (place.page.get_absolute_url(), f"/floor/groups/wiki_page/{page}/"),
        "its history": (own("wiki_history", page), f"/floor/groups/history/{page}/"),
        "tasks": (own("tasks", number), f"/floor/groups/task_list/{number}/"),
        "meetings": (own("meetings", number), f"{listed}?"),
        "meetings, past": (f"{own('meetings', number)}?past=1", f"{listed}?past=1"),
    }


def measure(browser, own: str, bare: str, requests: int) -> dict[str, list[float]]:
    """Processor seconds of one request, of the page and of its floor in turn."""
    for _warm in range(3):
        ask(browser, own), ask(browser, bare)
    rounds = [(ask(browser, own), ask(browser, bare)) for _request in range(requests)]
    return {"own": [mine for mine, _least in rounds], "bare": [least for _mine, least in rounds]}


def ask(browser, address: str) -> float:
    begun = time.process_time()
    response = browser.get(address)
    spent = time.process_time() - begun
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return spent


if __name__ == "__main__":
    main(int(sys.argv[1]))
