"""What comes next at each table: two agendas that everybody can read, and drafts for the spring."""

from app.domain.agenda import ItemKind
from app.domain.topics import Channel
from app.services.demo.values import Evening, Item, Told, closing, news, opening, other, since

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
    title="Jättipalsamin kitkentä Saarvanojalla",
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

NEXT = Evening(
    table="tuohikorpi",
    days=12,
    memo=False,
    items=(
        opening(),
        since(minutes=15),
        Item(
            15, "Koulun tilojen käyttösopimus kyläyhdistyksen kanssa, tilannekatsaus", ItemKind.PRESENTATION,
            presenter="Tekninen toimi", title_sv="Lägesrapport om skolans lokaler",
        ),
        Item(10, told=YARD_LIGHTS),
        Item(20, told=BALSAM),
        Item(10, told=KEY),
        other(),
        *closing(),
    ),
)  # fmt: skip

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

NEXT_SERVICES = Evening(
    table="palvelut",
    days=26,
    memo=False,
    items=(
        opening(),
        since(),
        Item(20, told=CAFE, title_sv="Språkcafé för nya invånare"),
        Item(20, told=FREE_EXERCISE, title_sv="Öppna gratis motionspass"),
        Item(
            20, "Vuosiraportin luonnos: mitä järjestöt haluavat siihen", ItemKind.DISCUSSION,
            title_sv="Utkast till årsrapport",
        ),
        other(),
        *closing(),
    ),
)  # fmt: skip

BUS_SHELTER = Told(
    "Linja-autopysäkin katos vuotaa. Ollaan odotettu katoksen alla sateessa niin kuin sateessa ilman "
    "katosta.",
    came=33,
    village="asemantaus",
    to="tekninen",
    name="Terttu Veturila",
    email="terttu@asemantaus.example",
    title="Asemantauksen pysäkkikatos",
)

ALLOTMENTS = Told(
    "Palstaviljelyä Pappilanvainiolle! Maa on hyvää ja jonossa on 18 perhettä.",
    came=29,
    village="pappilanvainio_ry",
    to="tekninen",
    name="Antero Kellokoivu",
    email="antero@pappilanvainio.example",
    wished=20,
    measures=("lounas",),
    title="Viljelypalstat Pappilanvainiolle",
)

MOPEDS = Told(
    "Mopot ja mönkijät huutavat joka ilta kirkonkylän raitilla puoleenyöhön. Nuorilla pitää olla paikka, "
    "mutta meillä myös uni. Voisiko tästä puhua saman pöydän ääressä, nuoret mukana?",
    came=25,
    village="kirkonkyla",
    to="vapaa_aika",
    channel=Channel.EMAIL,
    entered="riikka",
    name="Raili Torinvarsi",
    email="raili@kirkonkyla.example",
    wished=25,
    measures=("nuorisotila",),
    title="Iltojen mopoäänet kirkonkylän raitilla",
)

SKATING = Told(
    "Luistelukentän kopin avain! Kuka sen saa ja keneltä?",
    came=22,
    village="sahanpelto_ry",
    to="vapaa_aika",
    channel=Channel.FEEDBACK_BOX,
    entered="tiina",
    title="Sahanpellon luistelukentän lämmin koppi",
)

SPRING_CHURCH = Evening(
    table="kirkonseutu",
    days=130,
    draft=True,
    items=(
        opening(),
        since(),
        news(minutes=15),
        Item(25, told=MOPEDS),
        Item(20, told=ALLOTMENTS),
        Item(15, told=BUS_SHELTER),
        Item(10, told=SKATING),
        other(),
        *closing(),
    ),
)

SPRING_SERVICES = Evening(
    table="palvelut", days=115, draft=True, items=(opening(), since(), other(), *closing())
)

SPRING_COAST = Evening(
    table="rantakylat",
    days=150,
    draft=True,
    place="Ulkoviirin vanha luotsiasema",
    items=(opening(), since(), news(), other(), *closing()),
)

EVENINGS = (NEXT, NEXT_SERVICES, SPRING_CHURCH, SPRING_SERVICES, SPRING_COAST)
