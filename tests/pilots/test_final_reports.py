"""Final reports: put together from what is stored, edited, made into files by a job, made final and filed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from pilots import assembly
from pilots.models import FinalReport, ReportFile
from pilots.selectors import final_reports as selectors
from pilots.services import final_reports as services
from repository.models import Record
from tests.consultations.views.pages import queries
from tests.factories.final_reports import conclude, report
from tests.factories.mechanisms import mechanism, published
from tests.factories.pilots import finished, running
from tests.factories.repository import record
from tests.factories.reviews import published as reviewed
from tests.people import browser_of, hold_anyway
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def texts(found: FinalReport) -> dict[str, str]:
    return dict(found.sections.values_list("source", "text"))


def head(made: ReportFile) -> bytes:
    with made.file.content.open("rb") as content:
        return content.read(4)


def test_it_is_put_together_from_what_everybody_can_read_of_the_topic(people):
    published(people.wanda, people.lena)
    mechanism(people.wanda, "Secret plans", based=False)
    record("Pay in time", kind="recommendation", code="pay-in-time")
    record("Of another topic", kind="recommendation", topics=[5])
    record("Unpublished", kind="lesson", publish=False)

    found = report(people.wanda)
    told = texts(found)
    parts = ["introduction", "mechanisms", "pilots", "reviews", "recommendations", "lessons", "findings", "conclusions"]
    assert list(told) == parts
    assert told["recommendations"] == "- **Pay in time** – What came of Pay in time. (pay-in-time)"
    assert (told["lessons"], told["conclusions"]) == ("Nothing is stored yet.", "")
    assert told["mechanisms"].startswith("## Framework agreements\n\nWords on summary.\n\n### Problem\n\n")
    assert "Secret plans" not in told["mechanisms"]


@pytest.mark.parametrize(
    ("name", "writes", "decides"),
    [
        ("lena", True, True),
        ("wanda", True, True),
        ("ana", True, False),
        ("marko", False, False),
        ("petra", False, False),
    ],
)
def test_who_writes_and_who_makes_it_final(people, name, writes, decides):
    hold_anyway(people.ana, "wg_leader", "group:4")
    person, found = people.named(name), report(people.wanda)
    conclude(found, people.wanda)
    deeds = (
        lambda: report(person),
        lambda: services.write(found, None, "Annex", "More.", by=person),
        lambda: services.assemble(found, by=person),
    )
    for deed in deeds:
        if writes:
            deed()
        else:
            with pytest.raises(PermissionDenied):
                deed()

    assert person.has_perm("pilots.finalise_report", found) == decides
    if not decides:
        with pytest.raises(PermissionDenied):
            services.finalise(found, selectors.digest(found), by=person)


def test_what_was_edited_is_never_overwritten(people):
    found = report(people.wanda)
    lessons = found.sections.get(source="lessons")
    services.write(found, lessons, "Lessons", "Our own words.", by=people.wanda)
    record("A fund nobody drew", kind="lesson", code="a-fund")
    record("Pay in time", kind="recommendation", code="pay-in-time")

    left = services.assemble(found, by=people.wanda)
    told = texts(found)
    assert (left, told["lessons"]) == (["Lessons"], "Our own words.")
    assert told["recommendations"] == "- **Pay in time** – What came of Pay in time. (pay-in-time)"


def test_a_double_click_begins_one(people):
    assert report(people.wanda, key="one") == report(people.wanda, key="one")


def test_a_part_is_added_once_and_removed(people):
    found = report(people.wanda)
    made = [services.write(found, None, "Annex", "More.", by=people.wanda) for _click in range(2)]
    count = found.sections.count()
    services.remove(found, made[0], by=people.wanda)

    assert (count, found.sections.count()) == (9, 8)


def test_nothing_empty_becomes_final_and_nothing_that_was_changed_since(people):
    found = report(people.wanda)
    read = selectors.digest(found)
    with pytest.raises(ValidationError, match="Not written yet: Conclusions"):
        services.finalise(found, read, by=people.lena)
    conclude(found, people.wanda)

    with pytest.raises(ValidationError, match="changed since you opened"):
        services.finalise(found, read, by=people.lena)


def test_its_files_are_made_by_a_job_and_filed_when_it_is_final(people):
    found = conclude(report(people.wanda), people.wanda)
    services.ask_files(found, by=people.wanda)
    settle()
    drafted = [file.form for file in found.files.all()]
    unfiled = FinalReport.objects.get(pk=found.pk).record
    services.finalise(found, selectors.digest(found), by=people.lena)
    settle()

    found.refresh_from_db()
    assert (drafted, unfiled, found.record.state, found.record.kind) == (["docx", "pdf"], None, "published", "report")
    assert sorted(found.record.files.values_list("name", flat=True)) == [
        f"final-report-{found.pk}.docx",
        f"final-report-{found.pk}.pdf",
    ]
    assert {file.form: head(file) for file in found.files.all()} == {"docx": b"PK\x03\x04", "pdf": b"%PDF"}
    with pytest.raises(PermissionDenied):
        services.write(found, None, "Late", "Words.", by=people.wanda)
    assert Record.objects.filter(about_thing=selectors.LABEL).count() == 1


def test_from_the_first_part_to_the_public_file(people):
    wanda, lena, guest = (browser_of(person) for person in (people.wanda, people.lena, people.guest))
    begin = reverse("pilots:begin_final_report", args=[4])
    refused = wanda.post(begin, {"title": "", "language": "en"})
    wanda.post(begin, {"title": "What we learned", "language": "en"})
    found = FinalReport.objects.get()
    desk = f"{reverse('pilots:begin_final_report', args=[4]).split('begin')[0]}{found.pk}/"
    part = found.sections.get(source="conclusions")
    stale = wanda.post(f"{desk}parts/{part.pk}/", {"heading": "End", "text": "Mine.", "seen": "0" * 64})
    wanda.post(f"{desk}parts/{part.pk}/", {"heading": "End", "text": "We found a way."})
    hidden = [
        guest.get(found.get_absolute_url()).status_code,
        browser_of(people.marko).get(desk + "parts/").status_code,
    ]
    seen = lena.get(found.get_absolute_url()).context["finalise_form"].initial
    lena.post(f"{desk}final/", seen)
    settle()

    assert (refused.status_code, stale.status_code, hidden) == (400, 400, [404, 404])
    page = guest.get(found.get_absolute_url())
    assert [(file.form, old) for file, old in page.context["files"]] == [("docx", False), ("pdf", False)]
    file = guest.get(reverse("pilots:final_report_file", args=[found.pk, "pdf"]))
    content = b"".join(file.streaming_content)
    assert (file.status_code, file["Content-Type"], content[:4]) == (200, "application/pdf", b"%PDF")


def test_as_many_queries_for_three_as_for_one(people):
    report(people.wanda)
    wanda, address = browser_of(people.wanda), reverse("pilots:final_reports")
    queries(wanda, address)  # what the process keeps is read once
    one = queries(wanda, address)
    for title in ("Second", "Third"):
        report(people.wanda, title)

    assert queries(wanda, address) == one


def test_pilots_that_ended_and_peer_reviews_are_in_it_with_what_became_of_them(people):
    finished(people)
    running(people, by=people.ana, title={"en": "Still running"})
    reviewed(people, topic_id=4)

    told = texts(report(people.wanda))

    assert told["pilots"] == "- **Vouchers on trial** – Vouchers for small firms. Finished."
    assert told["reviews"] == ("- **Which field suits us?** – One field is enough.\n    - Name one field. (Not begun)")


def test_what_does_not_fit_is_counted(people, monkeypatch):
    monkeypatch.setattr(assembly, "MOST", 1)
    for name in ("One", "Two", "Three"):
        record(name, kind="recommendation", code=name.lower())

    told = texts(report(people.wanda))

    assert told["recommendations"].splitlines()[1:] == ["And 2 more."]
