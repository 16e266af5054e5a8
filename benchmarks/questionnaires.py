"""The demonstration's questionnaires, open and with answers, without the people and groups of the demonstration."""

ASKED, OTHER = "finance-2027", "innovation-2027"


def filed(code: str = ASKED):
    """The version that is answered; the consultation is open."""
    from consultations import demonstration
    from consultations.demonstration import reading
    from consultations.models import Questionnaire

    demonstration.file(reading.questionnaire(code))
    return Questionnaire.objects.select_related("consultation").get(consultation__code=code)


def answered(number: int, code: str = ASKED):
    """The version with so many generated answers."""
    from consultations import demonstration
    from consultations.models import Response

    version = filed(code)
    Response.objects.filter(questionnaire=version).delete()
    demonstration.add_answers(version, number)
    return version
