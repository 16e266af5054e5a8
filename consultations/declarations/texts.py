from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, PersonalData, Sweep

from .. import services

texts = [
    EventKind(verb="consultations.quote_released", name=_("Words somebody wrote were released")),
    EventKind(verb="consultations.quote_refused", name=_("A text was read and not released")),
    EventKind(verb="consultations.quote_taken_back", name=_("Released words were taken back")),
    Sweep(code="consultations.forget_readings", perform=services.forget_readings, minutes=60 * 24),
    PersonalData(
        label="consultations.quote",
        fields=("text", "name"),
        holder="",
        purpose=_("To let everybody read what people wrote, as far as they agreed and somebody released it"),
        erasure="keep",
    ),
]
