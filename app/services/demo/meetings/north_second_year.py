"""The second year at the table of the northern villages."""

from app.domain.agenda import ItemKind
from app.domain.follow_ups import FollowUpState as State
from app.domain.topics import Channel, TopicAct
from app.services.demo.meetings.by_name import NORTH
from app.services.demo.values import (
    Did,
    Evening,
    Item,
    Promise,
    Said,
    Told,
    closing,
    opening,
    other,
    since,
)

RIDE = Told(
    "Arvoisa kunta,\n\nkirjoitan nyt kolmannen kerran samasta asiasta. Linja-auto lakkautettiin, taksi "
    "kirkonkylään maksaa edestakaisin enemmän kuin viikon ruoat, ja silti meille sanotaan, että palvelut "
    "ovat kaikkien saatavilla. Olen 81-vuotias enkä aja enää autoa. En pyydä paljon: yhden kyydin viikossa "
    "kauppaan, apteekkiin ja pankkiin, ja takaisin ennen pimeää.\n\nKunnioittaen ja vielä toivoa "
    "menettämättä",
    came=52,
    village="tuohikorpi",
    to="elinvoima",
    channel=Channel.PAPER,
    entered="oona",
    name="Mirja Sysikangas",
    phone="040 000 2213",
    wished=20,
    measures=("asiointikyyti",),
    title="Asiointikyyti kirkonkylään kerran viikossa",
    did=(
        Did(TopicAct.ACCEPT, 2, "Kiitos, että jaksatte kirjoittaa. Asia tulee seuraavaan pöytään, ja "
                                "kyläasiamies soittaa teille sitä ennen.", by="riikka"),
    ),
)  # fmt: skip

SKI = Told(
    "Hei! Voisiko Vääräkankaan latupohjan raivata? Kaksi kaatunutta puuta ja vesakkoa. Me kyllä tullaan "
    "sahojen kanssa mutta kenen lupa tarvitaan?",
    came=30,
    village="vaarakangas_ry",
    to="vapaa_aika",
    name="Jouko Väärälä",
    email="jouko.vaarala@vaarakangas.example",
    measures=("reitit",),
    title="Vääräkankaan latupohjan raivaus",
)

POWER = Told(
    "Myrskyn jälkeen oltiin 31 tuntia ilman sähköä. Kylätalolle olisi voinut kokoontua, jos siellä olisi "
    "ollut varavoimaa ja jos joku olisi tiennyt, kenellä on avain.",
    came=45,
    village="hietasuvanto_ry",
    to="tekninen",
    channel=Channel.AT_MEETING,
    entered="tiina",
    wished=15,
    measures=("varautuminen",),
    title="Kylätalot kokoontumispaikkoina pitkissä sähkökatkoissa",
)

THIRD = Evening(
    table="tuohikorpi",
    days=-340,
    items=(
        opening(Said("Tervehdittiin uusia tulijoita, joita oli monta.")),
        since(
            Said("Laituri on ollut käytössä koko kesän, ja kirjastoautolla on uusi iltavuoro."),
            Said("Kerrottiin rehellisesti, ettei yhteiselle talkookalustolle ole löytynyt varastoa.",
                 by="kylat"),
        ),
        Item(
            20,
            told=RIDE,
            notes=(
                Said("Kuultiin, mitä arki on ilman autoa. Moni kertoi pyytävänsä naapurilta kyytiä."),
                Said("Elinvoimapalvelut kertoi, että kutsukyytiä on selvitetty ja kokeilulle on varattu "
                     "rahaa, jos kunnanhallitus päättää sen aloittaa.", by="elinvoima"),
                Said("Ehdotettiin torstaita: silloin on apteekin päivä ja seurakunnan lounas."),
                Said("Kysyttiin, pääseekö kyytiin rollaattorin kanssa. Vastattiin, että autossa on nostin."),
                Said("Viedään valmisteluun toive yhdestä viikkokyydistä, joka kiertää kaikki viisi kylää."),
            ),
            promises=(
                Promise(
                    "Valmistellaan asiointikyydin kokeilu: reitti, päivä, hinta ja soittoaika.",
                    "elinvoima", 110, State.DONE,
                    "Kokeilu alkoi. Kyyti kulkee torstaisin, matkustajia on ollut 7–12 kerralla.",
                    ("asiointikyyti",),
                ),
            ),
        ),
        Item(
            10,
            told=SKI,
            notes=(
                Said("Selvisi, että maanomistajia on kolme ja yhden kanssa lupa on vain suullinen."),
                Said("Vapaa-aikatoimi lupasi hankkia luvat kirjallisina. Talkooväki tuo omat sahat.",
                     by="vapaa_aika"),
            ),
            promises=(
                Promise(
                    "Pyydetään maanomistajilta luvat latupohjan raivaukseen.", "vapaa_aika", 60, State.DONE,
                    "Luvat saatu ja latupohja raivattu talkoilla.", ("reitit",), "nina",
                ),
            ),
        ),
        Item(
            15,
            told=POWER,
            notes=(
                Said("Käytiin läpi viime myrskyn kokemukset. Tieto kulki parhaiten tekstiviestillä niin "
                     "kauan kuin akkua riitti."),
                Said("Tekninen toimi kertoi, että kunnalla on kaksi siirrettävää varavoimakonetta.",
                     by="tekninen"),
                Said("Toivottiin, että jokaiselle kylälle tehdään lyhyt suunnitelma: kuka avaa talon, mistä "
                     "vesi, ketkä käydään katsomassa."),
            ),
            promises=(
                Promise(
                    "Tehdään Hietasuvannon kylän turvallisuussuunnitelma malliksi muille.",
                    "kylat", 170, State.IN_WORK,
                    "Kyläilta pidetty ja luonnos valmis. Avaimen haltijat vielä kysymättä.",
                    ("varautuminen",), "oona",
                ),
                Promise(
                    "Selvitetään liitäntä varavoimakoneelle Tuohikorven koulussa.", "tekninen", 400,
                    State.IN_WORK,
                    "Sähköurakoitsija on käynyt paikalla, tarjousta odotetaan.", ("varautuminen",), "kari",
                ),
            ),
        ),
        Item(
            10, "Kunnan valmius häiriötilanteissa", ItemKind.PRESENTATION, presenter="Tekninen toimi",
            title_sv="Kommunens beredskap vid störningar",
            notes=(Said("Esiteltiin kunnan tiedotuskanavat häiriössä ja kotivaran muistilista.",
                        by="tekninen"),),
        ),
        other(),
        *closing(),
    ),
    came=(("tuohikorpi_ry", 3), ("hietasuvanto_ry", 3), ("vaarakangas_ry", 2), ("rauskala_ry", 1), (None, 14),
          ("tekninen", 1), ("elinvoima", 2), ("vapaa_aika", 1), ("kylat", 2), ("hyvinvointi", 2)),
)  # fmt: skip

RECYCLING = Told(
    "Lasi ja metalli viedään meiltä 27 kilometrin päähän. Kierrätyspiste Rauskalan koulun pihaan, kiitos!",
    came=38,
    village="rauskala_ry",
    to="jateyhtio",
    name="Reijo Rauskanen",
    email="reijo.rauskanen@rauskala.example",
    measures=("kierratys",),
    title="Kierrätyspiste Rauskalaan",
)

BALANCE = Told(
    "Meitä on Tuohikorvessa kymmenkunta naista, jotka haluaisivat voimistella. Kirkonkylän ryhmä on täynnä "
    "ja sinne on pitkä matka. Sali meillä jo on. Puuttuu vain ohjaaja.",
    came=34,
    village="tuohikorpi_ry",
    to="vapaa_aika",
    channel=Channel.PHONE,
    entered="oona",
    name="Aune Tuohikko",
    email="aune.tuohikko@tuohikorpi.example",
    phone="040 000 2210",
    measures=("ikaliikunta",),
    title="Voima- ja tasapainoryhmä Tuohikorven salille",
)

BUS_STOP = Told(
    "Kolme ekaluokkalaista odottaa koulukyytiä Rauskalan risteyksessä pimeässä. Rekat ajavat ohi "
    "kahdeksaakymppiä.",
    came=22,
    village="rauskala",
    to="sivistys",
    wished=15,
    name="Huolestunut isä",
    email="isa@rauskala.example",
    measures=("koulutie", "valaistus"),
    title="Koulukyydin odotuspaikka Rauskalan risteyksessä",
    did=(
        Did(TopicAct.ASK, 1, "Kiitos ilmoituksesta. Missä kohtaa lapset odottavat ja mihin aikaan?"),
        Did(TopicAct.REPLY, 2, "Pohjoisen puolella postilaatikoiden kohdalla, 7.35 alkaen. Tulossa on neljäs "
                               "lapsi.",
            by=None),
        Did(TopicAct.ACCEPT, 3, "Kiitos. Sivistystoimi ja tekninen toimi tulevat kuulemaan."),
    ),
)  # fmt: skip

FOURTH = Evening(
    table="tuohikorpi",
    days=-160,
    items=(
        opening(),
        since(
            Said("Asiointikyydin kokeilu on käynnissä, ja siitä on tullut kiittävää palautetta. Toivottiin "
                 "kyydin jatkuvan kokeilun jälkeenkin."),
            Said("Turvallisuussuunnitelma on vielä kesken.", by="kylat"),
        ),
        Item(
            15, "Hoitajan vastaanotto kylillä", ItemKind.PRESENTATION,
            presenter="Länsikaaren hyvinvointialue",
            title_sv="Skötarmottagning i byarna",
            notes=(
                Said("Hyvinvointialue kertoi kiertävästä vastaanotosta: kerran kuussa, ajanvaraus "
                     "puhelimella, verenpaine, haavat ja rokotukset.", by="hyvinvointialue"),
                Said("Toivottiin, että ajan voisi varata myös paikan päällä. Kysyttiin, jatkuuko vastaanotto "
                     "ensi vuonna. Vastattiin, että aluevaltuusto päättää siitä talousarviossa."),
            ),
            promises=(
                Promise(
                    "Sovitetaan vastaanottopäivä asiointikyydin päivään.", "hyvinvointialue", 50, State.OPEN,
                    None, ("vastaanotto", "asiointikyyti"), "mika",
                ),
            ),
        ),
        Item(
            15,
            told=BUS_STOP,
            notes=(
                Said("Vanhemmat kertoivat läheltä piti -tilanteesta. Pidettiin tärkeänä, että odotuspaikka "
                     "siirtyy sivutien puolelle."),
                Said("Sivistystoimi kysyy liikennöitsijältä kääntöpaikkaa.", by="sivistys"),
                Said("Tekninen toimi kertoi, että valopiste maantien varrelle kuuluu valtion tienpitäjälle. "
                     "Toive välitetään elinvoimakeskukseen.", by="tekninen"),
            ),
            promises=(
                Promise(
                    "Siirretään odotuspaikka sivutien puolelle yhdessä liikennöitsijän kanssa.",
                    "sivistys", 30, State.DONE, "Odotuspaikka siirtyi. Lapsille jaettiin heijastinliivit.",
                    ("koulutie",), "petri",
                ),
                Promise(
                    "Pyydetään elinvoimakeskukselta valopiste Rauskalan risteykseen.", "tekninen", 100,
                    State.IN_WORK,
                    "Pyyntö lähetetty, vastausta odotetaan.", ("valaistus",), "kari",
                ),
            ),
        ),
        Item(
            10,
            told=RECYCLING,
            notes=(
                Said("Jäteyhtiö kertoi, että pisteelle tarvitaan paikka, jossa tyhjennysauto mahtuu "
                     "kääntymään.",
                     by="jateyhtio"),
                Said("Kylältä ehdotettiin vanhan kaupan pihaa. Omistajalta kysytään.", by="rauskala_ry"),
            ),
            promises=(
                Promise(
                    "Käydään katsomassa kierrätyspisteen paikkaa vanhan kaupan pihalla.", "jateyhtio", 90,
                    State.OPEN,
                    None, ("kierratys",),
                ),
            ),
        ),
        Item(
            10,
            told=BALANCE,
            notes=(
                Said("Vapaa-aikatoimi kertoi, että vertaisohjaajia koulutetaan. Kylältä löytyi kaksi "
                     "halukasta.",
                     by="vapaa_aika"),
                Said("Toivottiin ryhmää aamupäivään, jotta asiointikyytiläiset ehtivät mukaan."),
            ),
            promises=(
                Promise(
                    "Koulutetaan Tuohikorpeen kaksi vertaisohjaajaa ja avataan ryhmä.", "vapaa_aika", 120,
                    State.DONE,
                    "Ryhmä kokoontuu keskiviikkoisin, mukana 14.", ("ikaliikunta",), "nina",
                ),
            ),
        ),
        other(),
        *closing(),
    ),
    came=(("tuohikorpi_ry", 1), ("rauskala_ry", 2), ("hietasuvanto_ry", 1), (None, 11)),
    here=NORTH,
)  # fmt: skip

EVENINGS = (THIRD, FOURTH)
