from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, JobKind, PersonalData, Retention

from ..services import exports, imports

exchange = [
    JobKind(code="consultations.export", name=_("A file of answers"), perform="consultations.services.exports.build"),
    EventKind(verb="consultations.exported", name=_("Answers were taken as a file")),
    EventKind(verb="consultations.questions_imported", name=_("A questionnaire was brought from a file")),
    EventKind(verb="consultations.answers_imported", name=_("Answers were brought from a file")),
    Retention(code="answer_files", name=_("Files of answers"), days=7, purge=exports.purge),
    Retention(code="incoming", name=_("Files brought to be taken over"), days=7, purge=imports.purge),
    PersonalData(
        label="consultations.answerexport",
        fields=("asked_at", "people", "file"),
        holder="person",
        purpose=_(
            "To give you the answers you asked for as a file; where answers were given with name, on wish with name, e-mail "
            "address and organisation, for seven days"
        ),
        erasure="delete",
    ),
    PersonalData(
        label="consultations.incoming",
        fields=("name", "file"),
        holder="person",
        purpose=_("To show what is in a file before it is taken over"),
        erasure="delete",
        files=imports.files_of,
    ),
]
