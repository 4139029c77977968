"""The first year at the table of services and the third sector: food aid, rooms, carers, digital help."""

from app.domain.agenda import ItemKind
from app.domain.follow_ups import FollowUpState as State
from app.domain.topics import Channel
from app.services.demo.values import (
    Evening,
    Item,
    Promise,
    Said,
    Told,
    closing,
    news,
    opening,
    other,
    since,
)

FIRST = Evening(
    table="palvelut",
    days=-660,
    items=(
        opening(Said("Järjestöt kertoivat kukin kahdella lauseella, mitä tekevät. Listasta tulee yhteinen "
                     "kartta.")),
        news(Said("Esiteltiin pöydän vuosi: neljä tapaamista, teemat toivotaan järjestöiltä.",
                  by="hyvinvointi")),
        Item(
            25,
            told=Told(
                "Ruokajakoja on nyt kolmella taholla ja kaikki tiistaina. Keskiviikosta maanantaihin ei ole "
                "mitään. Samat ihmiset juoksevat paikasta toiseen.",
                came=30,
                village="ystavaapu",
                to="hyvinvointi",
                name="Sari Lähivaara",
                email="sari.lahivaara@kuovinsalmi-ystavat.example",
                wished=25,
                measures=("ruoka-apu",),
                title="Ruokajakojen päivät ja paikat",
            ),
            notes=(
                Said("Käytiin läpi jakojen paikat ja ajat. Tiistai on ollut kaikille helpoin auton vuoksi."),
                Said("Seurakunta kertoi, että sillä on pakettiauto, joka seisoo viikonloput.",
                     by="seurakunta"),
                Said("Pohdittiin yhteistä vuorolistaa ja sitä, miten hävikkiruoka saataisiin kahdesta "
                     "kaupasta."),
            ),
            promises=(
                Promise(
                    "Tehdään ruokajaoille yhteinen viikkokalenteri.", "seurakunta", 60, State.DONE,
                    "Jakoja on nyt tiistaina, torstaina ja lauantaina.", ("ruoka-apu",),
                ),
            ),
        ),
        Item(
            30, "Hyvinvointialueen järjestöavustukset", ItemKind.PRESENTATION,
            presenter="Länsikaaren hyvinvointialue", title_sv="Välfärdsområdets understöd till föreningar",
            notes=(
                Said("Esiteltiin avustusten ehdot ja aikataulu. Aluehallitus päättää avustuksista.",
                     by="hyvinvointialue"),
                Said("Toivottiin apua hakemuksen täyttämiseen. Kylien kattojärjestö lupautui pitämään "
                     "hakuklinikan.", by="kylat"),
            ),
        ),
        other(),
        *closing(),
    ),
    came=(("ystavaapu", 2), ("seurakunta", 1), ("martat", 1), ("elakkeensaajat", 2), ("omaishoitajat", 1),
          ("kylat", 2), ("hyvinvointialue", 1), ("hyvinvointi", 2)),
)  # fmt: skip

SECOND = Evening(
    table="palvelut",
    days=-570,
    items=(
        opening(),
        since(Said("Ruokajaot on rytmitetty kolmelle päivälle. Hävikkiruokaa saadaan nyt molemmista "
                   "kaupoista.")),
        Item(
            25,
            told=Told(
                "Yhdistys maksaa koulun salista 22 euroa tunti. Talkoilla toimiva vapaaehtoisporukka! Missä "
                "on se järjestöystävällinen kunta?",
                came=28,
                village="omaishoitajat",
                to="vapaa_aika",
                channel=Channel.EMAIL,
                entered="riikka",
                name="Paavo Hoivasalo",
                email="paavo@kuovinsalmenomaishoitajat.example",
                measures=("kylatilat",),
                title="Kunnan tilat järjestöille ilman maksua",
            ),
            notes=(
                Said("Järjestöt kertoivat, kuinka paljon tiloihin kuluu vuodessa. Summat vaihtelivat "
                     "suuresti."),
                Said("Vapaa-aikatoimi kertoi, että hinnasto on lautakunnan käsissä ja valmistelu alkaa pian.",
                     by="vapaa_aika"),
                Said("Toivottiin, että illat ja viikonloput olisivat yhdistyksille maksuttomia, kun toiminta "
                     "on kaikille avointa. Viedään valmisteluun."),
            ),
            promises=(
                Promise(
                    "Viedään järjestöjen toive maksuttomista tiloista hinnaston valmisteluun.", "vapaa_aika",
                    70,
                    State.DONE, "Lautakunta muutti hinnastoa: avoin yhdistystoiminta on maksutonta "
                                "arki-iltoina.",
                    ("kylatilat",), "nina",
                ),
            ),
        ),
        Item(10, "Tauko ja vohvelit", ItemKind.BREAK, title_sv="Paus och våfflor"),
        Item(
            30, "Missä järjestöt näkevät yksinäisyyttä", ItemKind.DISCUSSION,
            title_sv="Var föreningarna ser ensamhet",
            notes=(
                Said("Ryhmissä nousi esiin:\n\n- leskeksi jääneet\n- kylille muuttaneet lapsiperheet\n- "
                     "etätyöntekijät\n- nuoret, jotka eivät käy missään"),
                Said("Pidettiin tärkeänä, että joku soittaa. Kutsu paperilla ei riitä.", by="ystavaapu"),
            ),
        ),
        other(),
        *closing(),
    ),
    came=(("omaishoitajat", 2), ("ystavaapu", 2), ("martat", 2), ("nuorisoseura", 1), ("elakkeensaajat", 1),
          ("kylat", 1), ("vapaa_aika", 1), ("hyvinvointi", 2)),
)  # fmt: skip

THIRD = Evening(
    table="palvelut",
    days=-480,
    items=(
        opening(),
        since(Said("Tilojen hinnasto on valmistelussa. Järjestöjen luvut ovat mukana.")),
        Item(
            25,
            told=Told(
                "Omaishoitaja saa kaksi vapaapäivää kuussa paperilla. Käytännössä hoitajaa ei löydy ja vapaa "
                "jää pitämättä. Itselläni pitämättä 14 päivää.",
                came=41,
                village="omaishoitajat",
                to="hyvinvointialue",
                channel=Channel.PHONE,
                entered="riikka",
                name="Anneli Kortesuvi",
                email="anneli.kortesuvi@kuovinsalmenomaishoitajat.example",
                phone="040 000 2240",
                wished=25,
                measures=("omaishoito",),
                title="Omaishoitajien vapaapäivien sijaiset",
            ),
            notes=(
                Said("Kuultiin kolme kertomusta siitä, mitä pitämättä jäänyt vapaa tarkoittaa.",
                     by="omaishoitajat"),
                Said("Hyvinvointialue kertoi, että sijaisia on etsitty perhehoitajista. Palvelusetelikin on "
                     "käytettävissä.", by="hyvinvointialue"),
                Said("Toivottiin yhtä puhelinnumeroa, josta saa vastauksen samana päivänä."),
            ),
            promises=(
                Promise(
                    "Kootaan omaishoitajille yhden sivun ohje: kenelle soitan, kun tarvitsen sijaisen.",
                    "hyvinvointialue", 75, State.DONE, "Ohje on jaettu kaikille, myös ruotsiksi.",
                    ("omaishoito",), "mika",
                ),
                Promise(
                    "Järjestetään omaishoitajien virkistyspäivä rannikolla.", "omaishoitajat", 130,
                    State.DONE,
                    "Päivään osallistui 24 hoitajaa. Sijaiset järjestyivät.", ("omaishoito",),
                ),
            ),
        ),
        Item(
            30, "Kuka tekee ja mitä: yhteinen järjestökartta", ItemKind.DISCUSSION,
            title_sv="Vem gör vad: en gemensam föreningskarta",
            notes=(Said("Täydennettiin karttaa tarralapuilla. Päällekkäistä on vähän, aukkoja enemmän."),),
        ),
        other(),
        *closing(),
    ),
    came=(("omaishoitajat", 2), ("elakkeensaajat", 1), ("seurakunta", 1), ("ystavaapu", 1), ("kylat", 1),
          ("hyvinvointialue", 2), ("hyvinvointi", 1)),
)  # fmt: skip

FOURTH = Evening(
    table="palvelut",
    days=-390,
    place="Nuorisotila Kipinä",
    items=(
        opening(),
        since(Said("Omaishoitajien ohje on jaossa ja virkistyspäivä pidetty. Kiitosta tuli paljon.")),
        Item(
            20,
            told=Told(
                "Pankki, Kela, vero, kaikki on netissä. Meidän kerhossa 40 jäsentä, seitsemällä on kone. "
                "Kyläyhdistykset mukaan digitukeen!",
                came=27,
                village="elakkeensaajat",
                to="vapaa_aika",
                channel=Channel.AT_MEETING,
                entered="tiina",
                measures=("digituki",),
                title="Digitukea myös kylille",
            ),
            notes=(
                Said("Eläkkeensaajat kertoivat, että kurssi ei auta vaan vierestä katsova ihminen.",
                     by="elakkeensaajat"),
                Said("Nuoret lupautuivat digikavereiksi, jos saavat siitä todistuksen.", by="nuorisoseura"),
                Said("Kirjasto voi tuoda laitteet kirjastoautolla.", by="vapaa_aika"),
            ),
            promises=(
                Promise(
                    "Aloitetaan digituki kirjastoautossa neljällä kylällä, nuoret mukana.", "vapaa_aika", 100,
                    State.DONE, "Tuki on kiertänyt neljällä kylällä, autettuja 63.", ("digituki",),
                ),
            ),
        ),
        Item(
            30, "Nuorisotilan tervehdys ja kierros", ItemKind.PRESENTATION,
            presenter="Kuovinsalmen Nuorisoseura",
            title_sv="Hälsning från ungdomslokalen",
            notes=(Said("Nuoret esittelivät tilan ja sen, mitä viikonloppuaukiolo on muuttanut.",
                        by="nuorisoseura"),),
        ),
        other(),
        *closing(),
    ),
    came=(("elakkeensaajat", 2), ("nuorisoseura", 2), ("martat", 1), ("omaishoitajat", 1), ("vapaa_aika", 1),
          ("kylat", 2), ("hyvinvointi", 2)),
)  # fmt: skip

EVENINGS = (FIRST, SECOND, THIRD, FOURTH)
