"""The first year at the table around the church: the market square, young people, sand on the pavements."""

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

SQUARE = Told(
    "Torilla ei ole yhtään selkänojallista penkkiä eikä vessaa. Vanha ihminen ei voi tulla torille, jos ei "
    "voi istua eikä käydä. Näin yksinkertaista se on.",
    came=39,
    village="elakkeensaajat",
    to="tekninen",
    channel=Channel.FEEDBACK_BOX,
    entered="riikka",
    measures=("esteettomyys",),
    title="Torin penkit ja vessa",
)

YOUTH = Told(
    "moi! miks nuorisotila on kiinni just perjantaina ja lauantaina? ollaan sit kaupan edessä ja kaikki "
    "valittaa. me voidaan auttaa vahtimisessa tms",
    came=26,
    village="nuorisoseura",
    to="vapaa_aika",
    name="Veera ja kymmenen muuta",
    email="veera@kuovinsalmennuoret.example",
    wished=15,
    measures=("nuorisotila",),
    title="Nuorisotila auki perjantaisin ja lauantaisin",
    did=(Did(TopicAct.ACCEPT, 1, "Hienoa, että kirjoititte! Tulkaa kertomaan itse, saatte puheenvuoron."),),
)

FIRST = Evening(
    table="kirkonseutu",
    days=-675,
    items=(
        opening(Said("Puheenjohtaja toivotti tervetulleiksi erityisesti nuoret.")),
        news(
            Said("Esiteltiin hyvinvointisuunnitelma ja se, miten pöydän asiat siihen kytkeytyvät.",
                 by="hyvinvointi"),
            Said("Kerrottiin torin tulevasta kivetyksestä. Valtuusto on myöntänyt rahat viime syksynä.",
                 by="tekninen"),
            minutes=15,
        ),
        Item(
            25,
            told=YOUTH,
            notes=(
                Said("Nuoret kertoivat, että kotoa lähdetään joka tapauksessa. Kysymys on vain siitä, minne.",
                     by="nuorisoseura"),
                Said("Vapaa-aikatoimi kertoi, että kahdelle illalle riittäisi yksi ohjaaja, jos paikalla on "
                     "toinen aikuinen.", by="vapaa_aika"),
                Said("Seurakunta ja nuorisoseura lupautuivat kysymään vapaaehtoisia aikuisia.",
                     by="seurakunta"),
                Said("Kauppias kiitti nuoria suorista sanoista ja lupasi popcornit avajaisiin."),
            ),
            promises=(
                Promise(
                    "Kokeillaan nuorisotilan aukioloa perjantaina ja lauantaina kolmen kuukauden ajan.",
                    "vapaa_aika", 100, State.DONE,
                    "Kokeilu onnistui: kävijöitä keskimäärin 34 illassa. Aukiolo jatkuu.", ("nuorisotila",),
                    "nina",
                ),
            ),
        ),
        Item(
            25,
            told=SQUARE,
            notes=(
                Said("Kerrottiin, että penkit voidaan valita yhdessä, koska kivetys tehdään joka "
                     "tapauksessa.",
                     by="tekninen"),
                Said("Eläkkeensaajat toivoivat käsinojia ja istumakorkeutta, josta pääsee ylös.",
                     by="elakkeensaajat"),
                Said("Vessan paikasta oli eri mieliä: kirjaston sisätilat vai torin reuna."),
            ),
            promises=(
                Promise(
                    "Istutaan koepenkeissä yhdessä eläkkeensaajien kanssa ja tilataan kuusi penkkiä.",
                    "tekninen", 170, State.DONE, "Penkit ovat torilla. Kirjaston vessa on auki toripäivinä "
                                                 "klo 8–14.",
                    ("esteettomyys",), "kari",
                ),
            ),
        ),
        other(Said("Kysyttiin katulamppujen sammutuksesta. Lampuista voi ilmoittaa numerolla tolpan "
                   "kyljessä.")),
        *closing(),
    ),
    came=(("nuorisoseura", 2), ("elakkeensaajat", 2), ("kirkonkyla", 2), ("seurakunta", 1), (None, 21),
          ("tekninen", 1), ("vapaa_aika", 1), ("hyvinvointi", 2)),
)  # fmt: skip

CROSSING = Told(
    "Asematien suojatie on kuusenoksien takana. Lapsi ei näe autoa eikä auto lasta. Sahatkaa oksat edes.",
    came=23,
    village="asemantaus_ry",
    to="tekninen",
    channel=Channel.PHONE,
    entered="tiina",
    name="Hannu Ratapelto",
    phone="040 000 2230",
    measures=("koulutie",),
    title="Asematien suojatien näkemä",
)

DOGS = Told(
    "Pappilanvainiolle koirapuisto. Koiria on 64, laskimme.",
    came=31,
    village="pappilanvainio_ry",
    to="tekninen",
    name="Saara Vainiokumpu",
    email="saara@pappilanvainio.example",
    title="Koirapuisto Pappilanvainiolle",
)

SELF_SERVICE = Told(
    "Kirjasto menee kiinni viideltä. Omatoimiaika iltaan ja lauantaihin, niin lehdet tulisi luettua.",
    came=28,
    village="sahanpelto",
    to="vapaa_aika",
    channel=Channel.EMAIL,
    entered="riikka",
    name="Kaisa-Leena Lastukoski",
    email="kaisa-leena@sahanpelto.example",
    title="Kirjaston omatoimiaika",
)

BIKES = Told(
    "Asemalle polkupyörätelineet, joihin saa rungon lukkoon. Nyt pyörät nojaavat toisiinsa kuin uupuneet "
    "lehmät.",
    came=262,
    village="asemantaus_ry",
    to="tekninen",
    name="Hannu Ratapelto",
    email="hannu@asemantaus.example",
    title="Pyörätelineet asemalle",
)

SECOND = Evening(
    table="kirkonseutu",
    days=-490,
    reopened=True,
    items=(
        opening(),
        since(
            Said("Nuorisotila on ollut auki viikonloppuisin. Kaupan edusta on rauhoittunut."),
            Said("Penkit tilattiin yhteisen koeistumisen jälkeen.", by="tekninen"),
        ),
        news(
            Said("Kerrottiin kouluverkon keskustelutilaisuuksista. Asiasta päättää valtuusto.",
                 by="sivistys"),
            Said("Kysyttiin, milloin tilaisuudet pidetään. Vastattiin, että kutsu tulee joka talouteen."),
        ),
        Item(
            10,
            told=CROSSING,
            notes=(
                Said("Tekninen toimi kertoi, että oksat sahataan saman viikon aikana.", by="tekninen"),
                Said("Toivottiin kierrosta, jossa lapset itse näyttävät vaaranpaikat."),
            ),
            promises=(
                Promise(
                    "Kävellään koulureitit kolmosluokkalaisten kanssa ja kirjataan vaaranpaikat.", "sivistys",
                    200,
                    State.DONE, "Kierros tehty, 17 paikkaa kartalla. Kuusi on jo kunnossa.", ("koulutie",),
                    "petri",
                ),
            ),
        ),
        Item(
            15,
            told=DOGS,
            notes=(
                Said("Keskusteltiin paikasta. Pihapiiri ehdotti vanhaa hiekkakuoppaa, osa pelkäsi haukuntaa.",
                     by="pappilanvainio_ry"),
                Said("Tekninen toimi kertoi aidan hinnan ja kysyi, voisiko hoito olla yhdistyksellä.",
                     by="tekninen"),
            ),
            promises=(
                Promise(
                    "Kysytään naapureilta mielipide koirapuiston paikasta.", "tekninen", 120,
                    State.NOT_PROGRESSED,
                    "Kysely tehtiin. Naapurit eivät halunneet puistoa kuopalle, eikä muuta kunnan maata ole "
                    "lähellä.",
                ),
            ),
        ),
        Item(
            15,
            told=SELF_SERVICE,
            notes=(
                Said("Kirjasto kertoi, että lukko ja kamera puuttuvat. Kustannus selvitetään talousarvioon.",
                     by="vapaa_aika"),
                Said("Asukkaat lupautuivat iltapäivystäjiksi, jos siitä on apua."),
            ),
            promises=(
                Promise(
                    "Lasketaan omatoimikirjaston kulut seuraavan talousarvion valmisteluun.", "vapaa_aika",
                    90,
                    State.DONE, "Laskelma on valmis ja mukana talousarvion valmistelussa.", (), "nina",
                ),
            ),
        ),
        Item(5, told=BIKES),
        Item(10, "Vapaa keskustelu kahvin kanssa", ItemKind.DISCUSSION, title_sv="Fritt samtal vid kaffet",
             notes=(Said("Esiin nousivat polkupyörätelineet, kesätyöpaikat ja jouluvalojen ripustus."),)),
        other(),
        *closing(),
    ),
    came=(("asemantaus_ry", 2), ("pappilanvainio_ry", 2), ("sahanpelto_ry", 2), (None, 16), ("tekninen", 1),
          ("sivistys", 1), ("vapaa_aika", 1), ("hyvinvointi", 2)),
)  # fmt: skip

EVENINGS = (FIRST, SECOND)
