"""The first year at the table of the shore and the islands, where people talk in Finnish and in Swedish."""

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

PARKING = Told(
    "Siltakarin venerannan parkkipaikka on kesäviikonloppuisin niin täynnä, ettei pelastusauto pääse "
    "rantaan. Kyläyhdistys on laittanut kyltin, mutta ei sitä kukaan usko.",
    came=41,
    village="siltakari_ry",
    to="tekninen",
    name="Seppo Karinranta",
    email="seppo.karinranta@brokar.example",
    wished=15,
    measures=("varautuminen",),
    title="Siltakarin venerannan pysäköinti ja pelastustie",
)

SIGNS = Told(
    "Byvägens skyltar är bara på finska fast över hälften av oss talar svenska. Vi har påpekat detta förut. "
    "Det är inte en stor sak att måla en skylt, men det är en stor sak att känna sig välkommen hem.",
    came=37,
    village="siltakari_ry",
    to="tekninen",
    name="Börje Lindskata",
    email="borje.lindskata@brokar.example",
    language="sv",
    wished=10,
    measures=("viestinta",),
    title="Tvåspråkiga skyltar längs byvägen",
)

REEDS = Told(
    "Ruovikko umpeuttaa Särkifladan. Kymmenen vuotta sitten siinä sai vielä haukea.",
    came=26,
    village="sarkiflada",
    to="ymparisto",
    channel=Channel.PAPER,
    entered="jonas",
    name="Lasse Särkivainio",
    measures=("vedet",),
    title="Särkifladan ruovikon niitto",
)

FIRST = Evening(
    table="rantakylat",
    days=-690,
    heading="Rantakylien ensimmäinen pöytä · Kustbyarnas första bord",
    items=(
        opening(
            Said("Kerrottiin, että jokainen puhuu omaa kieltään ja tarvittaessa käännetään. Var och en talar "
                 "sitt eget språk."),
        ),
        news(Said("Esiteltiin kumppanuuspöydän tapa toimia: dialogi ennen päätöksentekoa.",
                  by="hyvinvointi")),
        Item(
            20,
            told=PARKING,
            title_sv="Parkering och räddningsväg vid båtstranden i Brokar",
            notes=(
                Said("Katsottiin kuvia kesältä. Pidettiin tärkeänä, että pelastustie on auki kaikissa "
                     "oloissa."),
                Said("Kyläyhdistys ehdotti maalausta, kiviä reunaan ja varapaikkaa hiekkakentältä.",
                     by="siltakari_ry"),
                Said("Tekninen toimi kertoi, että alue on osin kunnan ja osin osakaskunnan. Jatkosta "
                     "keskustellaan ensin osakaskunnan kanssa.", by="tekninen"),
            ),
            promises=(
                Promise(
                    "Merkitään pelastustie ja etsitään varapaikka osakaskunnan kanssa.", "tekninen", 150,
                    State.DONE,
                    "Pelastustie merkitty ja kivet paikallaan. Hiekkakentälle mahtuu 30 autoa.",
                    ("varautuminen",), "kari",
                ),
            ),
        ),
        Item(
            15,
            told=SIGNS,
            title_sv="Tvåspråkiga skyltar längs byvägen",
            notes=(
                Said("Man lyfte fram att skyltarna är en fråga om att bli sedd. Flera delade erfarenheten.",
                     by="siltakari_ry"),
                Said("Tekninen toimi kertoi, että kunnan kylttejä uusitaan vuosittain ja kaksikieliset "
                     "voidaan ottaa ensimmäisinä.", by="tekninen"),
                Said("Frågades om enskilda vägars skyltar. Svarades att väglaget kan få modell och mått av "
                     "kommunen."),
            ),
            promises=(
                Promise(
                    "Uusitaan Siltakarin kylätien kunnan kyltit kaksikielisinä.", "tekninen", 240, State.DONE,
                    "Yhdeksän kylttiä vaihdettu. Nio skyltar har bytts.", ("viestinta",),
                ),
            ),
        ),
        Item(
            15,
            told=REEDS,
            title_sv="Klippning av vassen i Mörtfladan",
            notes=(
                Said("Ympäristötoimi kertoi, että niitosta tehdään ilmoitus ja lintujen pesintä on otettava "
                     "huomioon.",
                     by="ymparisto"),
                Said("Pohdittiin, kelpaisiko ruoko maanparannukseen. Eräs viljelijä oli kiinnostunut."),
                Said("Viedään valmisteluun yhdessä osakaskunnan kanssa."),
            ),
            promises=(
                Promise(
                    "Tehdään Särkifladan niitosta ilmoitus ja kysytään tarjous.", "ymparisto", 200,
                    State.DONE,
                    "Kaksi hehtaaria niitetty loppukesällä. Ruoko meni pellolle.", ("vedet",), "johanna",
                ),
            ),
        ),
        other(Said("Kysyttiin venepaikkojen jonosta. Jonon saa nähtäville kunnan sivulle.")),
        *closing(),
    ),
    came=(("siltakari_ry", 3), ("sarkiflada", 1), ("hamppulahti_ry", 2), ("kuovinluoto_ry", 1), (None, 8),
          ("tekninen", 1), ("ymparisto", 1), ("hyvinvointi", 3)),
)  # fmt: skip

FERRY = Told(
    "Förbindelsebåten går från Utvira 6.50 och 16.10. Hälsostationens tider börjar klockan 9 och läkaren är "
    "på plats onsdagar, då båten inte går om det blåser. Vi önskar att någon tittar på båten, tiderna och "
    "vården SAMTIDIGT och inte var för sig.",
    came=44,
    village="ulkoviiri_ry",
    to="hyvinvointialue",
    name="Gunvor Utterklint",
    email="gunvor.utterklint@utvira.example",
    language="sv",
    wished=20,
    measures=("vastaanotto", "asiointikyyti"),
    title="Båttider och vårdtider för Utvira",
)

RAMP = Told(
    "Kuovinluodon kylätalolle ei pääse pyörätuolilla. Kaksi porrasta. Kahden portaan takia kaksi ihmistä on "
    "ollut poissa jokaisesta joulujuhlasta.",
    came=29,
    village="kuovinluoto_ry",
    to="tekninen",
    channel=Channel.PHONE,
    entered="oona",
    name="Pentti Luotonen-Kuovi",
    phone="040 000 2220",
    measures=("esteettomyys",),
    title="Luiska Kuovinluodon kylätalolle",
)

SECOND = Evening(
    table="rantakylat",
    days=-505,
    items=(
        opening(),
        since(
            Said("Pelastustie on merkitty ja kaksikieliset kyltit ovat tilauksessa. Tästä kiiteltiin."),
            Said("Niitosta on tehty ilmoitus.", by="ymparisto"),
        ),
        Item(
            10, "Saaristoliikenteen aikataulut", ItemKind.PRESENTATION, presenter="Elinvoimapalvelut",
            title_sv="Skärgårdstrafikens tidtabeller",
            notes=(Said("Kerrottiin, että aikatauluista saa antaa palautetta ennen kuin valtio kilpailuttaa "
                        "reitin.",
                        by="elinvoima"),),
        ),
        Item(
            25,
            told=FERRY,
            title_sv="Båttider och vårdtider för Utvira",
            notes=(
                Said("Från Utvira berättades att ett läkarbesök tar hela dagen och ibland två.",
                     by="ulkoviiri_ry"),
                Said("Hyvinvointialue kertoi, että saarelle voidaan varata peräkkäisiä aikoja samalle "
                     "päivälle.",
                     by="hyvinvointialue"),
                Said("Ehdotettiin kolmen osapuolen palaveria: saarelaiset, hyvinvointialue ja "
                     "liikennöitsijä."),
                Said("Toivottiin sairaanhoitajaa saarelle edes kaksi kertaa vuodessa, influenssarokotusten "
                     "aikaan."),
            ),
            promises=(
                Promise(
                    "Kutsutaan saarelaiset, hyvinvointialue ja liikennöitsijä saman pöydän ääreen.",
                    "hyvinvointi", 45, State.DONE,
                    "Palaveri pidetty. Keskiviikon vuoro odottaa vastaanoton päättymistä, jos siitä soittaa.",
                    ("vastaanotto",), "jonas",
                ),
                Promise(
                    "Selvitetään hoitajan käyntipäivä Ulkoviiriin kaksi kertaa vuodessa.", "hyvinvointialue",
                    300,
                    State.DONE, "Ensimmäinen käyntipäivä pidetty: 23 rokotettua, 9 muuta käyntiä.",
                    ("vastaanotto",), "mika",
                ),
            ),
        ),
        Item(
            15,
            told=RAMP,
            title_sv="Ramp till byahuset på Spovholmen",
            notes=(
                Said("Kylätalon omistaa kyläyhdistys. Talkooväkeä löytyy, ohjeita ja mitoitusta toivottiin "
                     "kunnalta.",
                     by="kuovinluoto_ry"),
                Said("Tekninen toimi lupasi piirustuksen ja käynnin paikalla.", by="tekninen"),
            ),
            promises=(
                Promise(
                    "Piirretään luiska ja neuvotaan talkooväkeä paikan päällä.", "tekninen", 60, State.DONE,
                    "Luiska valmistui. Joulujuhlassa oli koko saari.", ("esteettomyys",), "kari",
                ),
            ),
        ),
        other(Said("Toivottiin pöydän pitämistä joskus Ulkoviirissä, jos sää ja vene sallivat.")),
        *closing(),
    ),
    came=(("ulkoviiri_ry", 2), ("kuovinluoto_ry", 2), ("siltakari_ry", 2), ("hamppulahti_ry", 1), (None, 5),
          ("hyvinvointialue", 2), ("elinvoima", 1), ("tekninen", 1), ("hyvinvointi", 2)),
)  # fmt: skip

EVENINGS = (FIRST, SECOND)
