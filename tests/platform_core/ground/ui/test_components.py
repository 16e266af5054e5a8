import re
from datetime import UTC, datetime

import lxml.html
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from platform_core.ground.ui.components.library import register
from platform_core.ground.ui.samples import SampleForm

MOMENT = datetime(2026, 12, 12, 22, 59, tzinfo=UTC)


def draw(source, **context):
    return Template(source).render(Context(context)).strip()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    "tag",
    [
        '{% page_head title="A" subtitle="B" %}',
        "{% page_head %}",
        '{% status "Draft" %}',
        '{% status label="Draft" tone="purple" %}',
        '{% button text="Send" kind="huge" %}',
        '{% language_state code="de" name="Deutsch" state="perfect" %}',
    ],
)
def test_wrong_arguments_are_errors(tag):
    with pytest.raises((TemplateSyntaxError, TypeError)):
        draw(tag)


def test_every_tag_takes_keywords_only():
    for name in ("page_head", "record_row", "bar_chart", "confirm_box", "disclosure"):
        with pytest.raises(TemplateSyntaxError):
            draw(f"{{% {name} 'first' %}}{'{% enddisclosure %}' if name == 'disclosure' else ''}")
        assert name in register.tags


def test_texts_are_escaped():
    html = draw("{% alert text=text %}", text="<script>")
    assert words(html) == "&lt;script&gt;"


def test_a_deadline_names_the_zone():
    html = draw('{% deadline moment=moment zone="Europe/Athens" prefix="Closes on {moment}." %}', moment=MOMENT)
    assert words(html) == "Closes on 13 December 2026, 00:59 EET ."


def test_a_deadline_speaks_the_readers_language_and_zone():
    with translation.override("de"), timezone.override("Europe/Berlin"):
        assert words(draw("{% deadline moment=moment %}", moment=MOMENT)) == "12. Dezember 2026, 23:59 CET"


def test_decimals_follow_the_language_but_not_in_drawings():
    bars = [{"label": "Fees", "value": 12.5, "low": 10, "high": 15.5}]
    with translation.override("it"):
        html = draw('{% bar_chart title="A" bars=bars %}', bars=bars)
    assert re.findall(r'class="value">([^<]+)<', html) == ["12,5\u00a0%"]
    assert re.findall(r"--share:([^;]+);", html) == ["12.5%"]


def test_suppressed_values_are_said_as_such():
    html = draw('{% bar_chart title="A" bars=bars %}', bars=[{"label": "Banks", "value": 40, "suppressed": True}])
    assert "40" not in html
    assert "Not shown, because too few people answered." in words(html)


def test_the_pager_keeps_the_query():
    page = Paginator(range(50), 20).page(2)
    html = draw('{% pager page=page query="q=a b&page=2&topic=4" %}', page=page)
    assert re.findall(r'rel="next" href="([^"]+)"', html) == ["?q=a+b&amp;topic=4&amp;page=3"]


def test_one_page_needs_no_pager():
    assert draw("{% pager page=page %}", page=Paginator(range(5), 20).page(1)) == ""


def test_errors_lead_to_their_fields():
    html = draw("{% error_summary form=form %}{% form_fields form=form %}", form=SampleForm({}))
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == ["id_name", "id_source", "id_country", "id_consent"]
    assert all(f'id="{target}"' in html for target in targets)


class GroupedForm(forms.Form):
    colour = forms.MultipleChoiceField(
        choices=[("white", "White"), ("Warm", [("red", "Red"), ("amber", "Amber")]), ("Cold", [("blue", "Blue")])],
        widget=forms.CheckboxSelectMultiple,
    )


def test_choices_in_groups_stand_under_the_name_of_theirs():
    page = lxml.html.fromstring(draw("{% field_row field=form.colour %}", form=GroupedForm({"colour": ["amber"]})))

    told = {group.findtext("legend"): group.xpath("label/span/text()") for group in page.iter("fieldset")}
    assert told == {"Colour": ["White"], "Warm": ["Red", "Amber"], "Cold": ["Blue"]}
    assert page.xpath("//input[@checked]/@value") == ["amber"]
    assert page.xpath("//input/@id") == page.xpath("//label/@for")


def test_a_field_is_described_by_its_hint_and_its_error():
    html = draw("{% field_row field=form.name %}", form=SampleForm({}))
    assert re.findall(r'aria-describedby="([^"]+)"', html) == ["id_name_hint id_name_error"]
    assert re.findall(r'autocomplete="([^"]+)"', html) == ["organization"]


def test_titles_in_another_language_carry_it():
    html = draw('{% record_row title="Практика" address="/1/" language="bg" %}')
    assert re.findall(r'lang="([^"]+)"', html) == ["bg", "bg"]
    assert "lang=" not in draw('{% record_row title="Practice" address="/1/" language="en" %}')
