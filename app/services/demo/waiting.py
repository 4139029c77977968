"""Topics that are not on any agenda: new ones, questions, those that wait, and those answered no."""

from app.domain.topics import Channel, TopicAct
from app.services.demo.pile import HANDED_ON, PILE
from app.services.demo.values import Did, Question, Told

NEW = (
    Told(
        "Rauskalan vanhan kaupan tontilla on kasa romua ja kaksi autoa ilman ikkunoita. Lapset leikkivät "
        "siellä. Kauppaa ei ole ollut vuosiin ja omistaja asuu muualla. Kenen asia tämä on?",
        came=1,
        table="tuohikorpi",
        village="rauskala",
        name="Sinikka Purovaara",
        email="sinikka@rauskala.example",
        did=(),
    ),
    Told(
        "Kiitos asiointikyydistä. Se on pelastanut minun viikkoni. Saisiko sen myös kesällä?",
        came=2,
        table="tuohikorpi",
        village="tuohikorpi",
        channel=Channel.PAPER,
        entered="oona",
        name="Mirja Sysikangas",
        phone="040 000 2213",
        did=(),
    ),
    Told(
        "Brokars strand behöver en livboj. Den gamla har försvunnit.",
        came=3,
        table="rantakylat",
        village="siltakari_ry",
        name="Maj-Len Brokars",
        email="maj-len.brokars@brokar.example",
        language="sv",
        did=(),
    ),
    Told(
        "MITEN VOI OLLA että terveysaseman ovi ei aukea painikkeesta?? Olen soittanut siitä jo kahdesti. "
        "Rollaattori, kassi ja raskas ovi, koittakaa itse.",
        came=5,
        table="kirkonseutu",
        village="kirkonkyla",
        channel=Channel.PHONE,
        entered="tiina",
        name="Raili Torinvarsi",
        phone="040 000 2231",
        did=(),
    ),
    Told(
        "Järjestöille yhteinen koulutus: some, laskutus ja vuosi-ilmoitukset.",
        came=6,
        table="palvelut",
        village="martat",
        channel=Channel.EMAIL,
        name="Ritva Kuparipannu",
        email="ritva@spovsund.example",
        did=(),
    ),
)

ASKED = (
    Told(
        "Tie on huono.",
        came=14,
        table="tuohikorpi",
        village="vaarakangas",
        name="Jouko Väärälä",
        email="jouko.vaarala@vaarakangas.example",
        did=(
            Did(TopicAct.ASK, 2, "Kiitos viestistä! Mistä tiestä on kyse ja mikä siinä on huonoa? Riittää "
                                 "muutama sana, niin osaamme kutsua oikean ihmisen."),
        ),
    ),
    Told(
        "Museoveneen katto pitää tehdä ennen kuin vene on entinen.",
        came=13,
        table="rantakylat",
        village="kuovinluoto_ry",
        channel=Channel.AT_MEETING,
        entered="jonas",
        name="Carola Spovströmmer",
        email="carola@spovholmen.example",
        did=(
            Did(TopicAct.ASK, 3, "Kuka veneen omistaa, ja onko kylällä jo piirustus katoksesta?", by="jonas"),
        ),
    ),
)  # fmt: skip

WAITING = (
    Told(
        "Ulkoviirin satamalaiturin pollari on irti. Iso vene vei sen mennessään.",
        came=19,
        table="rantakylat",
        village="ulkoviiri_ry",
        to="tekninen",
        name="Ragnar Utterklint",
        email="ragnar@utvira.example",
        did=(Did(TopicAct.ACCEPT, 4, "Kiitos. Tekninen toimi katsoo laiturin ennen seuraavaa pöytää."),),
        measures=("varautuminen",),
        title="Ulkoviirin satamalaituri",
        wished=15,
        asked=(
            Question(
                "tekninen",
                "Hei! Onko laiturin korjaus tilattu, ja ehtiikö se ennen avovettä?",
                after=5,
                due=7,
                reminded=10,
            ),
        ),
    ),
    Told(
        "Talvikalastajien parkkipaikka Särkifladalle, nyt autot ovat pellolla.",
        came=24,
        table="rantakylat",
        village="sarkiflada",
        to="tekninen",
        channel=Channel.FEEDBACK_BOX,
        entered="jonas",
        title="Talvikalastajien pysäköinti Särkifladalla",
        asked=(
            Question(
                "tekninen",
                "Hei! Voiko venesataman kenttää käyttää talvella pysäköintiin, ja kuka sen auraa?",
                after=20,
                due=18,
            ),
        ),
    ),
    Told(
        "Nuotiopaikan katos nojaa. Vääräkankaan väki nostaa sen pystyyn, jos kunta antaa kaksi tolppaa.",
        came=6,
        table="tuohikorpi",
        village="vaarakangas_ry",
        to="tekninen",
        name="Marketta Kangaspelto",
        email="marketta@vaarakangas.example",
        wished=10,
        measures=("reitit",),
        title="Nuotiopaikan katos Vääräkankaalla",
        did=(Did(TopicAct.ACCEPT, 3, "Kiitos! Asialista ehti jo valmistua, joten aihe tulee seuraavaan."),),
    ),
    Told(
        "Omaishoitajien saunailta kerran kuussa. Sauna on, lämmittäjä puuttuu.",
        came=15,
        table="palvelut",
        village="omaishoitajat",
        to="vapaa_aika",
        name="Paavo Hoivasalo",
        email="paavo@kuovinsalmenomaishoitajat.example",
        measures=("omaishoito",),
        title="Omaishoitajien saunailta",
    ),
    Told(
        "Valaistu kuntorata ulottumaan Hietasuvantoon asti. Matkaa on 1,8 km ja innokkaita paljon.",
        came=430,
        table="tuohikorpi",
        village="hietasuvanto_ry",
        to="vapaa_aika",
        name="Timo Hietakero",
        email="timo@hietasuvanto.example",
        measures=("reitit", "valaistus"),
        title="Valaistun kuntoradan jatko Hietasuvantoon",
        did=(
            Did(TopicAct.ACCEPT, 5),
            Did(TopicAct.POSTPONE, 30, "Seuraavaan pöytään tulee jo neljä asiaa. Otamme tämän sen "
                                       "jälkeiseen, kun kuntoradan kunnostuksen hinta on selvillä."),
        ),
    ),
    Told(
        "Pappilanvainion kesäteatteri tarvitsee katsomon. Näytelmä on jo kirjoitettu.",
        came=110,
        table="kirkonseutu",
        village="pappilanvainio_ry",
        to="vapaa_aika",
        channel=Channel.EMAIL,
        entered="riikka",
        name="Saara Vainiokumpu",
        email="saara@pappilanvainio.example",
        title="Kesäteatterin katsomo Pappilanvainiolle",
        did=(
            Did(TopicAct.POSTPONE, 6, "Hieno ajatus. Palataan tähän, kun maanvuokraus on selvinnyt "
                                      "seurakunnan kanssa."),
        ),
    ),
)  # fmt: skip

CLOSED = (
    Told(
        "Naapurin aita on metrin meidän puolella. Käskekää siirtää.",
        came=230,
        table="kirkonseutu",
        village="sahanpelto",
        name="Sahanpellon asukas",
        email="asukas@sahanpelto.example",
        did=(
            Did(TopicAct.DECLINE, 3, "Kahden naapurin rajasta ei voi keskustella julkisessa pöydässä. "
                                     "Soittakaa maanmittauspalveluun: rajan paikka selviää rajankäynnillä."),
        ),
        title="Rajariita",
    ),
    Told(
        "Lääkäriajan odotus on seitsemän viikkoa. Lisää lääkäreitä nyt heti!",
        came=300,
        table="kirkonseutu",
        village="asemantaus",
        to="hyvinvointialue",
        channel=Channel.PAPER,
        entered="tiina",
        did=(
            Did(TopicAct.DECLINE, 8, "Lääkärien määrä kuuluu hyvinvointialueelle. Olemme vieneet viestinne "
                                     "sinne, ja he vastaavat suoraan. Pöydässä puhumme vastaanotoista "
                                     "kylillä."),
        ),
        title="Lääkäriaikojen odotus",
    ),
    Told(
        "Vi vill ha en egen bytidning på svenska.",
        came=410,
        table="rantakylat",
        village="hamppulahti_ry",
        name="Sol-Britt Hampfält",
        email="sol-britt@hampvik.example",
        language="sv",
        did=(
            Did(TopicAct.ASK, 4, "Berätta gärna mera: hur ofta, och vem skriver?", by="jonas"),
            Did(TopicAct.REPLY, 10, "Fyra gånger om året. Skribenter har vi inte ännu.", by=None),
            Did(TopicAct.DECLINE, 15, "Kommunens bytidning har plats för två sidor på svenska i varje "
                                      "nummer. Ni är välkomna dit, så vi tar inte upp en egen tidning vid "
                                      "bordet.", by="jonas"),
        ),
        title="Egen bytidning på svenska",
    ),
    Told(
        "Haluan perua kyläkarhun. Se oli hirvi. Anteeksi.",
        came=150,
        table="tuohikorpi",
        village="kettusaarva",
        name="Ilmari Saarvanen",
        email="ilmari@kettusaarva.example",
        did=(Did(TopicAct.WITHDRAW, 1, by=None),),
        title="Karhu kylätiellä",
    ),
)  # fmt: skip

TOPICS = (*NEW, *ASKED, *WAITING, *PILE, *HANDED_ON, *CLOSED)
