"""Two agendas that everybody can read: one released three times, one with changes not yet published."""

from datetime import time

from app.domain.agenda import ItemKind
from app.domain.topics import Channel, TopicAct
from app.services.demo.values import (
    Did,
    Edition,
    Evening,
    Item,
    Question,
    Told,
    Window,
    closing,
    opening,
    other,
    since,
)

YARD_LIGHTS = Told(
    "Koulun pihalla on kolme lamppua, joista yksi palaa. Voimisteluryhmäläiset tulevat taskulampuilla. Ei se "
    "vaarallista ole mutta vähän noloa, ja jos joku kaatuu niin sitten se onkin vaarallista.",
    came=40,
    village="tuohikorpi_ry",
    to="tekninen",
    wished=10,
    name="Aune Tuohikko",
    email="aune.tuohikko@tuohikorpi.example",
    measures=("valaistus",),
    title="Tuohikorven koulun pihan valaistus",
)

BALSAM = Told(
    "Jättipalsami on vallannut Saarvanojan varren. Kettusaarvan väki on kitkenyt kaksi kesää, mutta ilman "
    "yläjuoksun maita työ on turhaa. Toivoisimme yhteistä kitkentäviikkoa ja jätelavan.",
    came=31,
    village="kettusaarva",
    to="ymparisto",
    channel=Channel.EMAIL,
    entered="riikka",
    name="Ilmari Saarvanen",
    email="ilmari@kettusaarva.example",
    wished=15,
    measures=("vedet", "reitit"),
    granted=20,
    title="Jättipalsamin kitkentä Saarvanojalla",
    asked=(
        Question(
            "ymparisto",
            "Hei! Voisiko kunta tuoda jätelavan kitkentäviikolle, ja kuka kysyy yläjuoksun maanomistajilta?",
            after=5,
            due=14,
            answered=9,
            answer="Lava järjestyy kahdeksi viikoksi kesäkuussa. Kirjoitamme yläjuoksun maanomistajille ja "
            "kerromme pöydässä, mitä he vastasivat. Kitketty kasvi kuuluu suljettuun säkkiin, ei kompostiin.",
            by="Johanna Ruovikkola, ympäristösihteeri",
        ),
    ),
)

KEY = Told(
    "Kylätalon varausvihko on kaupassa, kauppa on auki kolmena päivänä viikossa. Voisiko varata puhelimella "
    "tai netistä? T: nuoret",
    came=24,
    village="tuohikorpi",
    to="vapaa_aika",
    channel=Channel.FEEDBACK_BOX,
    entered="tiina",
    measures=("kylatilat",),
    title="Kylätalon ja koulun salin varaaminen",
)

CULVERT = Told(
    "Saarvantien rumpu on sortunut. Monttu on metrin levyinen, ja postiauto kiertää jo pellon kautta. Kuka "
    "korjaa yksityistien, kun tiekunnassa on kolme taloa?",
    came=7,
    village="rauskala",
    to="tekninen",
    channel=Channel.PHONE,
    entered="oona",
    name="Kauko Myllykivi",
    phone="040 000 2216",
    wished=10,
    granted=15,
    measures=("tiet",),
    title="Saarvantien sortunut rumpu",
    did=(Did(TopicAct.ACCEPT, 1, "Kiitos soitosta. Otamme tämän mukaan, vaikka asialista on jo tehty."),),
    admitted=True,
)

OFFICE = "Koulun tilojen käyttösopimus kyläyhdistyksen kanssa, tilannekatsaus"
OFFICE_SV = "Lägesrapport om skolans lokaler"


def school(minutes: int) -> Item:
    """Tell how the agreement on the school comes along."""
    return Item(
        minutes, OFFICE, ItemKind.PRESENTATION, presenter="Tekninen toimi", title_sv=OFFICE_SV,
        officials=("kari",),
    )  # fmt: skip


PAUSE = Item(5, "Tauko", ItemKind.BREAK, title_sv="Paus", fixed=time(18, 45))

NEXT = Evening(
    table="tuohikorpi",
    days=12,
    out=9,
    memo=False,
    items=(
        opening(),
        since(minutes=15),
        school(15),
        Item(10, told=YARD_LIGHTS, officials=("kari",)),
        PAUSE,
        Item(20, told=BALSAM, officials=("johanna",)),
        Item(10, told=KEY),
        other(),
        *closing(),
    ),
    later=(
        Edition(
            (
                opening(),
                since(),
                school(10),
                Item(10, told=YARD_LIGHTS, officials=("kari",)),
                Item(10, told=CULVERT, officials=("kari",)),
                PAUSE,
                Item(20, told=BALSAM, officials=("johanna",)),
                Item(10, told=KEY),
                other(),
                *closing(),
            ),
            ago=3,
            comment="Uusi aihe: Saarvantien sortunut rumpu. Siksi alku on vähän lyhyempi.",
        ),
        Edition(
            (
                opening(),
                since(),
                school(10),
                Item(20, told=BALSAM, officials=("johanna",)),
                PAUSE,
                Item(10, told=YARD_LIGHTS, officials=("kari",), buffer=5),
                Item(15, told=CULVERT, officials=("kari",)),
                other(),
                *closing(),
            ),
            ago=1,
            comment="Jättipalsami on nyt ennen taukoa, jotta ympäristösihteeri ehtii toiseenkin kokoukseen. "
            "Varaaminen siirtyy seuraavaan kertaan, kun uusi varausohjelma on valmis.",
        ),
    ),
    windows=(Window("kari", leaves=time(19, 20)), Window("johanna", arrives=time(18, 20))),
)

GARDEN_PLANT = Told(
    "Palsamia on nyt myös Hietasuvannon uimarannalla. Kaksi säkillistä kitkin. Minne ne viedään?",
    came=20,
    village="hietasuvanto",
    to="ymparisto",
    name="Eila Suvantola",
    email="eila@hietasuvanto.example",
    wished=10,
    measures=("vedet",),
    title="Jättipalsami uimarannalla",
    table="tuohikorpi",
    did=(Did(TopicAct.MERGE, 3),),
    joined=BALSAM,
)

CAFE = Told(
    "I moved here from abroad and I clean the school every evening. I can read Finnish but nobody talks with "
    "me. Could there be a language café? I can bring cake.",
    came=21,
    to="hyvinvointi",
    name="Marisol Vega-Prado",
    email="marisol@kuovinsalmi-asukas.example",
    language="en",
    wished=15,
    measures=("ystavat", "viestinta"),
    title="Kielikahvila uusille asukkaille",
)

FREE_EXERCISE = Told(
    "Maksuttomia liikuntavuoroja niille, joilla ei ole varaa salikorttiin. Ei mitään lippuja tai "
    "todistuksia, ovi vain auki.",
    came=18,
    village="ystavaapu",
    to="vapaa_aika",
    channel=Channel.PHONE,
    entered="riikka",
    name="Yusuf Hanaoglu",
    email="yusuf.hanaoglu@kuovinsalmi-ystavat.example",
    measures=("harrastus", "ikaliikunta"),
    title="Avoimet maksuttomat liikuntavuorot",
)

CAFE_ALSO = Told(
    "Kaupan uusi myyjä haluaisi puhua suomea muunkin kuin kuitin verran. Voisiko järjestää paikan, jossa "
    "vain jutellaan?",
    came=16,
    village="martat",
    channel=Channel.FEEDBACK_BOX,
    entered="tiina",
    wished=20,
    measures=("ystavat",),
    title="Paikka, jossa jutella suomeksi",
    table="palvelut",
    did=(Did(TopicAct.ACCEPT, 2), Did(TopicAct.MERGE, 4)),
    joined=CAFE,
)

CAFE_SV, EXERCISE_SV = "Språkcafé för nya invånare", "Öppna gratis motionspass"
REPORT = Item(
    10, "Vuosiraportin luonnos: mitä järjestöt haluavat siihen", ItemKind.DISCUSSION,
    title_sv="Utkast till årsrapport",
)  # fmt: skip

NEXT_SERVICES = Evening(
    table="palvelut",
    days=26,
    memo=False,
    items=(
        opening(),
        since(),
        Item(20, told=CAFE, title_sv=CAFE_SV),
        Item(20, told=FREE_EXERCISE, title_sv=EXERCISE_SV, officials=("nina",)),
        REPORT,
        other(),
        *closing(),
    ),
    later=(
        Edition(
            (
                opening(),
                since(),
                Item(15, told=FREE_EXERCISE, title_sv=EXERCISE_SV, officials=("nina",)),
                Item(25, told=CAFE, title_sv=CAFE_SV),
                REPORT,
                other(),
                *closing(),
            )
        ),
    ),
    windows=(Window("nina", leaves=time(17, 45)),),
)  # fmt: skip

EVENINGS = (NEXT, NEXT_SERVICES)
JOINED = (GARDEN_PLANT, CAFE_ALSO)
