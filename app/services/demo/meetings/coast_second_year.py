"""The second year at the table of the shore: septic tanks, a swimming school, and a storm."""

from app.domain.agenda import ItemKind
from app.domain.follow_ups import FollowUpState as State
from app.domain.topics import Channel
from app.services.demo.meetings.by_name import COAST
from app.services.demo.values import Evening, Item, Promise, Said, Told, closing, opening, other, since

TANKS = Told(
    "Septikon tyhjennys maksaa meillä 340 euroa, kun auto tulee yhdelle talolle kerrallaan. Jos koko lahti "
    "tilaisi samana päivänä, hinta puolittuisi. Kuka järjestäisi?",
    came=35,
    village="hamppulahti_ry",
    to="ymparisto",
    channel=Channel.EMAIL,
    entered="jonas",
    name="Ahti Hamppunen",
    email="ahti@hampvik.example",
    measures=("vedet",),
    title="Septikoiden yhteistyhjennys Hamppulahdella",
)

SWIM = Told(
    "Simskolan i Hampvik ställdes in för att det inte fanns någon ledare. Våra barn bor vid vattnet. De "
    "MÅSTE lära sig simma. Kan kommunen hitta en ledare om vi ordnar lunch och skjuts?",
    came=47,
    village="hamppulahti_ry",
    to="vapaa_aika",
    name="Kristina Hampfält",
    email="kristina@hampvik.example",
    language="sv",
    wished=15,
    measures=("uimataito",),
    title="Simskola i Hampvik",
)

PATH = Told(
    "Kuovinluodon kierto olisi hieno luontopolku, jos joku merkitsisi sen. Nyt vieraat kulkevat pihojen "
    "läpi.",
    came=24,
    village="kuovinluoto_ry",
    to="vapaa_aika",
    channel=Channel.AT_MEETING,
    entered="tiina",
    measures=("reitit",),
    title="Luontopolku Kuovinluodon ympäri",
)

THIRD = Evening(
    table="rantakylat",
    days=-330,
    place="Hamppulahden seurantalo",
    items=(
        opening(Said("Kahvin tarjosi kyläyhdistys. Föreningen bjöd på kaffet, tack!")),
        since(
            Said("Luiska on valmis, ja Särkifladasta on niitetty kaksi hehtaaria."),
            Said("Keskiviikon yhteysalus odottaa nyt vastaanotolla kävijöitä. Asia on kulkenut hyvin.",
                 by="ulkoviiri_ry"),
        ),
        Item(
            15,
            told=SWIM,
            title_sv="Simskola i Hampvik",
            notes=(
                Said("Föräldrarna berättade att 18 barn var anmälda när simskolan ställdes in.",
                     by="hamppulahti_ry"),
                Said("Vapaa-aikatoimi kertoi, että ohjaajista on pulaa koko rannikolla. Ehdotettiin omien "
                     "nuorten kouluttamista.", by="vapaa_aika"),
                Said("Nuoria ohjaajiksi kysytään molemmista kouluista."),
            ),
            promises=(
                Promise(
                    "Koulutetaan kaksi nuorta uimakoulun ohjaajiksi ja pidetään uimakoulu Hamppulahdella.",
                    "vapaa_aika", 210, State.DONE,
                    "Uimakoulu pidettiin kahtena viikkona, 26 lasta. Simskolan hölls på båda språken.",
                    ("uimataito",), "nina",
                ),
            ),
        ),
        Item(
            15,
            told=TANKS,
            title_sv="Gemensam tömning av slambrunnar i Hampvik",
            notes=(
                Said("Ympäristötoimi kertoi säännöistä ja siitä, että yhteistyhjennys vähentää myös ajoa.",
                     by="ymparisto"),
                Said("Kyläyhdistys voi kerätä ilmoittautumiset. Jäteyhtiöltä kysytään ryhmähinta.",
                     by="hamppulahti_ry"),
            ),
            promises=(
                Promise(
                    "Pyydetään ryhmähinta ja ehdotetaan kahta tyhjennyspäivää vuodessa.", "jateyhtio", 80,
                    State.DONE, "Hinta laski 340 eurosta 195 euroon. Mukana 31 taloa.", ("vedet",),
                ),
            ),
        ),
        Item(
            10,
            told=PATH,
            title_sv="Naturstig runt Spovholmen",
            notes=(
                Said("Maanomistajia on seitsemän. Kaksi heistä oli paikalla ja piti ajatusta hyvänä."),
                Said("Toivottiin, että polku kiertää lintujen pesimäluodot."),
            ),
            promises=(
                Promise(
                    "Kysytään maanomistajilta ja piirretään polulle reittiluonnos.", "vapaa_aika", 180,
                    State.NOT_PROGRESSED,
                    "Kaksi maanomistajaa ei halua polkua tontilleen, eikä kierto onnistu ilman niitä. "
                    "Ehdotetaan lyhyempää polkua eteläkärkeen.", ("reitit",), "nina",
                ),
            ),
        ),
        Item(
            10, "Lähivesien tila: mittaukset ja mitä itse voi tehdä", ItemKind.PRESENTATION,
            presenter="Ympäristötoimi", title_sv="Vattnens tillstånd: mätningar och egna insatser",
            notes=(Said("Näkösyvyys on parantunut Särkifladalla ja heikentynyt Hamppulahdella. Syitä "
                        "pohdittiin.",
                        by="ymparisto"),),
        ),
        other(),
        *closing(),
    ),
    came=(("hamppulahti_ry", 3), ("kuovinluoto_ry", 2), ("ulkoviiri_ry", 1), ("siltakari_ry", 1), (None, 12),
          ("vapaa_aika", 1), ("ymparisto", 1), ("jateyhtio", 1), ("hyvinvointi", 2)),
)  # fmt: skip

CYCLEWAY = Told(
    "Siltakarintien reunassa ei uskalla kävellä eikä varsinkaan pyöräillä. Rekat, veneperävaunut, "
    "mökkiläiset. Olemme odottaneet kevyen liikenteen väylää vuodesta 1998. Ymmärrämme, että tie on valtion. "
    "Emme ymmärrä, miksi kukaan ei vastaa.",
    came=62,
    village="siltakari_ry",
    to="elinvoimakeskus",
    name="Maj-Len Brokars",
    email="maj-len.brokars@brokar.example",
    wished=20,
    measures=("koulutie",),
    title="Kevyen liikenteen väylä Siltakarintielle",
)

FIBRE = Told(
    "När får vi fiber? Grannkommunen har haft i fem år. Distansjobb går inte när nätet försvinner vid regn.",
    came=55,
    village="sarkiflada",
    to="elinvoima",
    name="Lasse Särkivainio",
    email="lasse@mortfladan.example",
    language="sv",
    measures=("verkko",),
    title="Fiberanslutning till Mörtfladan",
)

NURSE = Told(
    "Hoitajan käyntipäivä oli meillä ilon päivä. Tulisiko hän myös Hamppulahteen? Seurantalo on lämmin ja "
    "kahvi kuumana.",
    came=21,
    village="hamppulahti",
    to="hyvinvointialue",
    channel=Channel.PAPER,
    entered="oona",
    name="Sol-Britt Hampfält",
    phone="040 000 2222",
    measures=("vastaanotto",),
    title="Hoitajan käyntipäivä Hamppulahteen",
)

BRIDGE = Told(
    "Miten toimimme, kun silta on poikki? Viime myrskyssä Kuovinluodolle ei päässyt kukaan kahteen päivään.",
    came=43,
    village="kuovinluoto",
    to="tekninen",
    channel=Channel.PHONE,
    entered="jonas",
    name="Pentti Luotonen-Kuovi",
    email="pentti@spovholmen.example",
    wished=20,
    granted=15,
    measures=("varautuminen",),
    title="Varasuunnitelma, kun silta on poikki",
)

STORMY = Evening(
    table="rantakylat",
    days=-20,
    cancelled="Myrskyvaroitus: saarista ei pääse tulemaan. Pidämme pöydän heti kun sää sallii.",
    items=(
        opening(),
        since(),
        Item(25, told=CYCLEWAY, title_sv="Gång- och cykelväg längs Brokarvägen"),
        Item(15, told=FIBRE, title_sv="Fiberanslutning till Mörtfladan"),
        Item(15, told=BRIDGE, title_sv="Reservplan för när bron är avskuren"),
        other(),
        *closing(),
    ),
)

FOURTH = Evening(
    table="rantakylat",
    days=-6,
    heading="Myrskyn siirtämä pöytä",
    remote_url="https://etayhteys.kuovinsalmi.example/rantakylat",
    memo=False,
    notice=5,
    items=(
        opening(Said("Tervehdittiin myös niitä, jotka olivat mukana etäyhteydellä saarista.")),
        since(
            Said("Uimakoulu pidettiin ja septikoiden yhteistyhjennys on käynnissä."),
            Said("Luontopolku ei edennyt, koska kaikki maanomistajat eivät halua sitä. Tästä keskusteltiin "
                 "ymmärtävästi molempiin suuntiin.", by="vapaa_aika"),
        ),
        Item(
            25,
            told=CYCLEWAY,
            title_sv="Gång- och cykelväg längs Brokarvägen",
            notes=(
                Said("Asukkaat kertoivat, missä kohdissa tie on kapein. Kartta otettiin talteen.",
                     by="siltakari_ry"),
                Said("Elinvoimakeskus kertoi, että hanke ei ole rahoitetussa ohjelmassa. Nopeusrajoituksen "
                     "muutosta ja levennyksiä voidaan tutkia nopeammin.", by="elinvoimakeskus"),
                Said("Toivottiin kirjallista vastausta, jonka voi viedä kylän ilmoitustaululle.",
                     first="Toivottiin kirjallista vastausta."),
            ),
            promises=(
                Promise(
                    "Annetaan kylälle kirjallinen vastaus: mitä voidaan tehdä heti ja mitä myöhemmin.",
                    "elinvoimakeskus", 40, State.OPEN, None, ("koulutie",),
                ),
            ),
        ),
        Item(
            15,
            told=FIBRE,
            title_sv="Fiberanslutning till Mörtfladan",
            notes=(
                Said("Elinvoimapalvelut kertoi, että operaattori rakentaa, jos puolet taloista tilaa "
                     "liittymän.",
                     by="elinvoima"),
                Said("Från Mörtfladan lovade man fråga grannarna före årsskiftet.", by="sarkiflada"),
            ),
            promises=(
                Promise(
                    "Järjestetään valokuituilta Särkifladalla operaattorin kanssa.", "elinvoima", 75,
                    State.OPEN,
                    None, ("verkko",),
                ),
            ),
        ),
        Item(
            15,
            told=NURSE,
            title_sv="Skötarens besöksdag i Hampvik",
            notes=(
                Said("Kuultiin Ulkoviirin hyvistä kokemuksista. Hamppulahdella tarvetta on etenkin yli "
                     "75-vuotiailla."),
            ),
        ),
        other(),
        *closing(),
    ),
    came=(("siltakari_ry", 2), ("hamppulahti_ry", 2), ("ulkoviiri_ry", 1), (None, 7)),
    here=COAST,
)  # fmt: skip

EVENINGS = (THIRD, STORMY, FOURTH)
