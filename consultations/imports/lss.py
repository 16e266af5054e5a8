"""LimeSurvey's own files (.lss): tables as XML, in the layout of version 2 and that of version 4 and later."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from . import lime
from .bounds import LONGEST, UnreadableError, document
from .drafting import Draft, figure
from .lime import Asked, Group, Item, Survey
from .speech import language_of

Row = dict[str, str]
TAKEN = {  # by table, the columns that something is made of
    "surveys_languagesettings": {*lime.TOLD_TEXTS, *lime.LOST_TEXTS},
    "groups": {"group_order", "grelevance", "group_name", "description"},
    "group_l10ns": {"group_name", "description"},
    "questions": {
        *("type", "title", "question", "preg", "help", "other", "mandatory", "question_order", "relevance"),
    },
    "question_l10ns": {"question", "help"},
    "subquestions": {"type", "title", "question", "question_order", "scale_id", "question_theme_name"},
    "answers": {"code", "answer", "sortorder", "scale_id"},
    "answer_l10ns": {"answer"},
    "question_attributes": {"attribute", "value"},
    "conditions": {"cqid", "cfieldname", "method", "value", "scenario"},
}
TOLD_BY_NAME = {"surveys", "quota", "assessments", "defaultvalues", "defaultvalue_l10ns"}


def read(content: bytes, draft: Draft) -> None:
    root = document(content)
    if root.tag != "document" or root.findtext("LimeSurveyDocType") != "Survey":
        raise UnreadableError(_("The file is no questionnaire of LimeSurvey (.lss)."))
    tables = {table.tag: list(rows(table)) for table in root if isinstance(table.tag, str)}
    lime.take(survey(tables), draft)


def rows(table) -> Iterator[Row]:
    for row in table.iterfind("rows/row"):
        yield {cell.tag: (cell.text or "")[:LONGEST] for cell in row if isinstance(cell.tag, str)}


def language(row: Row) -> str:
    found = row.get("language") or row.get("surveyls_language") or "en"
    return language_of(found) or found


def order(row: Row, *names: str) -> float:
    return next((float(value) for name in names if (value := figure(row.get(name, ""))) is not None), 0.0)


def survey(tables: dict[str, list[Row]]) -> Survey:
    found = Survey()
    for row in tables.get("surveys_languagesettings", []):
        found.title[language(row)] = row.get("surveyls_title", "")
        found.text[language(row)] = row.get("surveyls_description") or row.get("surveyls_welcometext", "")
        beside = ("surveyls_welcometext",) if row.get("surveyls_description") else ()
        found.lost += [("", f"{name}: {row[name]}") for name in (*beside, *lime.LOST_TEXTS) if row.get(name)]
    groups = groups_of(tables)
    asked = questions_of(tables, groups)
    add_items(tables, asked)
    add_answers(tables, asked)
    for row in tables.get("question_attributes", []):
        if row.get("qid") in asked:
            asked[row["qid"]].settings.setdefault(row.get("attribute", ""), row.get("value", ""))
    add_conditions(tables, asked)
    found.lost += [*lost(tables, asked), *columns_left(tables), *tables_left(tables)]
    found.groups = list(groups.values())
    return found


def lost(tables: dict[str, list[Row]], asked: dict[str, Asked]) -> Iterator[tuple[str, str]]:
    """Quotas, assessments and answers given beforehand; an old file has the last in one table, a new one in two."""
    for table in ("quota", "assessments"):
        yield from (("", f"{table}: {row.get('name', '')}") for row in tables.get(table, []))
    begun = {row.get("dvid", ""): row.get("qid", "") for row in tables.get("defaultvalues", [])}
    for row in tables.get("defaultvalues", []) + tables.get("defaultvalue_l10ns", []):
        if value := row.get("defaultvalue"):
            qid = row.get("qid") or begun.get(row.get("dvid", ""), "")
            yield asked[qid].code if qid in asked else qid, f"default: {value}"


def columns_left(tables: dict[str, list[Row]]) -> Iterator[tuple[str, str]]:
    """Columns that nothing is made of, each once with the first of its values; of the settings their names."""
    for table, taken in TAKEN.items():
        told: dict[str, str] = {}
        for row in tables.get(table, []):
            told |= {
                name: value
                for name, value in row.items()
                if name not in taken and name not in told and lime.says(name, value)
            }
        yield from (("", f"{table}.{name}: {value}") for name, value in told.items())
    chosen = [name for row in tables.get("surveys", []) for name, value in row.items() if lime.says(name, value)]
    yield from lime.listed("surveys", chosen)


def tables_left(tables: dict[str, list[Row]]) -> Iterator[tuple[str, str]]:
    for table, held in tables.items():
        if held and table not in TAKEN and table not in TOLD_BY_NAME:
            yield "", f"{table}: {len(held)}"


def groups_of(tables: dict[str, list[Row]]) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for row in tables.get("groups", []) + tables.get("group_l10ns", []):
        group = found.setdefault(row.get("gid", ""), Group(code=f"group_{row.get('gid', '')}"))
        group.order = order(row, "group_order") or group.order
        group.relevance = row.get("grelevance") or group.relevance
        if row.get("group_name"):
            group.title[language(row)] = row["group_name"]
            group.text[language(row)] = row.get("description", "")
    return found


def questions_of(tables: dict[str, list[Row]], groups: dict[str, Group]) -> dict[str, Asked]:
    found: dict[str, Asked] = {}
    for row in tables.get("questions", []):
        qid = row.get("qid", "")
        if qid not in found:
            found[qid] = asked_in(row)
            groups.setdefault(row.get("gid", ""), Group(code="group")).questions.append(found[qid])
        add_texts(found[qid], row)
    for row in tables.get("question_l10ns", []):
        if row.get("qid") in found:
            add_texts(found[row["qid"]], row)
    return found


def asked_in(row: Row) -> Asked:
    return Asked(
        code=row.get("title") or f"q{row.get('qid', '')}",
        type=row.get("type", ""),
        required=row.get("mandatory") in ("Y", "S"),
        other=row.get("other") == "Y",
        order=order(row, "question_order"),
        relevance=row.get("relevance", ""),
        check=row.get("preg", ""),
    )


def add_texts(asked: Asked, row: Row) -> None:
    if row.get("question"):
        asked.texts[language(row)] = row["question"]
    if row.get("help"):
        asked.help[language(row)] = row["help"]


def add_items(tables: dict[str, list[Row]], asked: dict[str, Asked]) -> None:
    held: dict[str, Item] = {}
    for row in tables.get("subquestions", []):
        if row.get("parent_qid") not in asked:
            continue
        qid = row.get("qid", "")
        if qid not in held:
            held[qid] = Item(
                row.get("title", ""), scale=int(order(row, "scale_id")), order=order(row, "question_order")
            )
            asked[row["parent_qid"]].items.append(held[qid])
        if row.get("question"):
            held[qid].texts[language(row)] = row["question"]
    for row in tables.get("question_l10ns", []):
        if row.get("qid") in held and row.get("question"):
            held[row["qid"]].texts[language(row)] = row["question"]


def add_answers(tables: dict[str, list[Row]], asked: dict[str, Asked]) -> None:
    held: dict[tuple[str, str, int], Item] = {}
    by_id: dict[str, Item] = {}
    for row in tables.get("answers", []):
        if row.get("qid") not in asked:
            continue
        key = (row["qid"], row.get("code", ""), int(order(row, "scale_id")))
        if key not in held:
            held[key] = Item(key[1], scale=key[2], order=order(row, "sortorder"))
            asked[key[0]].answers.append(held[key])
        by_id[row.get("aid", "")] = held[key]
        if row.get("answer"):
            held[key].texts[language(row)] = row["answer"]
    for row in tables.get("answer_l10ns", []):
        if row.get("aid") in by_id and row.get("answer"):
            by_id[row["aid"]].texts[language(row)] = row["answer"]


def add_conditions(tables: dict[str, list[Row]], asked: dict[str, Asked]) -> None:
    """Conditions as old versions kept them, where there is no relevance: alternatives by scenario and by question."""
    known: dict[str, dict[str, dict[str, list[str]]]] = {}
    for row in tables.get("conditions", []):
        if row.get("cqid") in asked and asked.get(row.get("qid", ""), Asked("", "")).relevance in ("", "1"):
            other = asked[row["cqid"]].code
            told = f'{other} {row.get("method", "==").strip() or "=="} "{row.get("value", "")}"'
            known.setdefault(row["qid"], {}).setdefault(row.get("scenario", "1"), {}).setdefault(other, []).append(told)
    for qid, scenarios in known.items():
        if qid in asked:
            asked[qid].relevance = any_of(
                " and ".join(any_of(told) for told in others.values()) for others in scenarios.values()
            )


def any_of(parts) -> str:
    return "(" + " or ".join(f"({part})" for part in parts) + ")"
