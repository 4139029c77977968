"""The second year at the table of services and the third sector: friends, a calendar, hobbies, storms."""

from app.domain.agenda import ItemKind
from app.domain.follow_ups import FollowUpState as State
from app.domain.topics import Channel
from app.services.demo.meetings.by_name import SERVICES
from app.services.demo.values import Evening, Item, Promise, Said, Told, closing, news, opening, other, since

FIRST = Evening(
    table="palvelut",
    days=-300,
    items=(
        opening(),
        since(Said("Digituki kiertää kirjastoautossa. Arki-illat ovat nyt yhdistyksille maksuttomia.")),
        Item(
            20,
            told=Told(
                "Ystävää odottaa 19 ihmistä, vapaaehtoisia on neljä. Mistä saisimme lisää? Kertokaa keinoja, "
                "me kyllä koulutamme.",
                came=31,
                village="ystavaapu",
                to="hyvinvointi",
                name="Yusuf Hanaoglu",
                email="yusuf.hanaoglu@kuovinsalmi-ystavat.example",
                measures=("ystavat",),
                title="Uusia vapaaehtoisia ystäviksi",
            ),
            notes=(
                Said("Kerättiin keinoja: kansalaisopiston kurssi, kaupan kassajono, lounaspöytä, yläkoulun "
                     "vapaaehtoistunti."),
                Said("Seurakunta ehdotti yhteistä iltaa, jossa vapaaehtoiset kertovat itse.",
                     by="seurakunta"),
            ),
            promises=(
                Promise(
                    "Pidetään vapaaehtoisten ilta ja koulutus.", "ystavaapu", 80, State.DONE,
                    "Iltaan tuli 31 ihmistä, 12 aloitti ystävänä.", ("ystavat",),
                ),
            ),
        ),
        Item(
            30, "Hyvinvointisuunnitelman puolivuotiskatsaus", ItemKind.PRESENTATION,
            presenter="Hyvinvointi ja osallisuus", title_sv="Halvårsöversikt av välfärdsplanen",
            notes=(Said("Käytiin läpi, mitkä toimenpiteet etenevät ja mitkä odottavat. Järjestöt "
                        "täydensivät.",
                        by="hyvinvointi"),),
        ),
        news(),
        other(),
        *closing(),
    ),
    came=(("ystavaapu", 2), ("seurakunta", 1), ("elakkeensaajat", 1), ("martat", 1), ("kylat", 1),
          ("hyvinvointi", 3)),
)  # fmt: skip

FOOD = Told(
    "Ruoka-avun jakajat tapaavat toisensa vain pöydässä. Käydään joka kerta läpi, missä jaetaan ja kuka "
    "puuttuu.",
    came=300,
    village="seurakunta",
    to="hyvinvointi",
    channel=Channel.AT_MEETING,
    entered="tiina",
    name="Helena Kirkkoharju",
    email="helena@ksrk.example",
    wished=15,
    granted=10,
    recurring=True,
    measures=("ruoka-apu",),
    title="Ruoka-avun tilanne",
)

SECOND = Evening(
    table="palvelut",
    days=-210,
    items=(
        opening(),
        since(Said("Ystävätoimintaan tuli 12 uutta vapaaehtoista. Jono on lyhentynyt kuuteen.")),
        Item(
            20,
            told=Told(
                "Marthorna, ungdomsföreningen och församlingen hade alla fest samma lördag. Ingen visste. En "
                "gemensam kalender, tack.",
                came=25,
                village="martat",
                to="elinvoima",
                name="Britta Kaffelund",
                email="britta.kaffelund@spovsund.example",
                language="sv",
                measures=("viestinta",),
                title="En gemensam evenemangskalender",
            ),
            title_sv="En gemensam evenemangskalender",
            notes=(
                Said("Man berättade om krockarna under våren.", by="martat"),
                Said("Elinvoimapalvelut kertoi, että kunnan sivuille voi avata kalenterin, johon yhdistys "
                     "kirjaa itse.",
                     by="elinvoima"),
                Said("Toivottiin, että kalenterin voi myös tulostaa ilmoitustaululle."),
            ),
            promises=(
                Promise(
                    "Avataan yhteinen tapahtumakalenteri ja tulostetaan siitä kuukausilista.", "elinvoima",
                    90,
                    State.DONE, "Kalenteri on auki. Lista on kaupan, kirjaston ja seurantalojen tauluilla.",
                    ("viestinta",),
                ),
            ),
        ),
        Item(
            30, "Työpajana: vapaaehtoisen jaksaminen", ItemKind.DISCUSSION,
            title_sv="Verkstad: att orka som frivillig",
            notes=(Said("Muistutettiin, että vapaaehtoinen saa sanoa ei. Hyviä tapoja koottiin seinälle."),),
        ),
        Item(
            10,
            told=FOOD,
            notes=(
                Said("Seurakunta kertoi jakopäivistä. Kaksi kylää on vielä ilman jakopaikkaa.",
                     by="seurakunta"),
            ),
        ),
        other(),
        *closing(),
    ),
    came=(("martat", 2), ("nuorisoseura", 1), ("seurakunta", 1), ("omaishoitajat", 2), ("elinvoima", 1),
          ("kylat", 1), ("hyvinvointi", 2)),
)  # fmt: skip

THIRD = Evening(
    table="palvelut",
    days=-120,
    items=(
        opening(),
        since(Said("Tapahtumakalenteri on käytössä.")),
        Item(
            25,
            told=Told(
                "Viidesluokkalainen ei uskalla mennä yksin harrastukseen. Voisiko joku isompi tulla "
                "kaveriksi ensimmäiset kerrat? Harrastuskaveri, vähän niin kuin tukioppilas.",
                came=33,
                village="nuorisoseura",
                to="vapaa_aika",
                name="Eetu Lavatanhu",
                email="eetu@kuovinsalmennuoret.example",
                wished=20,
                measures=("harrastus",),
                title="Harrastuskaveri ujoille",
            ),
            notes=(
                Said("Nuoret kertoivat, millaista on mennä yksin. Ajatusta kannatettiin.", by="nuorisoseura"),
                Said("Sivistystoimi toi esiin, että koulukuraattori tietää, ketkä kaveria kaipaavat.",
                     by="sivistys"),
                Said("Kysyttiin vastuista ja vakuutuksesta. Vapaa-aikatoimi selvittää.", by="vapaa_aika"),
            ),
            promises=(
                Promise(
                    "Kokeillaan harrastuskaveria viidessä kerhossa.", "vapaa_aika", 200, State.IN_WORK,
                    "Kahdeksan kaveria on koulutettu, kolme kerhoa mukana.", ("harrastus",), "nina",
                ),
                Promise(
                    "Selvitetään harrastuskaverien vakuutus.", "vapaa_aika", 60, State.OPEN, None,
                    ("harrastus",),
                    "nina",
                ),
            ),
        ),
        Item(
            30, "Lainattavat harrastusvälineet", ItemKind.PRESENTATION,
            presenter="Kulttuuri- ja vapaa-aikatoimi",
            title_sv="Utrustning till låns",
            notes=(Said("Esiteltiin sukset, luistimet ja kahluusaappaat, joita saa kirjastokortilla.",
                        by="vapaa_aika"),),
        ),
        Item(10, told=FOOD),
        other(),
        *closing(),
    ),
    came=(("nuorisoseura", 2), ("martat", 1), ("elakkeensaajat", 1), ("ystavaapu", 1), ("vapaa_aika", 1),
          ("sivistys", 1), ("kylat", 1), ("hyvinvointi", 2)),
)  # fmt: skip

FOURTH = Evening(
    table="palvelut",
    days=-30,
    items=(
        opening(),
        since(Said("Harrastuskaverikokeilu on alkanut kolmessa kerhossa. Vakuutuksesta ei ole vielä "
                   "vastausta.")),
        Item(
            25,
            told=Told(
                "Kun sähköt olivat poikki, kukaan ei tiennyt, kuka käy katsomassa yksin asuvia vanhuksia. "
                "Kotihoito luuli että me, me luulimme että kotihoito.",
                came=34,
                village="ystavaapu",
                to="hyvinvointialue",
                channel=Channel.PHONE,
                entered="riikka",
                name="Sari Lähivaara",
                email="sari.lahivaara@kuovinsalmi-ystavat.example",
                phone="040 000 2241",
                wished=25,
                measures=("varautuminen", "ystavat"),
                title="Kuka käy yksin asuvien luona häiriötilanteessa",
            ),
            notes=(
                Said("Käytiin läpi viime katkon kulku tunti tunnilta. Tieto katkesi kolmessa kohdassa."),
                Said("Hyvinvointialue kertoi, että kotihoidon asiakkaat käydään läpi, mutta muista ei ole "
                     "listaa.",
                     by="hyvinvointialue"),
                Said("Kylien kattojärjestö ehdotti kylittäistä soittoketjua. Tietosuojasta keskusteltiin: "
                     "jokaiselta kysytään lupa.", by="kylat"),
            ),
            promises=(
                Promise(
                    "Laaditaan soittoketjun malli ja lupalomake yhdessä hyvinvointialueen kanssa.", "kylat",
                    90,
                    State.OPEN, None, ("varautuminen",), "oona",
                ),
            ),
        ),
        Item(
            30, "Seurakunnan kriisityö ja Ystäväavun valmius", ItemKind.PRESENTATION,
            presenter="Kuovinsalmen seurakunta", title_sv="Församlingens krisarbete och Vänhjälpens "
                                                          "beredskap",
            notes=(Said("Esiteltiin hälytyslista ja se, miten vapaaehtoiset tavoitetaan.", by="seurakunta"),),
        ),
        Item(
            10,
            told=FOOD,
            notes=(
                Said("Jakopaikka on nyt joka kylässä. Talvella tarvitaan kylmälaukkuja."),
            ),
        ),
        other(),
        *closing(Said("Seuraavaan pöytään toivottiin kielikahvilaa ja maksutonta liikuntaa.")),
    ),
    came=(("ystavaapu", 1), ("elakkeensaajat", 2)),
    here=SERVICES,
)  # fmt: skip

EVENINGS = (FIRST, SECOND, THIRD, FOURTH)
