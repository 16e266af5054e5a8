import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from consultations import services
from consultations.models import CodeBook, Coding, Consultation
from consultations.selectors import coding
from platform_core.materials.jobs.models import Job
from platform_core.materials.languages.services import Entry, keep_translations
from platform_core.materials.languages.texts import translatable
from tests.factories.texts import closed, text
from tests.people import hold_anyway
from tests.settling import settle

pytestmark = pytest.mark.database


@pytest.fixture
def book(people) -> CodeBook:
    """Twelve texts and two codes."""
    made = closed()
    for number in range(12):
        text(made, f"Text {number}", audience="policy")
    held = coding.book_of(made, "wish")
    for name in ("Paper", "Money"):
        services.add_code(held, name={"en": name}, description="", by=people.wanda)
    return CodeBook.objects.get()


def give(book: CodeBook, person, code) -> None:
    """`code(number)` gives the place of the code of each text, None for none of them."""
    coder, codes = services.take_part(book, by=person), coding.codes(book)
    given = {}
    for row in coding.own_texts(coder):
        place = code(int(row.words.split()[1]))
        given[row.pk] = coding.NONE if place is None else codes[place].pk
    services.give_codes(coder, given, by=person)


def both(book: CodeBook, people, first, second) -> None:
    for person, code in ((people.wanda, first), (people.lena, second)):
        give(book, person, code)
        services.finish(coding.hand_of(person, book), by=person)
    settle()
    book.refresh_from_db()


def test_each_sees_her_own_codes_until_both_are_done(book, people):
    give(book, people.wanda, lambda number: 0)
    other = services.take_part(book, by=people.lena)

    assert set(coding.own_texts(other).values_list("given", flat=True)) == {None}
    with pytest.raises(PermissionDenied):
        coding.compared(book)


def test_two_people_code_and_no_third(book, people):
    hold_anyway(people.marko, "wg_representative", "group:4")
    hands = [services.take_part(book, by=person).hand for person in (people.wanda, people.lena, people.wanda)]

    assert hands == [1, 2, 1]
    with pytest.raises(ValidationError, match="Two people code"):
        services.take_part(book, by=people.marko)


def test_agreement_is_computed_when_both_are_done(book, people):
    both(book, people, lambda number: number % 2, lambda number: number % 2 if number < 9 else 0)

    assert (book.base, round(book.observed, 3)) == (12, 0.833)
    assert round(book.kappa, 3) == 0.667
    assert coding.unsettled(book) == 2


def test_finishing_before_all_texts_have_a_code_is_refused(book, people):
    coder = services.take_part(book, by=people.wanda)
    row = coding.own_texts(coder).first()
    services.give_codes(coder, {row.pk: coding.NONE}, by=people.wanda)

    with pytest.raises(ValidationError, match="Texts without a code: 11"):
        services.finish(coder, by=people.wanda)


def test_who_is_done_changes_nothing(book, people):
    give(book, people.wanda, lambda number: 0)
    coder = services.finish(coding.hand_of(people.wanda, book), by=people.wanda)
    row = coding.own_texts(coder).first()

    with pytest.raises(ValidationError, match="You have finished"):
        services.give_codes(coder, {row.pk: coding.NONE}, by=people.wanda)


def test_nobody_codes_with_anothers_hand(book, people):
    coder = services.take_part(book, by=people.wanda)

    with pytest.raises(ValidationError):
        services.give_codes(coder, {coding.own_texts(coder).first().pk: coding.NONE}, by=people.lena)

    assert Coding.objects.count() == 0


def test_a_code_of_another_book_is_refused(book, people):
    coder = services.take_part(book, by=people.wanda)

    with pytest.raises(ValidationError, match="have changed meanwhile"):
        services.give_codes(coder, {coding.own_texts(coder).first().pk: 10**9}, by=people.wanda)


def test_a_used_code_is_not_dropped(book, people):
    give(book, people.wanda, lambda number: 0)
    paper, money = coding.codes(book)

    services.drop_code(money, by=people.wanda)
    with pytest.raises(ValidationError, match="given to texts already"):
        services.drop_code(paper, by=people.wanda)

    assert coding.codes(book) == [paper]


def test_differences_are_settled_before_anything_is_published(book, people):
    both(book, people, lambda number: 0, lambda number: 0 if number else None)

    with pytest.raises(ValidationError, match="Please settle them first"):
        services.publish_coding(book, by=people.wanda)
    (row,) = coding.disagreements(book)
    services.settle_codes(book, {row.pk: coding.codes(book)[1].pk}, by=people.lena)
    services.publish_coding(book, by=people.wanda)
    settle()

    book.refresh_from_db()
    assert [(one["code"][:1], one["count"]) for one in book.figures["options"]][-1] == ("n", 0)
    assert book.published_at is not None


def test_only_where_the_two_differ_something_is_settled(book, people):
    both(book, people, lambda number: 0, lambda number: 0)

    with pytest.raises(ValidationError, match="have changed meanwhile"):
        services.settle_codes(book, {coding.all_texts(book).first().pk: coding.NONE}, by=people.wanda)


def test_small_counts_are_withheld(book, people):
    both(book, people, lambda number: 0 if number < 9 else 1, lambda number: 0 if number < 9 else 1)
    services.publish_coding(book, by=people.wanda)
    settle()
    book.refresh_from_db()

    told = {one["code"]: (one["count"], one["suppressed"]) for one in book.figures["options"]}
    paper, money = coding.codes(book)
    assert told[f"c{money.pk}"] == (None, True)
    assert told[f"c{paper.pk}"] == (None, True)  # or it would tell the other


def test_published_figures_never_move(book, people):
    both(book, people, lambda number: 0, lambda number: 0)
    services.publish_coding(book, by=people.wanda)
    settle()
    before = CodeBook.objects.values_list("figures", "sha256", "published_at").get()

    with pytest.raises(ValidationError, match="nothing changes any more"):
        services.add_code(book, name={"en": "Late"}, description="", by=people.wanda)
    Job.objects.filter(kind="consultations.count_codes").update(state="waiting")
    Coding.objects.update(code=None)
    settle()

    assert CodeBook.objects.values_list("figures", "sha256", "published_at").get() == before


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_others_do_not_code(book, people, name):
    with pytest.raises(PermissionDenied):
        services.take_part(book, by=people.named(name))


def test_an_associated_leader_codes_but_does_not_publish(book, people):
    hold_anyway(people.ana, "wg_leader", "group:4")
    services.take_part(book, by=people.ana)

    with pytest.raises(PermissionDenied):
        services.publish_coding(book, by=people.ana)


def test_while_the_consultation_is_open_nothing_is_coded(book, people):
    Consultation.objects.update(state="open")
    book = CodeBook.objects.get()

    with pytest.raises(PermissionDenied):
        services.take_part(book, by=people.wanda)


def test_codes_are_translated_at_the_desk(people, book):
    code = coding.codes(book)[0]
    kind = translatable("consultations.bookcode")
    entries = {"name": Entry("Papier", is_reviewed=True)}

    keep_translations(kind, code, "de", entries, by=people.lena)

    code.refresh_from_db()
    assert code.name["de"] == "Papier"
    assert {name: coding.shown_codes(people.named(name)).count() for name in ("lena", "wanda", "marko", "guest")} == {
        "lena": 2,
        "wanda": 2,
        "marko": 0,
        "guest": 0,
    }


def test_codes_of_published_figures_are_seen_by_everybody(people, book):
    CodeBook.objects.update(published_at=timezone.now())

    assert coding.shown_codes(people.guest).count() == 2
