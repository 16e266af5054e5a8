"""LimeSurvey's .lss, old and new, and its tab-separated text."""

from consultations.imports import read_questionnaire

from .shared import counts, draft, question

NEW = """<?xml version="1.0" encoding="UTF-8"?>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>400</DBVersion>
<groups><rows><row><gid>1</gid><group_order>1</group_order><grelevance>1</grelevance></row></rows></groups>
<group_l10ns><rows>
 <row><gid>1</gid><group_name>Start</group_name><language>en</language></row>
 <row><gid>1</gid><group_name>Anfang</group_name><language>de-informal</language></row>
</rows></group_l10ns>
<questions><rows>
 <row><qid>1</qid><gid>1</gid><type>M</type><title>Which</title><other>N</other><mandatory>Y</mandatory>
  <question_order>1</question_order><relevance>1</relevance></row>
 <row><qid>2</qid><gid>1</gid><type>F</type><title>Grid</title><question_order>2</question_order>
  <relevance><![CDATA[Which_a.NAOK == "Y"]]></relevance></row>
 <row><qid>3</qid><gid>1</gid><type>Y</type><title>Sure</title><question_order>3</question_order>
  <relevance><![CDATA[Grid_r1 == "x"]]></relevance></row>
</rows></questions>
<subquestions><rows>
 <row><qid>11</qid><parent_qid>1</parent_qid><title>a</title><question_order>1</question_order></row>
 <row><qid>12</qid><parent_qid>1</parent_qid><title>b</title><question_order>2</question_order></row>
 <row><qid>21</qid><parent_qid>2</parent_qid><title>r1</title><question_order>1</question_order></row>
</rows></subquestions>
<question_l10ns><rows>
 <row><qid>1</qid><question><![CDATA[<p>Which <b>ones</b>?</p>]]></question><language>en</language></row>
 <row><qid>1</qid><question>Welche?</question><language>de-informal</language></row>
 <row><qid>2</qid><question>Grid</question><language>en</language></row>
 <row><qid>3</qid><question>Sure?</question><language>en</language></row>
 <row><qid>3</qid><question>Sicher?</question><language>de</language></row>
 <row><qid>11</qid><question>Apples</question><language>en</language></row>
 <row><qid>12</qid><question>Pears</question><language>en</language></row>
 <row><qid>21</qid><question>Row</question><language>en</language></row>
</rows></question_l10ns>
<answers><rows>
 <row><aid>5</aid><qid>2</qid><code>x</code><sortorder>1</sortorder><scale_id>0</scale_id></row>
 <row><aid>6</aid><qid>2</qid><code>y</code><sortorder>2</sortorder><scale_id>0</scale_id></row>
</rows></answers>
<answer_l10ns><rows>
 <row><aid>5</aid><answer>Ex</answer><language>en</language></row>
 <row><aid>6</aid><answer>Why</answer><language>en</language></row>
</rows></answer_l10ns>
<question_attributes><rows><row><qid>1</qid><attribute>max_answers</attribute><value>1</value></row></rows></question_attributes>
</document>"""
TABBED = [
    "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tmandatory\tother\tmin_num_value_n",
    "S\t\tlanguage\t\ten",
    "SL\t\tsurveyls_title\t\tFruit\t\ten",
    "SL\t\tsurveyls_title\t\tObst\t\tde",
    "G\tg1\tStart\t1\tWelcome\t\ten",
    "Q\tL\tKind\t1\tWhich kind?\tOne only\ten\tY\tY",
    "A\t0\ta\t\tApple\t\ten",
    "A\t0\tb\t\tPear\t\ten",
    'Q\tN\tHow\tKind == "a"\tHow many?\t\ten\tN\tN\t1',
    "G\tg1\tAnfang\t1\tWillkommen\t\tde",
    "Q\tL\tKind\t1\tWelche Sorte?\t\tde\tY\tY",
    "A\t0\ta\t\tApfel\t\tde",
    "A\t0\tb\t\tBirne\t\tde",
    'Q\tN\tHow\tKind == "a"\tWie viele?\t\tde\tN\tN\t1',
]


def test_the_layout_of_today(db):
    found = read_questionnaire(NEW.encode(), "new.lss")
    which, grid, sure = found.questions

    assert found.sections[0]["title"] == {"en": "Start", "de": "Anfang"}
    assert (which["text"], which["max"], which["required"]) == ({"en": "Which ones?", "de": "Welche?"}, 1, True)
    assert (grid["type"], grid["show"]) == ("matrix", {"in": ["which", "a"]})
    assert (sure["show"], sure["options"]) == (
        {"eq": ["grid.r1", "x"]},
        [{"code": "Y", "text": {"en": "Yes", "de": "Ja"}}, {"code": "N", "text": {"en": "No", "de": "Nein"}}],
    )


def test_conditions_between_groups(db):
    found = draft("ls205_group_relevance.lss")

    assert counts(found) == (7, 30, {"en": 85}, {})
    assert [section.get("show") for section in found.sections][1] == {"gt": ["cohabs", 0]}
    assert question(found, "p1age")["show"] == {"answered": "p1name"}
    assert [note.why for note in found.notes if note.what.startswith("!is_empty(cohabs)")] == [
        "the condition was left out: the function count is not known here"
    ]


def test_tab_separated_text(db):
    found = read_questionnaire("\n".join(TABBED).encode(), "survey.txt")
    kind, how = found.questions

    assert found.title == {"en": "Fruit", "de": "Obst"}
    assert found.sections[0]["title"] == {"en": "Start", "de": "Anfang"}
    assert (kind["text"], kind["help"]) == ({"en": "Which kind?", "de": "Welche Sorte?"}, {"en": "One only"})
    assert [option["text"] for option in kind["options"]][:2] == [
        {"en": "Apple", "de": "Apfel"},
        {"en": "Pear", "de": "Birne"},
    ]
    assert (kind["other"], how["show"], how["min"]) == (True, {"eq": ["kind", "a"]}, 1)


BEGINNING = """<surveys_languagesettings><rows><row><surveyls_language>en</surveyls_language>
 <surveyls_title>Fruit</surveyls_title>
 <surveyls_description>About fruit</surveyls_description><surveyls_welcometext>Welcome</surveyls_welcometext>
 <surveyls_endtext>Bye</surveyls_endtext><surveyls_policy_notice>We keep it</surveyls_policy_notice>
 </row></rows></surveys_languagesettings>
<quota><rows><row><id>1</id><name>Ten</name></row></rows></quota>
<assessments><rows><row><id>1</id><name>Score</name></row></rows></assessments>
<defaultvalues><rows><row><dvid>7</dvid><qid>3</qid></row></rows></defaultvalues>
<defaultvalue_l10ns><rows><row><dvid>7</dvid><language>en</language>
 <defaultvalue>Y</defaultvalue></row></rows></defaultvalue_l10ns>
"""


def test_what_has_no_place_here_is_named(db):
    attributes = "<attribute>max_answers</attribute><value>1</value></row>"
    more = "<row><qid>1</qid><attribute>display_columns</attribute><value>3</value></row>"
    file = NEW.replace("</document>", BEGINNING + "</document>").replace(attributes, attributes + more)

    found = read_questionnaire(file.encode(), "new.lss")

    nothing = "there is nothing like it here"
    assert [(note.where, note.what) for note in found.notes if note.why == nothing] == [
        ("", "surveyls_welcometext: Welcome"),
        ("", "surveyls_endtext: Bye"),
        ("", "surveyls_policy_notice: We keep it"),
        ("", "quota: Ten"),
        ("", "assessments: Score"),
        ("Sure", "default: Y"),
        ("Which", "display_columns: 3"),
    ]


def test_what_a_table_holds_beside_questions_is_named(db):
    lines = [*TABBED, "SL\t\tsurveyls_endtext\t\tBye\t\ten", "QTA\t\tTen", "AS\t\tScore"]

    found = read_questionnaire("\n".join(lines).encode(), "survey.txt")

    assert [note.what for note in found.notes if note.why == "there is nothing like it here"] == [
        "surveyls_endtext: Bye",
        "Ten",
        "Score",
    ]


def test_columns_and_tables_without_a_place_are_named(db):
    beside = """<surveys><rows><row><sid>7</sid><format>G</format><anonymized>N</anonymized><datestamp>Y</datestamp></row>
     </rows></surveys>
    <surveys_languagesettings><rows><row><surveyls_language>en</surveyls_language><surveyls_title>Fruit</surveyls_title>
     <surveyls_email_invite>Come</surveyls_email_invite></row><row><surveyls_language>de</surveyls_language>
     <surveyls_email_invite>Komm</surveyls_email_invite></row></rows></surveys_languagesettings>
    <quota_members><rows><row><id>1</id></row><row><id>2</id></row></rows></quota_members></document>"""
    file = NEW.replace("</document>", beside)
    file = file.replace(
        "<group_order>1</group_order>", "<group_order>1</group_order><randomization_group>A</randomization_group>"
    )
    file = file.replace("<title>a</title>", "<title>a</title><relevance>Sure == 1</relevance>")
    file = file.replace(
        "<language>en</language></row>\n <row><qid>1<",
        "<script>run()</script><language>en</language></row>\n <row><qid>1<",
    )

    found = read_questionnaire(file.encode(), "new.lss")

    assert [note.what for note in found.notes if note.why == "there is nothing like it here"] == [
        "surveys_languagesettings.surveyls_email_invite: Come",
        "groups.randomization_group: A",
        "question_l10ns.script: run()",
        "subquestions.relevance: Sure == 1",
        "surveys: format, datestamp",
        "quota_members: 2",
    ]


def test_cells_of_a_table_without_a_place_are_named(db):
    lines = [
        *TABBED[:6],
        "A\t0\ta\tKind == 2\tApple\tRed\ten",
        *TABBED[7:],
        "S\t\tformat\t\tG",
        "S\t\tanonymized\t\tN",
        "SL\t\tsurveyls_email_invite\t\tCome\t\ten",
        "SL\t\tsurveyls_email_invite\t\tKomm\t\tde",
    ]

    found = read_questionnaire("\n".join(lines).encode(), "survey.txt")

    assert [(note.where, note.what) for note in found.notes if note.why == "there is nothing like it here"] == [
        ("Kind", "a relevance: Kind == 2"),
        ("Kind", "a help: Red"),
        ("", "surveyls_email_invite: Come"),
        ("", "S: format"),
    ]
