"""The reflective pattern: its next version is written, and published; what was published never changes."""

import json
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.selectors import acts_for

from ..models import Pattern, PatternPart
from ..selectors import patterns as selectors

FILE = Path(__file__).parent.parent / "reference" / "pattern.json"
WRITERS = {"role:lead_partner", "role:wp_coordinator", "role:reviewer", "role:translator"}
MOST = 20


def load_reference() -> None:
    """The first version comes with the program; later ones are the partnership's."""
    if Pattern.objects.filter(code=selectors.CODE).exists():
        return
    told = json.loads(FILE.read_text(encoding="utf-8"))
    made = Pattern(code=selectors.CODE, number=1, title=told["title"], purpose=told["purpose"])
    made.state, made.published_on = Pattern.State.PUBLISHED, platform_day()
    made.save()
    for kind in PatternPart.Kind.values:
        for order, text in enumerate(told[kind]):
            made.parts.create(kind=kind, order=order, text=text)
    made.sha256 = selectors.digest(made)
    made.save(update_fields=["sha256"])
    share(made)
    note_all(made)


def share(pattern: Pattern) -> None:
    access.set_audience(pattern, WRITERS if pattern.state == Pattern.State.DRAFT else {PUBLIC})


def note_all(pattern: Pattern, by=None) -> None:
    note_translations(pattern, by=by)
    for part in pattern.parts.all():
        note_translations(part, by=by)


@transaction.atomic
def begin_next(*, by) -> Pattern:
    """A copy of what is published, to be written anew; the draft there is, where there is one."""
    require(by, "pilots.write_pattern")
    last = Pattern.objects.select_for_update().filter(code=selectors.CODE).order_by("-number").first()
    if last is None:
        raise ValidationError(_("There is no pattern yet."))
    if last.state == Pattern.State.DRAFT:
        return last
    made = Pattern.objects.create(
        code=last.code, number=last.number + 1, title=last.title, purpose=last.purpose, begun_by=by
    )
    for part in last.parts.all():
        made.parts.create(kind=part.kind, order=part.order, text=part.text)
    share(made)
    note_all(made, by=by)
    audit.record("pilots.pattern_begun", made, by=by, version=made.number)
    return made


@transaction.atomic
def change(pattern: Pattern, *, by, parts: dict[str, Sequence[str]], **fields) -> Pattern:
    """`parts` are lines by kind; a line that stays as it was keeps its translations."""
    pattern = Pattern.objects.select_for_update().get(pk=pattern.pk)
    require(by, "pilots.write_pattern", pattern)
    if pattern.state != Pattern.State.DRAFT:
        raise ValidationError(_("What is published never changes. Begin its next version instead."))
    for name, value in fields.items():
        setattr(pattern, name, value)
    pattern.full_clean()
    pattern.save()
    for kind in PatternPart.Kind.values:
        keep(pattern, kind, parts.get(kind, ()))
    note_all(pattern, by=by)
    audit.record("pilots.pattern_changed", pattern, by=by)
    return pattern


def keep(pattern: Pattern, kind: str, lines: Sequence[str]) -> None:
    wanted = [line.strip() for line in lines if line.strip()]
    if len(wanted) > MOST:
        raise ValidationError({kind: _("At most %(n)s lines.") % {"n": MOST}})
    source = pattern.title.source
    held = {part.text.get(part.text.source, ""): part for part in selectors.of_kind(pattern, kind)}
    stays = []
    for order, line in enumerate(wanted):
        part = held.get(line) or PatternPart(
            pattern=pattern, kind=kind, text=as_text({source: line, "_source": source})
        )
        part.order = order
        part.full_clean()
        part.save()
        stays.append(part.pk)
    pattern.parts.filter(kind=kind).exclude(pk__in=stays).delete()


@transaction.atomic
def publish(pattern: Pattern, sha256: str, *, by) -> Pattern:
    """Rounds are run from it from now on; rounds of the version before go on by theirs."""
    pattern = Pattern.objects.select_for_update().get(pk=pattern.pk)
    require(by, "pilots.publish_pattern", pattern)
    if selectors.digest(pattern) != sha256:
        raise ValidationError(_("It was changed since you opened this page. Please read it once more."))
    for kind in PatternPart.Kind.values:
        if not selectors.of_kind(pattern, kind):
            raise ValidationError(_("A pattern needs steps, roles and questions."))
    Pattern.objects.filter(code=pattern.code, state=Pattern.State.PUBLISHED).update(state=Pattern.State.SUPERSEDED)
    pattern.state, pattern.sha256 = Pattern.State.PUBLISHED, sha256
    pattern.published_on, pattern.published_for = platform_day(), acts_for(by.pk)
    pattern.save()
    share(pattern)
    audit.record("pilots.pattern_published", pattern, by=by, version=pattern.number)
    return pattern
