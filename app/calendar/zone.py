"""Finnish time as calendar programs want it told: one rule for summer, one for winter."""

from icalendar import Component, Timezone

ZONE = "Europe/Helsinki"

# A constant on purpose. The component that icalendar generates lists the changes as dates (RDATE) and
# writes the summer onset in the wrong clock; several readers follow only the first date of such a list
# and show each summer meeting an hour wrong. Two yearly rules are read alike everywhere (RFC 5545, 3.6.5).
# An onset is written in the clock that it ends: 03.00 winter time, 04.00 summer time.
VTIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:DAYLIGHT
DTSTART:19970330T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T040000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
END:VTIMEZONE
"""


def zone_component() -> Component:
    """Return a new component of the constant; each calendar file carries its own."""
    return Timezone.from_ical(VTIMEZONE.replace("\n", "\r\n"))
