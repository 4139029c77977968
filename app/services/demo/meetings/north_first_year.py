"""The first year at the table of the northern villages: the old school, the thaw, the swimming pier."""

from app.domain.agenda import ItemKind
from app.domain.follow_ups import FollowUpState as State
from app.domain.topics import Channel, TopicAct
from app.services.demo.values import (
    Did,
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

SCHOOL = Told(
    "Tuohikorven koulun tulevaisuus.\n\nKoulu on ollut tyhjillään jo toista vuotta. Pelkäämme, että se "
    "rapistuu ja sitten todetaan, ettei sille enää voi mitään. Kylä pitäisi siellä mielellään kerhoja, "
    "kansalaisopiston ryhmiä ja kesäkahvilaa. Mitä kunta aikoo, ja voimmeko olla mukana jo silloin kun "
    "vaihtoehtoja mietitään?",
    came=48,
    village="tuohikorpi_ry",
    to="tekninen",
    channel=Channel.PAPER,
    entered="riikka",
    name="Väinö Kaskela-Tuohi",
    phone="040 000 2211",
    wished=20,
    measures=("kylatilat",),
    title="Tuohikorven entisen koulun tulevaisuus",
    did=(
        Did(
            TopicAct.ACCEPT, 4, "Kiitos tärkeästä asiasta. Tekninen toimi tulee mukaan kertomaan tilanteesta."
        ),
    ),
)

THAW = Told(
    "Rauskalantie oli viime kelirikon aikaan siinä kunnossa, ettei kotihoito päässyt perille kolmena "
    "päivänä. Kuka tästä vastaa?",
    came=33,
    village="rauskala",
    to="tekninen",
    channel=Channel.PHONE,
    entered="riikka",
    name="Sinikka Purovaara",
    phone="040 000 2212",
    measures=("tiet",),
    title="Rauskalantien kelirikko ja kotihoidon kulku",
)

SIGNAL = Told(
    "Puhelin ei kuulu Kettusaarvassa sisällä ollenkaan. Hätäpuhelua varten pitää kävellä mäelle.",
    came=27,
    village="kettusaarva",
    to="elinvoima",
    name="Sanni Saarvanen",
    email="sanni@kettusaarva.example",
    measures=("verkko",),
    title="Puhelimen katvealue Kettusaarvassa",
)

FIRST = Evening(
    table="tuohikorpi",
    days=-700,
    heading="Pöydän ensimmäinen ilta",
    items=(
        opening(
            Said("Esittäytymiskierroksella jokainen kertoi, miltä kylältä tulee. Kerrattiin, että pöytä on "
                 "keskustelua varten ja asiat kulkevat täältä valmisteluun."),
        ),
        news(
            Said("Hyvinvointikoordinaattori esitteli kumppanuuspöydän tavan toimia ja uuden "
                 "hyvinvointisuunnitelman painopisteet.", by="hyvinvointi"),
            Said("Kysyttiin, kuka vastaa, jos asia kuuluu hyvinvointialueelle. Kerrottiin, että viesti "
                 "välitetään sinnekin ja vastaus tuodaan pöytään."),
            minutes=15,
        ),
        Item(
            25,
            told=SCHOOL,
            notes=(
                Said("Kyläyhdistys kertoi, että kylällä on valmis joukko pitämään kerhoja ja kesäkahvilaa.",
                     by="tuohikorpi_ry"),
                Said("Tekninen toimi kävi läpi rakennuksen kunnon: lämmitys toimii, katto kaipaa "
                     "tarkastusta, ilmanvaihto on vanha.", by="tekninen"),
                Said("Pohdittiin vaihtoehtoja:\n\n- kylä vuokraa koko talon\n- käytössä vain ruokasali ja "
                     "keittiö\n- kesäkäyttö kokeiluna\n\nNäkemykset jakautuivat siitä, jaksaako kylä pitää "
                     "koko taloa."),
                Said("Viedään valmisteluun tekniseen toimeen, joka palaa asiaan seuraavassa pöydässä."),
            ),
            promises=(
                Promise(
                    "Tarkastetaan koulun katto ja lasketaan ruokasalin käyttökulut kylän kanssa.",
                    "tekninen", 120, State.DONE,
                    "Katto tarkastettu, pieni vuoto paikattu. Kulut laskettu yhdessä kyläyhdistyksen kanssa.",
                    ("kylatilat",), "kari",
                ),
            ),
        ),
        Item(
            15,
            told=THAW,
            notes=(
                Said("Kerrottiin, että tie on tiekunnan hoidossa ja kunta avustaa kunnossapitoa "
                     "hakemuksesta.",
                     by="tekninen"),
                Said("Asukkaat toivat esiin, ettei vanha tiekunta jaksa enää hakea avustuksia. Toivottiin "
                     "neuvontaa paperien täyttämiseen."),
                Said("Muistutettiin, että kotihoito kuuluu hyvinvointialueelle. Viesti välitetään sinne."),
            ),
            promises=(
                Promise(
                    "Käydään tiekunnan kanssa läpi avustuksen hakeminen ja kelirikon paikat maastossa.",
                    "tekninen", 150, State.DONE,
                    "Maastokäynti pidetty. Tiekunta haki avustusta ja pahin notko on sorastettu.", ("tiet",),
                ),
            ),
        ),
        Item(
            10,
            told=SIGNAL,
            notes=(
                Said("Kerrottiin, että kunta ei rakenna verkkoa, mutta katveista kootaan karttaa.",
                     by="elinvoima"),
                Said("Toivottiin, että kyläläiset voivat itse merkitä huonot paikat karttaan."),
            ),
            promises=(
                Promise(
                    "Avataan katvekartta, johon asukkaat voivat merkitä paikkoja, ja viedään se "
                    "operaattoreille.",
                    "elinvoima", 200, State.DONE,
                    "Kartta oli auki kaksi kuukautta, merkintöjä tuli 64. Operaattori on vastannut.",
                    ("verkko",),
                ),
            ),
        ),
        other(Said("Kysyttiin koirien kytkemisestä hiihtoladulla. Asia kuuluu latujen hoitajille ja viedään "
                   "heille.")),
        *closing(Said("Seuraava tapaaminen pidetään syksyllä tai keväällä, tarkka ilta ilmoitetaan.")),
    ),
    came=(("tuohikorpi_ry", 4), ("rauskala_ry", 2), ("kettusaarva", 1), (None, 9), ("tekninen", 1),
          ("elinvoima", 1),
          ("hyvinvointi", 2)),
)  # fmt: skip

PIER = Told(
    "Hietasuvannon uimapaikan laituri on vaarallinen: laudat lahoja ja naulat pystyssä. Lapset uivat siellä "
    "joka kesä. Kylällä on väkeä talkoisiin, jos kunta antaa puut.",
    came=40,
    village="hietasuvanto_ry",
    to="vapaa_aika",
    channel=Channel.EMAIL,
    entered="riikka",
    name="Eila Suvantola",
    email="eila.suvantola@hietasuvanto.example",
    wished=15,
    measures=("reitit",),
    title="Hietasuvannon uimapaikan laituri",
)

LIBRARY = Told(
    "Kirjastoauton aika on nyt tiistaina kello 11.10. Silloin työssä käyvät ovat töissä ja koululaiset "
    "koulussa. Kelle se on tarkoitettu?",
    came=36,
    village="vaarakangas_ry",
    to="vapaa_aika",
    name="Marketta Kangaspelto",
    email="marketta@vaarakangas.example",
    measures=("kirjastoauto",),
    title="Kirjastoauton aikataulu metsäkylillä",
)

TRAILER = Told(
    "Onko mitään järkeä, että jokainen kylä ostaa oman teltan, peräkärryn ja kahvinkeittimen?",
    came=25,
    to="vapaa_aika",
    channel=Channel.FEEDBACK_BOX,
    entered="tiina",
    measures=("kalusto",),
    title="Kylien yhteinen talkookalusto",
)

SECOND = Evening(
    table="tuohikorpi",
    days=-520,
    place="Hietasuvannon kylätupa",
    items=(
        opening(),
        since(
            Said("Koulun katto on tarkastettu. Ruokasalia voi kokeilla illoissa jo tänä lukukautena."),
            Said("Kiiteltiin siitä, että Rauskalantien notko on sorastettu.", by="rauskala_ry"),
        ),
        Item(
            15, "Kyläavustusten haku", ItemKind.PRESENTATION, presenter="Kulttuuri- ja vapaa-aikatoimi",
            title_sv="Att söka byabidrag",
            notes=(
                Said("Esiteltiin kyläavustuksen hakuohje ja viime vuoden kohteet. Lautakunta päättää "
                     "avustuksista keväällä.", by="vapaa_aika"),
                Said("Toivottiin yhden sivun lomaketta. Luvattiin, että ohje lyhenee."),
            ),
        ),
        Item(
            15,
            told=PIER,
            notes=(
                Said("Laiturin kuntoa katsottiin kuvista. Pidettiin tärkeänä, että laituri on turvallinen "
                     "ennen uimakauden alkua."),
                Said("Vapaa-aikatoimi kertoi, että tarvikkeisiin on varauduttu, jos talkooväki rakentaa.",
                     by="vapaa_aika"),
                Said("Kylältä lupautui kuusi talkoolaista.", by="hietasuvanto_ry"),
            ),
            promises=(
                Promise(
                    "Hankitaan laiturin puutavara ja kuljetetaan se rantaan talkoita varten.",
                    "vapaa_aika", 90, State.DONE,
                    "Laituri rakennettiin talkoilla kahtena iltana. Mukana oli 11 kyläläistä.", ("reitit",),
                    "nina",
                ),
            ),
        ),
        Item(
            10,
            told=LIBRARY,
            notes=(
                Said("Kerrottiin, että reitti ajetaan yhdellä autolla ja iltoja on viikossa kaksi.",
                     by="vapaa_aika"),
                Said("Ehdotettiin, että metsäkylillä auto kävisi joka toinen viikko illalla."),
                Said("Viedään kirjaston valmisteluun seuraavaa aikataulua varten."),
            ),
            promises=(
                Promise(
                    "Kysytään kyliltä sopivat ajat ja sovitetaan kirjastoauton uusi aikataulu niihin.",
                    "vapaa_aika", 180, State.DONE,
                    "Metsäkylien vuoro siirtyi joka toisen viikon keskiviikkoiltaan. Lainat ovat "
                    "lisääntyneet.",
                    ("kirjastoauto",),
                ),
            ),
        ),
        Item(
            10,
            told=TRAILER,
            notes=(
                Said("Ajatusta kannatettiin laajasti. Listattiin tarvittavaa: teltta, pöydät, peräkärry, "
                     "äänentoisto."),
                Said("Pohdittiin, missä varasto olisi ja kuka antaa avaimen. Kyläasiamies lupasi kysyä "
                     "kyliltä.",
                     by="kylat"),
            ),
            promises=(
                Promise(
                    "Kootaan lista yhteisistä tarvikkeista ja etsitään varastolle paikka.",
                    "kylat", 240, State.NOT_PROGRESSED,
                    "Lista on koottu, mutta varastolle ei löytynyt paikkaa, jossa joku voisi antaa avaimen. "
                    "Palataan asiaan, kun koulun kellari on tyhjennetty.",
                    ("kalusto",), "oona",
                ),
            ),
        ),
        other(),
        *closing(),
    ),
    came=(("hietasuvanto_ry", 3), ("tuohikorpi_ry", 2), ("vaarakangas_ry", 1), ("rauskala_ry", 1), (None, 6),
          ("vapaa_aika", 1), ("kylat", 1), ("hyvinvointi", 2)),
)  # fmt: skip

EVENINGS = (FIRST, SECOND)
