"""Who deposited a record proposes changes of what is published; the leader of its group takes them over or not."""

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from lxml import html

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.exchange.cases.selectors import answers_for
from platform_core.exchange.messaging.models import Notice
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Concept
from platform_core.identity.access import services as access
from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation
from repository import proposals, services
from repository.forms import ReviseForm, initial_of
from repository.forms.records import SCHEMES
from repository.kinds import KINDS, details_of
from repository.models import Proposal, Record
from tests.factories.repository import record
from tests.people import add_member, add_organisation, browser_of
from tests.settling import settle

from .test_revising import filed, names, new
from .test_versions import typed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def send(people, found: Record, name: str = "marko", **fields):
    """Over HTTP, as its depositor does."""
    place = reverse("repository:change", args=[found.code])
    return browser_of(people.named(name)).post(place, typed(found, **{"note": "Better", **fields}))


def waiting() -> Case:
    settle()
    return Case.objects.get(kind="repository.proposal", state="open")


def shown(people, name: str, case: Case) -> str:
    page = html.fromstring(browser_of(people.named(name)).get(case.get_absolute_url()).content)
    return " ".join(" ".join(page.xpath("//section[dl or .//dl]//p[@class='compared']//text()")).split())


def test_a_proposal_changes_nothing_until_the_leader_takes_it_over(people):
    found, pk = filed(people)

    answer = send(people, found, title="Better vouchers", year=2025, file=new(), dropped=[pk])
    found.refresh_from_db()
    before = (str(found.title), found.year, found.version, names(found))
    cases.answer(waiting(), "taken", by=people.wanda, reason="Right.")

    found.refresh_from_db()
    assert (answer.status_code, before) == (302, ("Vouchers", 2024, 1, [["plan.txt"]]))
    assert (str(found.title), found.year, found.version) == ("Better vouchers", 2025, 2)
    assert (names(found), found.versions.first().note) == ([["plan.txt"], ["new.txt"]], "Better")


def test_only_what_was_changed_is_proposed(people):
    found, _pk = filed(people)

    send(people, found, title="Better vouchers")
    nothing = send(people, found)

    assert Proposal.objects.get().changes == {"title/en": ["Vouchers", "Better vouchers"]}
    assert (nothing.status_code, nothing.context["form"].non_field_errors()) == (
        400,
        ["Nothing differs from the record as it is."],
    )


def test_what_others_change_meanwhile_is_kept(people):
    found, _pk = filed(people)
    send(people, found, title="Better vouchers")
    services.change(found, by=people.lena, note="Greek", title={"en": "Vouchers", "el": "Κουπόνια"}, year=2023)

    cases.answer(waiting(), "taken", by=people.wanda, reason="Right.")

    found.refresh_from_db()
    assert (dict(found.title), found.year) == ({"en": "Better vouchers", "el": "Κουπόνια"}, 2023)


def test_the_same_field_changed_meanwhile_is_not_overwritten(people):
    found, _pk = filed(people)
    send(people, found, title="Better vouchers")
    services.change(found, by=people.lena, note="Mine", title={"en": "Best vouchers"})

    with pytest.raises(ValidationError, match="Changed meanwhile: title"):
        cases.answer(waiting(), "taken", by=people.wanda, reason="Right.")

    found.refresh_from_db()
    assert (str(found.title), waiting().state) == ("Best vouchers", "open")


def test_of_the_terms_those_are_named_that_were_changed_meanwhile(people):
    found = record("Vouchers", publish=False, by=people.marko, terms={"level": ["eu"], "maturity": ["growth"]})
    services.publish(found)
    send(people, found, level=["cluster"])
    services.change(found, by=people.lena, note="Mine", terms={"level": ["eu"], "axis": [axis()]})

    with pytest.raises(ValidationError) as refused:
        cases.answer(waiting(), "taken", by=people.wanda, reason="Right.")

    (told,) = refused.value.messages
    assert told.partition(". ")[0] == "Changed meanwhile: Recommendation axis, Maturity of the cluster"


def axis() -> str:
    return vocabulary.terms("axis")[0].code


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_a_form_sent_as_it_is_proposes_nothing(people, kind):
    found = record(
        "Vouchers",
        kind=kind,
        publish=False,
        by=people.marko,
        regions=["AT22"],
        terms={"level": ["eu"], "maturity": ["growth"]},
        concepts=["cluster-financing"],
        begins="2024-03-01",
        details=everything(kind),
        identifiers={"A regional authority": "https://ror.org/03prydq77"},
        funding="A fund",
    )
    services.publish(found)

    answer = send(people, found, creators=initial_of(found, "en")["creators"])

    assert answer.context["form"].errors == {"__all__": ["Nothing differs from the record as it is."]}


def everything(kind: str) -> dict:
    """An answer to all that a kind asks."""
    found = {}
    for detail in details_of(kind):
        codes = [term.code for term in vocabulary.terms(detail.scheme)] if detail.scheme else []
        chosen = codes[:2] if detail.several else codes[0] if codes else "https://example.org/"
        found[detail.code] = {"en": "Words.", "el": "Λόγια."} if detail.is_text else chosen
    return found


def test_a_file_to_drop_that_is_gone_meanwhile_is_told(people):
    found, pk = filed(people)
    send(people, found, file=new(), dropped=[pk])
    services.change(found, by=people.lena, note="Mine", dropped=[pk])

    with pytest.raises(ValidationError, match="Changed meanwhile: Files"):
        cases.answer(waiting(), "taken", by=people.wanda, reason="Right.")

    assert names(found) == [["plan.txt"], []]


@pytest.mark.parametrize("kind", ["good_practice", "project"])
def test_whatever_is_changed_is_told(people, kind):
    add_organisation("timber", kind="cluster_organisation")
    found = record("Vouchers", kind=kind, publish=False, by=people.marko)
    services.publish(found)
    answered = answers_to(found)

    sent = send(people, found, **answered)
    assert (sent.status_code, sent.context and sent.context["form"].errors) == (302, None)
    changes = proposals.waiting(found, people.marko).changes
    one_by_one = [Proposal(record=found, changes={path: pair}) for path, pair in changes.items()]

    asked = {name.removeprefix("detail_") for name in answered} - {"creators"}
    assert {path.split("/")[-2] if path.endswith("/en") else path.split("/")[-1] for path in changes} == (
        asked - set(SCHEMES) | {"terms", "creators", "identifiers"}
    )
    assert [list(made.changes) for made in one_by_one if not proposals.told(made)] == [["identifiers"]]


def answers_to(found: Record) -> dict:
    """Another answer to each field of the form."""
    form = ReviseForm(kind=found.kind, record=found)
    left = {"language", "note", "file", "dropped", "organisation"}
    given = {name: another(field) for name, field in form.fields.items() if name not in left}
    own = {"creators": "Ana | https://orcid.org/0000-0002-1825-0097", "concepts": str(Concept.objects.last().label)}
    return given | own | {"regions": ["AT22"], "countries": ["AT", "EL"]}


def another(field) -> object:
    if isinstance(field, forms.ChoiceField):
        last, inside = list(field.choices)[-1]
        chosen = str(inside[-1][0] if isinstance(inside, list) else last)
        return [chosen] if isinstance(field, forms.MultipleChoiceField) else chosen
    kinds = {forms.DateField: "2090-01-01", forms.IntegerField: 2000, forms.BooleanField: "on"}
    return kinds.get(type(field), "https://example.org/other")


def test_every_kind_of_field_is_proposed_and_taken_over(people):
    found = record("Vouchers", publish=False, by=people.marko, regions=["EL30"], countries=["EL", "AT"])
    services.publish(found)
    given = {
        "regions": ["EL30", "AT22"],
        "level": ["eu"],
        "begins": "2020-03-01",
        "languages": ["de", "en"],
        "files_for": "members",
        "files_from": "2090-01-01",
        "for_members": "on",
        "creators": "Ana | https://orcid.org/0000-0002-1825-0097",
        "detail_problem": "No money",
        "detail_cost_band": "10k_50k",
    }

    answer = send(people, found, **given)
    assert (answer.status_code, answer.context and answer.context["form"].errors) == (302, None)
    told = dict(proposals.words(Proposal.objects.get(), 1))
    cases.answer(waiting(), "taken", by=people.wanda, reason="Right.")

    found.refresh_from_db()
    assert sorted(found.regions.values_list("code", flat=True)) == ["AT22", "EL30"]
    assert (list(found.terms.values_list("scheme", "code")), str(found.begins)) == ([("level", "eu")], "2020-03-01")
    assert (found.languages, found.files_for, str(found.files_from), found.for_members) == (
        ["de", "en"],
        "members",
        "2090-01-01",
        True,
    )
    assert (found.creators, list(found.identifiers)) == (["Ana"], ["Ana"])
    assert (found.details["problem"], found.details["cost_band"]) == ({"en": "No money"}, "10k_50k")
    assert (told["for members only"], told["who gets the files"]) == ("Yes", "Members")


def test_the_leader_reads_what_it_was_and_would_be(people):
    found, _pk = filed(people)
    send(people, found, title="Better vouchers", file=new())
    case = waiting()

    told = {name: shown(people, name, case) for name in ("wanda", "marko")}

    assert told["wanda"] == told["marko"]
    assert told["wanda"].split(" plan.txt")[0] == "Vouchers Better vouchers"
    address = reverse("repository:proposed_file", args=[found.code, Proposal.objects.get().pk, "new.txt"])
    refused = {name: browser_of(people.named(name)).get(address).status_code for name in ("ana", "petra", "guest")}
    assert refused == {"ana": 404, "petra": 404, "guest": 302}
    for name in ("lena", "wanda", "marko"):
        assert browser_of(people.named(name)).get(address).getvalue() == b"Other words."


def test_who_proposed_is_told_why_it_was_not_taken_over(people):
    found, _pk = filed(people)
    send(people, found, title="Better vouchers")
    case = waiting()
    cases.answer(case, "declined", by=people.wanda, reason="The old title is known.")
    settle()

    found.refresh_from_db()
    told = browser_of(people.marko).get(case.get_absolute_url()).content.decode()
    assert (str(found.title), proposals.waiting(found, people.marko)) == ("Vouchers", None)
    assert "The old title is known." in told
    notices = Notice.objects.filter(event__verb="cases.answered")
    assert set(notices.values_list("recipient", "subject")) == {
        (people.marko.pk, "Not taken over: A change of “Vouchers”")
    }


def test_a_new_proposal_takes_the_place_of_the_one_that_waits(people):
    found, _pk = filed(people)
    send(people, found, title="Better vouchers")
    page = browser_of(people.marko).get(reverse("repository:change", args=[found.code])).content.decode()
    settle()
    send(people, found, title="Best vouchers")

    settle()
    told = Case.objects.filter(kind="repository.proposal").order_by("pk").values_list("state", flat=True)
    assert list(told) == ["withdrawn", "open"]
    assert proposals.waiting(found, people.marko).changes["title/en"][1] == "Best vouchers"
    assert "waits for an answer" in page


def test_sent_twice_before_anything_is_handed_out_only_the_second_waits(people):
    found, _pk = filed(people)
    send(people, found, title="Better vouchers")
    send(people, found, title="Best vouchers")

    settle()

    told = Case.objects.filter(kind="repository.proposal").values_list("object_id", "state")
    assert list(told) == [(proposals.waiting(found, people.marko).pk, "open")]


@pytest.mark.parametrize("deed", [proposals.take, proposals.decline, proposals.take_back])
def test_what_was_replaced_is_not_answered(people, deed):
    found, _pk = filed(people)
    send(people, found, title="Better vouchers")
    earlier = proposals.waiting(found, people.marko)
    send(people, found, title="Best vouchers")

    with pytest.raises(ValidationError, match="does not wait for an answer any more"):
        deed(earlier, by=people.wanda, **({} if deed is proposals.take_back else {"reason": "Right."}))

    found.refresh_from_db()
    assert (str(found.title), found.proposals.filter(is_waiting=True).count()) == ("Vouchers", 1)


def test_a_case_of_what_is_replaced_meanwhile_ends(people):
    found, _pk = filed(people)
    send(people, found, title="Better vouchers")
    case = waiting()
    proposals.take_back(proposals.waiting(found, people.marko), by=people.marko)

    settle()

    case.refresh_from_db()
    assert case.state == "withdrawn"


@pytest.mark.parametrize("deed", [proposals.take, proposals.decline])
def test_who_led_the_group_of_the_record_before_answers_nothing(people, deed):
    found, _pk = filed(people)
    send(people, found, title="Better vouchers")
    case = waiting()
    found.topics.set([1])

    with pytest.raises(PermissionDenied):
        deed(proposals.waiting(found, people.marko), by=people.wanda, reason="Right.")
    assert [one.code for one in answers_for(people.wanda, case)] == []
    assert proposals.waiting(found, people.marko) is not None


def test_its_case_goes_to_the_leader_of_the_new_topic(people):
    nora = add_member("nora", "full")
    access.give_role(nora, "wg_leader", scope="group:1")
    found, _pk = filed(people)
    send(people, found, title="Better vouchers")
    case = waiting()
    cases.assign(case, people.wanda, by=people.wanda)

    services.change(found, by=None, topics=[1])
    services.change(found, by=None, year=2020)
    settle()

    case.refresh_from_db()
    assert (case.handler, case.assignee) == ("role:wg_leader@group:1", None)
    assert [browser_of(one).get(case.get_absolute_url()).status_code for one in (nora, people.wanda)] == [
        200,
        404,
    ]
    told = Notice.objects.filter(channel="site", kind="cases.handed_over").values_list("recipient", flat=True)
    assert list(told) == [nora.pk]
    cases.answer(case, "taken", by=nora, reason="Right.")
    found.refresh_from_db()
    assert str(found.title) == "Better vouchers"


def test_who_takes_it_back(people):
    found, _pk = filed(people)
    send(people, found, title="Better vouchers")

    cases.withdraw(waiting(), by=people.marko)

    assert proposals.waiting(found, people.marko) is None


@pytest.mark.parametrize("name", ["ana", "petra", "carl"])
def test_others_propose_nothing(people, name):
    found, _pk = filed(people)

    assert send(people, found, name).status_code == 403
    with pytest.raises(PermissionDenied):
        proposals.propose(found, by=people.named(name), note="", added=None, dropped=(), title={"en": "Mine"})


def test_who_may_revise_does_so_without_a_proposal(people):
    found = record("Vouchers", publish=False, by=people.lena)
    services.publish(found)

    send(people, found, "lena", title="Better vouchers")

    found.refresh_from_db()
    assert (str(found.title), Proposal.objects.count()) == ("Better vouchers", 0)


def test_its_organisation_is_named_in_words(people):
    found, _pk = filed(people)
    own = Organisation.objects.get(code="org-marko")
    Record.objects.filter(pk=found.pk).update(organisation=own)
    second = Organisation.objects.get(code="org-ana")
    members.affiliate(people.marko, second)

    answer = send(people, found, organisation=second.pk)
    assert (answer.headers.get("Location"), answer.context and answer.context["form"].errors) == (
        found.get_absolute_url(),
        None,
    )

    made = Proposal.objects.get()
    assert made.changes == {"organisation": [own.pk, second.pk]}
    assert [change.name for change in proposals.told(made)] == ["organisation"]
