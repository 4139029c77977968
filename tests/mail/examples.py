"""The examples that the page of previews shows are the ones that the golden letters are made of."""

from app.mail.examples import ANSWER as ANSWER
from app.mail.examples import ASKED as ASKED
from app.mail.examples import BODY as BODY
from app.mail.examples import DAY as DAY
from app.mail.examples import EXAMPLES as EXAMPLES
from app.mail.examples import HOURS as HOURS
from app.mail.examples import MEETING as MEETING
from app.mail.examples import NUMBER as NUMBER
from app.mail.examples import OCCASION as OCCASION
from app.mail.examples import OFFICIAL as OFFICIAL
from app.mail.examples import PLACE as PLACE
from app.mail.examples import SIGNED as SIGNED
from app.mail.examples import SITE as SITE
from app.mail.examples import TABLE as TABLE
from app.mail.examples import TITLE as TITLE
from app.mail.examples import TOPIC as TOPIC
