"""Online rooms for meetings: each kind makes an address, or opens the door for one person."""

import hashlib
import secrets
from urllib.parse import urlencode, urljoin
from urllib.request import urlopen

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from .models import Meeting

TIMEOUT = 10


def offered() -> list[tuple[str, str]]:
    """The kinds of room this platform can make, and an address of one's own."""
    ready = {"jitsi": settings.JITSI_URL, "bigbluebutton": settings.BIGBLUEBUTTON_URL}
    return [(code, str(name)) for code, name in Meeting.Room.choices if ready.get(code, True)]


def demand_address(room: str, call: str) -> None:
    """A room of one's own has an address."""
    if room == Meeting.Room.ADDRESS and not call:
        raise ValidationError({"call": _("Please give the address of the room.")})


def demand_recording(address: str) -> None:
    """Empty, or an address by https."""
    try:
        URLValidator(schemes=["https"])(address or "https://example.org")
    except ValidationError as problem:
        raise ValidationError({"recording": _("Please give an address that begins with https://.")}) from problem


def make_room(meeting: Meeting) -> None:
    """Give the meeting the address its kind of room has; a name nobody can guess where the address alone opens it."""
    if meeting.room == Meeting.Room.JITSI and not meeting.call.startswith(settings.JITSI_URL or "-"):
        meeting.call = urljoin(f"{settings.JITSI_URL}/", f"wg{meeting.group_id}-{secrets.token_urlsafe(16)}")
    if meeting.room == Meeting.Room.BIGBLUEBUTTON:
        meeting.call = ""
    if meeting.room == Meeting.Room.NONE:
        meeting.call = ""


def door(meeting: Meeting, person, *, leads: bool) -> str:
    """The address that lets one person in. A BigBlueButton room is opened on the way."""
    if meeting.room != Meeting.Room.BIGBLUEBUTTON:
        return meeting.call
    keys = {role: secret(meeting, role) for role in ("attendee", "moderator")}
    name = {"meetingID": str(meeting.uid)}
    opened = signed(
        "create", name | {"name": meeting.title, "attendeePW": keys["attendee"], "moderatorPW": keys["moderator"]}
    )
    try:
        urlopen(opened, timeout=TIMEOUT).close()  # noqa: S310 - the address is a setting
    except OSError as problem:
        raise ValidationError(_("The room cannot be opened now. Please try again in a minute.")) from problem
    role = "moderator" if leads else "attendee"
    return signed("join", name | {"fullName": str(person), "password": keys[role]})


def secret(meeting: Meeting, role: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}{meeting.uid}{role}".encode()).hexdigest()[:20]


def signed(deed: str, told: dict[str, str]) -> str:
    """An address of BigBlueButton's API with the checksum it asks for (API reference, section on security)."""
    query = urlencode(told)
    checksum = hashlib.sha256(f"{deed}{query}{settings.BIGBLUEBUTTON_SECRET}".encode()).hexdigest()
    return f"{settings.BIGBLUEBUTTON_URL}/api/{deed}?{query}&checksum={checksum}"
