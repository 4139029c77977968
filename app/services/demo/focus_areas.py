"""The four focus areas of Kuovinsalmi's welfare plan and their measures, each with a key for other files."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measure; `schedule` may name the years of the term by {0} to {3}."""

    key: str
    text: str
    indicators: tuple[str, ...]
    schedule: str
    responsible: tuple[str, ...]
    monitoring: str | None = None


TECHNICAL, LEISURE, EDUCATION = "Tekninen toimi", "Kulttuuri- ja vapaa-aikatoimi", "Sivistystoimi"
WELFARE, VITALITY, NATURE = "Hyvinvointi ja osallisuus", "Elinvoimapalvelut", "Ympäristötoimi"
COUNTY, VILLAGES, EARLY = "Länsikaaren hyvinvointialue", "Kuovinsalmen Kylät", "Varhaiskasvatus"

AREAS: tuple[tuple[str, tuple[tuple[str, tuple[Row, ...]], ...]], ...] = (
    (
        "Arki sujuu joka kylässä",
        (
            (
                "Lähipalvelut ja yhteydet pysyvät asukkaiden ulottuvilla",
                (
                    Row(
                        "asiointikyyti",
                        "Järjestetään kylille asiointikyyti kirkonkylään ja takaisin vähintään kerran "
                        "viikossa",
                        ("kyytien määrä (kpl/v)", "matkustajat (hlöä/v)"),
                        "Kokeilu {0}, vakiintunut {1}–",
                        (VITALITY, VILLAGES),
                    ),
                    Row(
                        "kirjastoauto",
                        "Sovitetaan kirjastoauton pysäkit ja aikataulu kylien toiveisiin vuosittain",
                        ("pysäkit (kpl)", "lainat kirjastoautosta (kpl/v)"),
                        "Vuosittain",
                        (LEISURE,),
                    ),
                    Row(
                        "tiet",
                        "Avustetaan yksityisteiden kunnossapitoa ja neuvotaan tiekuntia",
                        ("avustetut tiet (km)", "neuvontakäynnit (kpl/v)"),
                        "Jatkuva",
                        (TECHNICAL,),
                    ),
                    Row(
                        "verkko",
                        "Kartoitetaan katvealueet ja edistetään valokuituyhteyksiä haja-asutusalueella",
                        ("kartoitetut kylät (kpl)", "valokuitutaloudet (%)"),
                        "{0}–{2}",
                        (VITALITY,),
                    ),
                    Row(
                        "vastaanotto",
                        "Sovitaan hyvinvointialueen kanssa hoitajan vastaanotosta kylätaloilla ja saarissa",
                        ("vastaanottopäivät (kpl/v)", "kävijät (hlöä/v)"),
                        "{1}–{3}",
                        (COUNTY, WELFARE),
                    ),
                    Row(
                        "kierratys",
                        "Lisätään kierrätyspisteitä ja kiertäviä keräyksiä yhdessä jäteyhtiön kanssa",
                        ("kierrätyspisteet (kpl)", "keräyspäivät kylillä (kpl/v)"),
                        "{1}–{2}",
                        (NATURE, "Meriruoko Jätehuolto"),
                    ),
                ),
            ),
            (
                "Tilat ovat yhteisessä käytössä",
                (
                    Row(
                        "kylatilat",
                        "Avataan tyhjät koulut ja muut kunnan tilat kylien ja järjestöjen käyttöön",
                        ("tilojen käyttötunnit (h/v)", "käyttäjäryhmät (kpl)"),
                        "Jatkuva",
                        (TECHNICAL, LEISURE),
                    ),
                    Row(
                        "esteettomyys",
                        "Tehdään esteettömyyskierros kokoontumistiloihin ja korjataan helpot puutteet",
                        ("kierretyt tilat (kpl)", "korjatut puutteet (kpl)"),
                        "{0}–{1}",
                        (TECHNICAL, "Vammaisneuvosto"),
                    ),
                    Row(
                        "kalusto",
                        "Perustetaan kylien yhteinen lainattavien tarvikkeiden varasto",
                        ("lainaukset (kpl/v)",),
                        "{1}",
                        (VILLAGES, LEISURE),
                    ),
                ),
            ),
        ),
    ),
    (
        "Kukaan ei jää yksin",
        (
            (
                "Ikääntyneet osallistuvat ja liikkuvat",
                (
                    Row(
                        "ikaliikunta",
                        "Viedään ohjattua voima- ja tasapainoharjoittelua kylätaloille",
                        ("ryhmät (kpl)", "osallistumiskerrat (kpl/v)"),
                        "Joka lukukausi",
                        (LEISURE, "Kuovinsalmen Eläkkeensaajat"),
                    ),
                    Row(
                        "ystavat",
                        "Vahvistetaan vapaaehtoisten ystävätoimintaa ja soittorinkiä",
                        ("vapaaehtoiset (hlöä)", "ystäväparit (kpl)"),
                        "Jatkuva",
                        ("Kuovinsalmen Ystäväapu", "Kuovinsalmen seurakunta", WELFARE),
                    ),
                    Row(
                        "lounas",
                        "Järjestetään yhteisiä lounaita, joille voi tulla yksin",
                        ("lounaspäivät (kpl/v)", "ruokailijat (hlöä/kerta)"),
                        "Kuukausittain {0}–",
                        ("Kuovinsalmen Martat", "Kuovinsalmen seurakunta", WELFARE),
                    ),
                    Row(
                        "digituki",
                        "Tarjotaan digitukea kirjastossa ja kiertäen kylillä",
                        ("tukikerrat (kpl/v)", "kylät, joissa käyty (kpl)"),
                        "Jatkuva",
                        (LEISURE, "Kuovinsalmen Eläkkeensaajat"),
                    ),
                ),
            ),
            (
                "Läheistään hoitava saa tukea",
                (
                    Row(
                        "omaishoito",
                        "Tuetaan omaishoitajien vertaisryhmiä ja virkistyspäiviä",
                        ("ryhmät (kpl)", "virkistyspäivään osallistuneet (hlöä)"),
                        "Vuosittain",
                        ("Kuovinsalmen Omaishoitajat", COUNTY),
                    ),
                    Row(
                        "ruoka-apu",
                        "Sovitetaan ruoka-avun jakajat, paikat ja ajat yhteen",
                        ("jakokerrat (kpl/v)", "autetut taloudet (kpl/v)"),
                        "{0}–{1}",
                        ("Kuovinsalmen seurakunta", "Kuovinsalmen Ystäväapu", WELFARE),
                    ),
                ),
            ),
        ),
    ),
    (
        "Lapset ja nuoret voivat hyvin",
        (
            (
                "Jokaisella on mieluisa harrastus ja paikka olla",
                (
                    Row(
                        "nuorisotila",
                        "Pidetään nuorisotila auki myös viikonloppuisin nuorten toivomina aikoina",
                        ("aukiolotunnit (h/vko)", "kävijät (hlöä/ilta)"),
                        "{0}–",
                        (LEISURE, "Kuovinsalmen Nuorisoseura"),
                    ),
                    Row(
                        "harrastus",
                        "Kokeillaan harrastuskaveria ja maksuttomia välineitä lapsille ja nuorille",
                        ("harrastuskaverit (hlöä)", "lainatut välineet (kpl/v)"),
                        "{1}–{2}",
                        (LEISURE, EDUCATION),
                    ),
                    Row(
                        "leikkipaikat",
                        "Kunnostetaan leikkipaikat yhdessä lasten ja vanhempien kanssa, yksi vuodessa",
                        ("kunnostetut leikkipaikat (kpl)", "suunnitteluun osallistuneet (hlöä)"),
                        "Yksi vuodessa",
                        (TECHNICAL, EARLY),
                    ),
                    Row(
                        "uimataito",
                        "Järjestetään uimakouluja rannoilla ja kyytejä uimahalliin",
                        ("uimakoululaiset (hlöä/v)", "uimahallikyydit (kpl/v)"),
                        "Vuosittain",
                        (LEISURE,),
                    ),
                ),
            ),
            (
                "Koulutie ja päivä ovat turvallisia",
                (
                    Row(
                        "koulutie",
                        "Kartoitetaan koulumatkojen vaaranpaikat ja parannetaan pysäkkejä ja suojateitä",
                        ("kartoitetut reitit (kpl)", "parannetut kohteet (kpl/v)"),
                        "{0}–{3}",
                        (TECHNICAL, EDUCATION),
                        "Liikenneturvallisuusryhmä kaksi kertaa vuodessa",
                    ),
                ),
            ),
        ),
    ),
    (
        "Turvallinen ja lähellä luontoa",
        (
            (
                "Luonto ja liikunta ovat kotiovella",
                (
                    Row(
                        "reitit",
                        "Hoidetaan latuja, polkuja ja uimapaikkoja kylien talkoolaisten kanssa",
                        ("hoidetut reitit (km)", "talkootunnit (h/v)"),
                        "Jatkuva",
                        (LEISURE, VILLAGES),
                    ),
                    Row(
                        "vedet",
                        "Parannetaan lähivesien tilaa: ruovikoiden niitto, jätevesineuvonta, seuranta",
                        ("niitetty ala (ha/v)", "näkösyvyys (m)"),
                        "{0}–{3}",
                        (NATURE,),
                    ),
                ),
            ),
            (
                "Ympäristö on turvallinen ja varaudumme yhdessä",
                (
                    Row(
                        "valaistus",
                        "Täydennetään valaistusta ja kunnossapitoa pimeillä ja liukkailla kulkureiteillä",
                        ("uudet valopisteet (kpl)", "liukastumisilmoitukset (kpl/v)"),
                        "{0}–{2}",
                        (TECHNICAL,),
                    ),
                    Row(
                        "varautuminen",
                        "Laaditaan kylille turvallisuussuunnitelmat ja varustetaan kylätaloja "
                        "häiriötilanteisiin",
                        ("kylien turvallisuussuunnitelmat (kpl)", "varavoimalla varustetut kylätalot (kpl)"),
                        "{1}–{3}",
                        (TECHNICAL, VILLAGES, COUNTY),
                    ),
                ),
            ),
            (
                "Asukkaan ääni kuuluu ennen päätöksiä",
                (
                    Row(
                        "poydat",
                        "Kootaan asukkaiden asiat kumppanuuspöytiin ja kerrotaan, mitä niille tapahtui",
                        ("pöydissä keskustellut asiat (kpl/v)", "vastauksen saaneet ehdottajat (%)"),
                        "Pöydät 2 ja 4 kertaa vuodessa",
                        (WELFARE, VILLAGES),
                        "Vuosiraportti valtuustolle",
                    ),
                    Row(
                        "viestinta",
                        "Kerrotaan kunnan asioista selkeästi suomeksi ja ruotsiksi, myös paperilla",
                        ("ilmoitustaulut (kpl)", "kaksikieliset opasteet (%)"),
                        "Jatkuva",
                        (VITALITY, WELFARE),
                    ),
                ),
            ),
        ),
    ),
)
