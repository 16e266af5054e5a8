"""Who may do what: person × right × answer, for every declared right."""

from datetime import date

import pytest

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Right, RoleKind
from platform_core.identity.access import selectors, services
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.accounts.models import User
from platform_core.materials.jobs import services as jobs
from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation
from tests.factories.assessments import add_experts, passed
from tests.factories.cases import answered, application_case, looked_after
from tests.factories.consultations import consultation
from tests.factories.governance import ballot, decision, discussed, taken
from tests.factories.network import network, profile
from tests.factories.repository import collection, record
from tests.factories.workinggroups import approved, page
from workinggroups.models import WorkingGroup

from .table import ALL, IN_GENERAL, LEAD, MEMBERS, NOBODY, RUNNERS

pytestmark = pytest.mark.database

THINGS = {
    "draft of ana": lambda people: record("Hidden", publish=False, by=people.ana),
    "draft of the platform": lambda people: record("Hidden", publish=False),
    "draft in topic 3": lambda people: record("Hidden", publish=False, topics=[3]),
    "published record of ana": lambda people: record(by=people.ana),
    "assessment in topic 4": lambda people: passed(people, add_experts()),
    "evaluation of somebody else": lambda people: passed(people, add_experts()).evaluations.first(),
    "profile of petra's organisation": lambda people: profile(looked_after(people.petra).code),
    "network of ana": lambda people: network(people.ana, []),
    "collection on topic 3": lambda people: collection(topic_id=3),
    "collection on topic 4": lambda people: collection(topic_id=4),
    "job of ana": lambda people: jobs.start("files.extract", by=people.ana, file=0),
    "job of the platform": lambda people: jobs.start("files.extract", file=0),
    "organisation": lambda people: Organisation.objects.get(code="org-petra"),
    "organisation petra looks after": lambda people: looked_after(people.petra),
    "application of carl": lambda people: application_case(people.carl),
    "answered application of carl": lambda people: answered(application_case(people.carl), people.lena),
    "draft decision": lambda people: decision(people.lena),
    "decision in discussion": lambda people: discussed(people.lena),
    "open ballot": lambda people: ballot(people.lena),
    "open ballot with marko's seat": lambda people: ballot(people.lena, seats=[people.marko]),
    "decision taken": lambda people: taken(people.lena),
    "group 3": lambda people: WorkingGroup.objects.get(pk=3),
    "document of wanda": lambda people: page(people.wanda),
    "approved document of wanda": lambda people: approved(page(people.wanda), people.wanda, people.lena, date.max),
    "document of group 3": lambda people: page(people.lena, of=3),
    "draft of group 4": lambda people: consultation(open_now=False),
    "approved in group 4": lambda people: ready_to_open(consultation(open_now=False)),
    "draft of group 3": lambda people: consultation(open_now=False, topic_id=3),
    "open in group 4": lambda people: consultation(),
    "open in group 3": lambda people: consultation(topic_id=3),
    "closed in group 4": lambda people: closed(consultation()),
    "closed in group 3": lambda people: closed(consultation(topic_id=3)),
}

FOR_A_THING = [
    ("repository.view_record", "draft of ana", {*RUNNERS, "ana"}),
    ("repository.change_draft", "draft of ana", {"lena", "ana"}),
    ("repository.publish_record", "draft of ana", RUNNERS),
    ("repository.withdraw_record", "draft of ana", NOBODY),
    ("repository.view_record", "draft of the platform", RUNNERS),
    ("repository.change_draft", "draft of the platform", LEAD),
    ("repository.view_record", "draft in topic 3", LEAD),
    ("repository.publish_record", "draft in topic 3", LEAD),
    ("repository.view_record", "published record of ana", ALL),
    ("repository.change_draft", "published record of ana", NOBODY),
    ("repository.publish_record", "published record of ana", NOBODY),
    ("repository.revise_record", "published record of ana", RUNNERS),
    ("repository.revise_record", "draft of ana", NOBODY),
    ("repository.relate_record", "draft of ana", {*RUNNERS, "ana"}),
    ("repository.adopt_record", "draft of ana", NOBODY),
    ("repository.ask_validation", "draft of ana", NOBODY),
    ("repository.comment_record", "draft of ana", MEMBERS),
    ("repository.ask_comments", "draft of ana", {*RUNNERS, "ana"}),
    ("repository.hide_comment", "draft in topic 3", LEAD),
    ("repository.ask_validation", "published record of ana", {*RUNNERS, "ana"}),
    ("repository.screen_record", "published record of ana", LEAD),
    ("assessment.view_assessment", "assessment in topic 4", {"wanda"}),
    ("assessment.conclude", "assessment in topic 4", {"wanda"}),
    ("assessment.evaluate", "evaluation of somebody else", NOBODY),
    ("network.change_profile", "profile of petra's organisation", {"lena", "petra"}),
    ("network.tie", "organisation", {"petra"}),
    ("network.run", "network of ana", {"ana"}),
    ("repository.edit_collection", "collection on topic 3", LEAD),
    ("repository.edit_collection", "collection on topic 4", RUNNERS),
    ("repository.adopt_record", "published record of ana", MEMBERS),
    ("repository.relate_record", "published record of ana", {*RUNNERS, "ana"}),
    ("repository.withdraw_record", "published record of ana", LEAD),
    ("jobs.view_job", "job of ana", {"lena", "ana"}),
    ("jobs.view_job", "job of the platform", LEAD),
    ("members.view_organisation", "organisation", ALL),
    ("members.change_organisation", "organisation", LEAD),
    ("members.change_organisation", "organisation petra looks after", {"lena", "petra"}),
    ("cases.view_case", "application of carl", {"lena", "carl"}),
    ("cases.handle_case", "application of carl", LEAD),
    ("cases.read_notes", "application of carl", LEAD),
    ("cases.withdraw_case", "application of carl", {"carl"}),
    ("cases.handle_case", "answered application of carl", NOBODY),
    ("cases.read_notes", "answered application of carl", LEAD),
    ("cases.withdraw_case", "answered application of carl", NOBODY),
    ("governance.view_decision", "draft decision", LEAD),
    ("governance.change_decision", "draft decision", LEAD),
    ("governance.open_ballot", "draft decision", LEAD),
    ("governance.discuss", "draft decision", MEMBERS),
    ("governance.view_decision", "decision in discussion", MEMBERS),
    ("governance.view_decision", "open ballot", MEMBERS),
    ("governance.change_decision", "open ballot", NOBODY),
    ("governance.open_ballot", "open ballot", NOBODY),
    ("governance.extend_ballot", "open ballot", LEAD),
    ("governance.cast_vote", "open ballot", NOBODY),
    ("governance.cast_vote", "open ballot with marko's seat", {"marko"}),
    ("governance.view_decision", "decision taken", ALL),
    ("governance.discuss", "decision taken", NOBODY),
    ("governance.cast_vote", "decision taken", NOBODY),
    ("workinggroups.view_group", "group 3", ALL),
    ("workinggroups.enter_group", "group 3", LEAD),
    ("workinggroups.add_document", "group 3", LEAD),
    ("workinggroups.view_document", "document of wanda", RUNNERS),
    ("workinggroups.change_document", "document of wanda", RUNNERS),
    ("workinggroups.ask_review", "document of wanda", RUNNERS),
    ("workinggroups.publish_document", "document of wanda", NOBODY),
    ("workinggroups.publish_document", "approved document of wanda", RUNNERS),
    ("workinggroups.ask_review", "approved document of wanda", NOBODY),
    ("workinggroups.view_document", "document of group 3", LEAD),
    ("workinggroups.change_document", "document of group 3", LEAD),
    ("workinggroups.end_lock", "document of group 3", LEAD),
    ("workinggroups.trash_document", "document of group 3", LEAD),
    ("consultations.view_consultation", "draft of group 4", RUNNERS),
    ("consultations.manage", "draft of group 4", RUNNERS),
    ("consultations.open", "draft of group 4", NOBODY),
    ("consultations.open", "approved in group 4", RUNNERS),
    ("consultations.edit", "draft of group 4", RUNNERS),
    ("consultations.edit", "draft of group 3", LEAD),
    ("consultations.edit", "open in group 4", RUNNERS),
    ("consultations.edit", "closed in group 4", NOBODY),
    ("consultations.read_draft", "draft of group 4", RUNNERS),
    ("consultations.read_draft", "closed in group 4", RUNNERS),
    ("consultations.set_up", "draft of group 4", RUNNERS),
    ("consultations.set_up", "closed in group 4", NOBODY),
    ("consultations.ask_approval", "draft of group 4", RUNNERS),
    ("consultations.ask_approval", "approved in group 4", NOBODY),
    ("consultations.take_back", "approved in group 4", RUNNERS),
    ("consultations.take_back", "draft of group 4", NOBODY),
    ("consultations.waive_languages", "draft of group 4", LEAD),
    ("consultations.publish_version", "open in group 4", RUNNERS),
    ("consultations.publish_version", "draft of group 4", NOBODY),
    ("consultations.draw_up", "group 3", LEAD),
    ("consultations.close", "draft of group 4", NOBODY),
    ("consultations.answer", "draft of group 4", NOBODY),
    ("consultations.view_consultation", "draft of group 3", LEAD),
    ("consultations.manage", "draft of group 3", LEAD),
    ("consultations.open", "draft of group 3", NOBODY),
    ("consultations.view_consultation", "open in group 3", ALL),
    ("consultations.answer", "open in group 4", ALL),
    ("consultations.open", "open in group 4", NOBODY),
    ("consultations.close", "open in group 4", RUNNERS),
    ("consultations.close", "open in group 3", LEAD),
    ("consultations.compute_results", "open in group 4", NOBODY),
    ("consultations.answer", "closed in group 4", NOBODY),
    ("consultations.compute_results", "closed in group 4", RUNNERS),
    ("consultations.publish_results", "closed in group 4", RUNNERS),
    ("consultations.compute_results", "closed in group 3", LEAD),
    ("consultations.publish_results", "closed in group 3", LEAD),
]


def ready_to_open(found):
    found.state = "approved"
    found.save()
    return found


def closed(found):
    found.state = "closed"
    found.save()
    return found


def afresh(person):
    """The person as her next request meets her."""
    return User.objects.get(pk=person.pk)


def holders(people, right, thing=None) -> set[str]:
    return {name for name, person in people.each() if person.has_perm(right, thing)}


def deciding() -> list[Right]:
    return [right for right in declared(Right) if right.decides]


def give_every_role(person) -> None:
    """Also those that the rules of composition would refuse her."""
    for kind in declared(RoleKind):
        scope = "group:4" if kind.scopes else ""
        RoleAssignment.objects.create(person=person, role=kind.code, scope=scope, begins="2026-01-01")


def test_the_table_names_every_declared_right():
    assert sorted(IN_GENERAL) == sorted(right.code for right in declared(Right))


def test_rights_in_general(people):
    assert {right: holders(people, right) for right in IN_GENERAL} == IN_GENERAL


@pytest.mark.parametrize("thing", THINGS)
def test_rights_for_a_thing(people, thing):
    """Beside the cast a superuser, who has no declared right by that alone."""
    expected = {right: names for right, name, names in FOR_A_THING if name == thing}
    found = THINGS[thing](people)
    User.objects.filter(pk=people.carl.pk).update(is_superuser=True, is_staff=True)
    super_carl = afresh(people.carl)

    assert {right: holders(people, right, found) for right in expected} == expected
    allowed = {right for right in expected if super_carl.has_perm(right, found)}
    assert allowed == {right for right, names in expected.items() if "carl" in names}


def test_nobody_has_a_right_that_is_not_declared(people):
    assert holders(people, "repository.set_on_fire") == NOBODY


def test_a_guest_has_no_right_that_a_person_lacks(people):
    rights = [right.code for right in declared(Right)]
    guest = {right for right in rights if people.guest.has_perm(right)}

    lost = {name: guest - {right for right in rights if person.has_perm(right)} for name, person in people.each()}

    assert (guest, set().union(*lost.values())) == ({"consultations.answer", "pilots.ask_helpdesk"}, set())


# Deciding


def test_every_role_together_decides_nothing_for_an_associated_member(people):
    give_every_role(people.ana)
    give_every_role(people.marko)
    ana, marko = afresh(people.ana), afresh(people.marko)

    assert [right.code for right in deciding() if ana.has_perm(right.code)] == []
    of_roles = [right.code for right in deciding() if right.who not in {("named",), ("owner",)}]
    assert [code for code in of_roles if not marko.has_perm(code)] == []


def test_lead_partner_of_an_associated_member_administers_without_deciding(people):
    services.give_role(people.ana, "lead_partner", by=people.lena)
    ana = afresh(people.ana)

    assert (ana.has_perm("members.view_desk"), ana.has_perm("members.admit_organisation")) == (True, False)


def test_lead_partner_decides_nothing_once_her_organisation_has_left(people):
    organisation = Organisation.objects.get(code="org-lena")
    organisation.memberships.update(begins="2026-01-01", ends="2026-01-31")
    lena = afresh(people.lena)

    assert [right.code for right in deciding() if lena.has_perm(right.code)] == []
    assert lena.has_perm("members.view_desk")


def test_a_person_decides_as_soon_as_her_organisation_is_a_full_member(people):
    services.give_role(people.ana, "lead_partner", by=people.lena)
    organisation = Organisation.objects.get(code="org-ana")
    organisation.memberships.update(begins="2026-01-01")

    members.admit(organisation, tier="full", share="asp", by=people.lena)

    assert afresh(people.ana).has_perm("members.admit_organisation")


# Superusers, inactive people


def test_a_superuser_has_no_declared_right_by_that_alone(people):
    User.objects.filter(pk=people.carl.pk).update(is_superuser=True, is_staff=True)
    carl, ordinary = afresh(people.carl), people.carl

    assert [right for right in IN_GENERAL if carl.has_perm(right) != ordinary.has_perm(right)] == []


def test_a_superuser_keeps_the_permissions_of_django(people):
    User.objects.filter(pk=people.carl.pk).update(is_superuser=True)

    assert afresh(people.carl).has_perm("wagtailadmin.access_admin")
    assert not people.marko.has_perm("wagtailadmin.access_admin")


def test_an_inactive_person_has_no_right(people):
    draft = record(publish=False, by=people.lena)
    User.objects.filter(pk=people.lena.pk).update(is_active=False)
    lena = afresh(people.lena)

    assert [right.code for right in declared(Right) if lena.has_perm(right.code, None)] == []
    assert (lena.has_perm("repository.change_draft", draft), selectors.keys_of(lena)) == (False, {"public"})


# One right for one thing


def test_a_granted_right_is_for_this_person_and_this_thing(people):
    draft, other = record(publish=False, by=people.marko), record("Another", publish=False, by=people.marko)

    services.grant(people.ana, "repository.change_draft", draft, by=people.lena)

    assert holders(people, "repository.change_draft", draft) == {"lena", "marko", "ana"}
    assert holders(people, "repository.change_draft", other) == {"lena", "marko"}


def test_a_granted_right_ends_with_the_state_it_is_for(people):
    draft = record(publish=False, by=people.marko)
    services.grant(people.ana, "repository.change_draft", draft, by=people.lena)
    draft.state = "published"

    assert holders(people, "repository.change_draft", draft) == NOBODY


def test_a_revoked_right_is_gone(people):
    draft = record(publish=False, by=people.marko)
    services.grant(people.ana, "repository.change_draft", draft, by=people.lena)

    services.revoke(people.ana, "repository.change_draft", draft, by=people.lena)

    assert holders(people, "repository.change_draft", draft) == {"lena", "marko"}
