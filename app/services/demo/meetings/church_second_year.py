"""The second year at the table around the church: pavements, a playground, and trees that were cut."""

from app.domain.agenda import ItemKind
from app.domain.follow_ups import FollowUpState as State
from app.domain.topics import Channel, TopicAct
from app.services.demo.meetings.by_name import CHURCH
from app.services.demo.meetings.church_first_year import BIKES
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

SAND = Told(
    "Jalkakäytävät aurattiin, mutta hiekka tuli vasta kahden päivän päästä. Siinä välissä naapurin rouva "
    "mursi ranteensa. Ajorata kyllä hiekoitettiin heti. Kumpi on kunnalle tärkeämpi, auto vai ihminen?",
    came=33,
    village="asemantaus_ry",
    to="tekninen",
    name="Terttu Veturila",
    email="terttu@asemantaus.example",
    wished=15,
    measures=("valaistus",),
    title="Jalkakäytävien hiekoitus",
)

LUNCH = Told(
    "Mieheni kuoli viime vuonna. En kaipaa kerhoa enkä jumppaa. Kaipaan sitä, että joku istuu pöydän "
    "toisella puolella kun syön.",
    came=29,
    to="hyvinvointi",
    channel=Channel.PAPER,
    entered="riikka",
    measures=("lounas", "ystavat"),
    title="Yhteinen lounas yksin asuville",
    did=(Did(TopicAct.ACCEPT, 1, "Lämmin kiitos kirjeestä. Otamme tämän pöytään."),),
)

THIRD = Evening(
    table="kirkonseutu",
    days=-320,
    items=(
        opening(),
        since(
            Said("Koulureittien kierros on tehty lasten kanssa ja kuusi paikkaa on jo korjattu."),
            Said("Koirapuisto ei edennyt. Keskusteltiin siitä, voisiko paikka löytyä seurakunnan maalta."),
        ),
        news(Said("Kerrottiin jäähallin remontin aikataulusta.", by="tekninen")),
        Item(
            20,
            told=SAND,
            notes=(
                Said("Tekninen toimi avasi, missä järjestyksessä reitit hoidetaan: koulut, terveysasema, "
                     "kauppa.",
                     by="tekninen"),
                Said("Asukkaat korostivat, että liukkainta on mäessä terveysaseman takana."),
                Said("Toivottiin hiekkalaatikoita mäkien alle, jotta jokainen voi itse heittää kourallisen."),
            ),
            promises=(
                Promise(
                    "Tarkistetaan urakoitsijan kanssa hiekoituksen järjestys ja viedään viisi "
                    "hiekkalaatikkoa mäkiin.",
                    "tekninen", 45, State.DONE,
                    "Järjestys muuttui: jalkakäytävät samana aamuna. Hiekkalaatikot ovat paikoillaan.",
                    ("valaistus",), "kari",
                ),
            ),
        ),
        Item(
            20,
            told=LUNCH,
            notes=(
                Said("Kirje luettiin ääneen kirjoittajan luvalla. Hetki oli hiljaista."),
                Said("Martat lupautuivat keittämään, seurakunta antaa salin ja koulun keittiö perunat.",
                     by="martat"),
                Said("Pidettiin tärkeänä, ettei lounaalle tarvitse ilmoittautua eikä siellä ole ohjelmaa."),
            ),
            promises=(
                Promise(
                    "Aloitetaan pitkän pöydän lounas kerran kuussa.", "martat", 60, State.DONE,
                    "Lounaalla on käynyt 28–45 ihmistä. Pöytä on pidentynyt kaksi kertaa.", ("lounas",),
                ),
                Promise(
                    "Pyydetään Ystäväapu kertomaan lounaalla soittoringistä.", "ystavaapu", 90, State.DONE,
                    "Soittorinkiin tuli viisi uutta soittajaa.", ("ystavat",),
                ),
            ),
        ),
        Item(
            10,
            told=BIKES,
            notes=(
                Said("Asia siirtyi viime kerrasta, kun aika loppui. Tekninen toimi kertoi, että kymmenen "
                     "telinettä on varastossa.", by="tekninen"),
            ),
            promises=(
                Promise("Viedään kymmenen runkolukittavaa telinettä asemalle.", "tekninen", 70, State.DONE,
                        "Telineet ovat paikallaan, ja kaikki ovat jo käytössä."),
            ),
        ),
        other(Said("Toivottiin, että pöydän kutsu olisi myös kaupan ilmoitustaululla.")),
        *closing(),
    ),
    came=(("asemantaus_ry", 2), ("kirkonkyla", 2), ("martat", 2), ("seurakunta", 1), ("ystavaapu", 1), (None,
                                                                                                        18),
          ("tekninen", 2), ("hyvinvointi", 2)),
)  # fmt: skip

POOL = Told(
    "Uimahalli on 40 kilometrin päässä. Lapsiperheelle se on bensaa, eläkeläiselle mahdottomuus. "
    "Uimahallikyyti kerran kuussa, kiitos.",
    came=36,
    village="sahanpelto_ry",
    to="vapaa_aika",
    name="Pirjo Myllyluhta",
    email="pirjo.myllyluhta@sahanpelto.example",
    measures=("uimataito",),
    title="Uimahallikyyti kerran kuussa",
)

PLAYGROUND = Told(
    "Sahanpellon leikkipaikan keinusta puuttuu toinen ketju ja hiekkalaatikko on kissojen vessa. Me lapset "
    "piirrettiin millainen sen pitäis olla (kuva liitteenä kuoressa).",
    came=32,
    village="sahanpelto",
    to="tekninen",
    channel=Channel.PAPER,
    entered="tiina",
    name="Sahanpellon päiväkodin viskarit",
    measures=("leikkipaikat",),
    title="Sahanpellon leikkipaikan kunnostus",
)

TREES = Told(
    "TORIPUISTON LEHMUKSET KAADETTIIN ILMAN ETTÄ KENELTÄKÄÄN KYSYTTIIN. Sata vuotta ne kestivät sodat ja "
    "kunnanjohtajat. Haluan tietää kuka, miksi ja mitä tilalle. En halua kuulla sanaa \"kokonaisuus\".",
    came=26,
    village="kirkonkyla",
    to="tekninen",
    channel=Channel.EMAIL,
    entered="riikka",
    name="Matti Kellotapuli",
    email="matti.kellotapuli@kirkonkyla.example",
    wished=20,
    measures=("poydat", "viestinta"),
    title="Toripuiston lehmusten kaato ja uudet puut",
    did=(
        Did(TopicAct.ACCEPT, 2, "Ymmärrämme harmin. Tekninen johtaja tulee pöytään vastaamaan teille."),
    ),
)  # fmt: skip

FOURTH = Evening(
    table="kirkonseutu",
    days=-45,
    items=(
        opening(),
        since(
            Said("Pitkän pöydän lounas on tullut jäädäkseen, ja jalkakäytävät on hiekoitettu aamuisin."),
        ),
        Item(
            20,
            told=TREES,
            notes=(
                Said("Asukkaat toivat esiin pettymyksensä: puut olivat kylän muisti, ja tieto kaadosta tuli "
                     "sahan äänestä.", by="kirkonkyla"),
                Said("Tekninen toimi pahoitteli tiedottamista. Puissa oli laho, josta oli lausunto, mutta "
                     "siitä ei kerrottu ajoissa.", by="tekninen"),
                Said("Pohdittiin uusia puita: lehmus, vaahtera vai hedelmäpuita. Koululaisia toivottiin "
                     "istuttamaan."),
                Said("Toivottiin, että jatkossa puiden kaadosta kerrotaan kaksi viikkoa ennen torin "
                     "taululla."),
            ),
            promises=(
                Promise(
                    "Kerrotaan suurten puiden kaadosta torin taululla ja verkossa kaksi viikkoa ennen.",
                    "tekninen", 14, State.DONE, "Uusi tapa on käytössä, ensimmäinen ilmoitus on taululla.",
                    ("viestinta",), "kari",
                ),
                Promise(
                    "Kysytään asukkailta, mitä puita istutetaan, ja istutetaan ne koululaisten kanssa.",
                    "tekninen", 220, State.OPEN, None, ("poydat",), "kari",
                ),
            ),
        ),
        Item(
            15,
            told=PLAYGROUND,
            notes=(
                Said("Piirustus kiersi pöydässä. Siinä on köysirata, maja ja penkki mummoille."),
                Said("Varhaiskasvatus kertoi, että viskarit esittelevät mielellään itse.",
                     by="varhaiskasvatus"),
                Said("Leikkipaikkoja kunnostetaan yksi vuodessa. Sahanpeltoa toivottiin seuraavaksi."),
            ),
            promises=(
                Promise(
                    "Korjataan keinun ketju ja vaihdetaan hiekka heti.", "tekninen", 20, State.OPEN, None,
                    ("leikkipaikat",), "kari",
                ),
                Promise(
                    "Pidetään suunnitteluilta viskarien piirustuksen pohjalta.", "varhaiskasvatus", 130,
                    State.IN_WORK, "Ilta on alustavasti suunniteltu päiväkodin saliin.", ("leikkipaikat",),
                ),
            ),
        ),
        Item(
            15,
            told=POOL,
            notes=(
                Said("Vapaa-aikatoimi kertoi, että naapurikunnan bussissa voisi olla tilaa samaan aikaan.",
                     by="vapaa_aika"),
                Said("Toivottiin, että kyyti kiertäisi myös Tuohikorven kautta."),
            ),
            promises=(
                Promise(
                    "Kysytään naapurikunnalta yhteistä uimahallikyytiä.", "vapaa_aika", 60, State.IN_WORK,
                    "Alustava vastaus on myönteinen, hinta puuttuu.", ("uimataito",), "nina",
                ),
            ),
        ),
        Item(
            15, "Talousarvion valmistelu: missä vaiheessa voi vaikuttaa", ItemKind.PRESENTATION,
            presenter="Kunnanhallituksen puheenjohtaja", title_sv="Budgetberedningen: när kan man påverka",
            notes=(
                Said("Käytiin läpi vuoden kulku. Valtuusto päättää talousarviosta marraskuussa, ja "
                     "asukkaiden ajatukset ehtivät mukaan, jos ne tulevat kesäkuuhun mennessä."),
            ),
        ),
        other(),
        *closing(Said("Seuraava tapaaminen on keväällä. Aiheita on jo jonossa.")),
    ),
    came=(("kirkonkyla", 1), ("sahanpelto_ry", 2), ("pappilanvainio_ry", 1), (None, 27), ("tekninen", 1)),
    here=CHURCH,
)  # fmt: skip

EVENINGS = (THIRD, FOURTH)
