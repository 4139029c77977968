"""Four independent readers of calendar files: what people's programs make of what the product writes.

`READERS` are ical.js (Thunderbird's and Nextcloud's), libical (GNOME's and KDE's), vobject (Radicale's) and
khal (a whole calendar program). No Outlook, Google or Apple Calendar can run here.
"""

from collections.abc import Iterator

from tests.calendar.readers.by_ical_js import IcalJs
from tests.calendar.readers.by_khal import Khal
from tests.calendar.readers.by_libical import Libical
from tests.calendar.readers.by_vobject import Vobject
from tests.calendar.readers.seen import Reader

READERS: list[Reader] = [IcalJs(), Libical(), Vobject(), Khal()]


def missing_readers() -> Iterator[str]:
    """Yield a plain reason for each reader that this machine has not got."""
    for reader in READERS:
        if reason := reader.missing():
            yield reason
