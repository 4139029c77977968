"""The invented municipality of Kuovinsalmi (Spovsund): its tables, villages, departments and neighbours."""

from dataclasses import dataclass

from app.domain.organisations import OrganisationKind as Kind
from app.domain.tables import TableKind

NAME = "Kuovinsalmi"
MUNICIPALITY = {
    "name": "Kuovinsalmen kunta",
    "name_sv": "Spovsunds kommun",
    "languages": "fi sv",
    "phone": "019 000 1200",
    "email": "kumppanuus@kuovinsalmi.example",
}


@dataclass(frozen=True)
class Body:
    """One organisation; `parent` is the key of an association's village."""

    kind: Kind
    name: str
    name_sv: str | None = None
    email: str | None = None
    parent: str | None = None


BODIES: dict[str, Body] = {
    # Villages of the northern forests
    "tuohikorpi": Body(Kind.VILLAGE, "Tuohikorpi"),
    "rauskala": Body(Kind.VILLAGE, "Rauskala"),
    "hietasuvanto": Body(Kind.VILLAGE, "Hietasuvanto"),
    "vaarakangas": Body(Kind.VILLAGE, "Vääräkangas"),
    "kettusaarva": Body(Kind.VILLAGE, "Kettusaarva"),
    # Villages of the shore
    "siltakari": Body(Kind.VILLAGE, "Siltakari", "Brokar"),
    "kuovinluoto": Body(Kind.VILLAGE, "Kuovinluoto", "Spovholmen"),
    "sarkiflada": Body(Kind.VILLAGE, "Särkiflada", "Mörtfladan"),
    "ulkoviiri": Body(Kind.VILLAGE, "Ulkoviiri", "Utvira"),
    "hamppulahti": Body(Kind.VILLAGE, "Hamppulahti", "Hampvik"),
    # Around the church
    "kirkonkyla": Body(Kind.VILLAGE, "Kuovinsalmen kirkonkylä", "Spovsunds kyrkby"),
    "sahanpelto": Body(Kind.VILLAGE, "Sahanpelto", "Sågåkern"),
    "asemantaus": Body(Kind.VILLAGE, "Asemantaus", "Stationsbacken"),
    "pappilanvainio": Body(Kind.VILLAGE, "Pappilanvainio"),
    # Village associations
    "tuohikorpi_ry": Body(
        Kind.VILLAGE_ASSOCIATION, "Tuohikorven kyläyhdistys", None, "kyla@tuohikorpi.example", "tuohikorpi"
    ),
    "rauskala_ry": Body(
        Kind.VILLAGE_ASSOCIATION, "Rauskalan kyläyhdistys", None, "kyla@rauskala.example", "rauskala"
    ),
    "hietasuvanto_ry": Body(
        Kind.VILLAGE_ASSOCIATION,
        "Hietasuvannon kyläyhdistys",
        None,
        "kyla@hietasuvanto.example",
        "hietasuvanto",
    ),
    "vaarakangas_ry": Body(
        Kind.VILLAGE_ASSOCIATION, "Vääräkankaan kyläseura", None, "seura@vaarakangas.example", "vaarakangas"
    ),
    "siltakari_ry": Body(
        Kind.VILLAGE_ASSOCIATION,
        "Siltakarin kyläyhdistys",
        "Brokar byaförening",
        "by@brokar.example",
        "siltakari",
    ),
    "kuovinluoto_ry": Body(
        Kind.VILLAGE_ASSOCIATION,
        "Kuovinluodon kyläyhdistys",
        "Spovholmens byaförening",
        "by@spovholmen.example",
        "kuovinluoto",
    ),
    "ulkoviiri_ry": Body(
        Kind.VILLAGE_ASSOCIATION,
        "Ulkoviirin saaristolaiset",
        "Utvira skärgårdsbor",
        "holmen@utvira.example",
        "ulkoviiri",
    ),
    "hamppulahti_ry": Body(
        Kind.VILLAGE_ASSOCIATION,
        "Hamppulahden kyläyhdistys",
        "Hampviks byaförening",
        "by@hampvik.example",
        "hamppulahti",
    ),
    "sahanpelto_ry": Body(
        Kind.VILLAGE_ASSOCIATION,
        "Sahanpellon asukasyhdistys",
        "Sågåkerns invånarförening",
        "asukkaat@sahanpelto.example",
        "sahanpelto",
    ),
    "asemantaus_ry": Body(
        Kind.VILLAGE_ASSOCIATION,
        "Asemantauksen omakotiyhdistys",
        None,
        "hallitus@asemantaus.example",
        "asemantaus",
    ),
    "pappilanvainio_ry": Body(
        Kind.VILLAGE_ASSOCIATION,
        "Pappilanvainion pihapiiri",
        None,
        "piha@pappilanvainio.example",
        "pappilanvainio",
    ),
    # Departments
    "tekninen": Body(Kind.DEPARTMENT, "Tekninen toimi", "Tekniska sektorn", "tekninen@kuovinsalmi.example"),
    "sivistys": Body(Kind.DEPARTMENT, "Sivistystoimi", "Bildningssektorn", "sivistys@kuovinsalmi.example"),
    "vapaa_aika": Body(
        Kind.DEPARTMENT,
        "Kulttuuri- ja vapaa-aikatoimi",
        "Kultur- och fritidssektorn",
        "vapaa-aika@kuovinsalmi.example",
    ),
    "varhaiskasvatus": Body(
        Kind.DEPARTMENT, "Varhaiskasvatus", "Småbarnspedagogiken", "paivakodit@kuovinsalmi.example"
    ),
    "ymparisto": Body(Kind.DEPARTMENT, "Ympäristötoimi", "Miljösektorn", "ymparisto@kuovinsalmi.example"),
    "elinvoima": Body(
        Kind.DEPARTMENT, "Elinvoimapalvelut", "Livskraftstjänster", "elinvoima@kuovinsalmi.example"
    ),
    "hyvinvointi": Body(
        Kind.DEPARTMENT,
        "Hyvinvointi ja osallisuus",
        "Välfärd och delaktighet",
        "kumppanuus@kuovinsalmi.example",
    ),
    # Associations
    "elakkeensaajat": Body(
        Kind.ASSOCIATION, "Kuovinsalmen Eläkkeensaajat", None, "kerho@kuovinsalmenelakkeensaajat.example"
    ),
    "omaishoitajat": Body(
        Kind.ASSOCIATION, "Kuovinsalmen Omaishoitajat", None, "tuki@kuovinsalmenomaishoitajat.example"
    ),
    "martat": Body(
        Kind.ASSOCIATION, "Kuovinsalmen Martat", "Spovsunds Marthaförening", "martha@spovsund.example"
    ),
    "nuorisoseura": Body(
        Kind.ASSOCIATION, "Kuovinsalmen Nuorisoseura", None, "seura@kuovinsalmennuoret.example"
    ),
    "ystavaapu": Body(
        Kind.ASSOCIATION, "Kuovinsalmen Ystäväapu", "Spovsunds Vänhjälp", "apu@kuovinsalmi-ystavat.example"
    ),
    "seurakunta": Body(
        Kind.ASSOCIATION, "Kuovinsalmen seurakunta", "Spovsunds församling", "virasto@ksrk.example"
    ),
    "kylat": Body(Kind.UMBRELLA, "Kuovinsalmen Kylät", "Spovsunds Byar", "kylat@kuovinsalmenkylat.example"),
    # Outside the municipality
    "hyvinvointialue": Body(
        Kind.OUTSIDE_BODY,
        "Länsikaaren hyvinvointialue",
        "Västbågens välfärdsområde",
        "yhteys@lansikaari.example",
    ),
    "elinvoimakeskus": Body(
        Kind.OUTSIDE_BODY,
        "Länsikaaren elinvoimakeskus",
        "Västbågens livskraftscentral",
        "kirjaamo@lansikaarenkeskus.example",
    ),
    "jateyhtio": Body(
        Kind.OUTSIDE_BODY, "Meriruoko Jätehuolto", "Meriruoko Avfallshantering", "palvelu@meriruoko.example"
    ),
    "tiekunta": Body(Kind.OUTSIDE_BODY, "Rauskalan tiekunta", None, "tiekunta@rauskala.example"),
}


@dataclass(frozen=True)
class TableOf:
    """One partnership table and the keys of who belongs to it."""

    name: str
    name_sv: str | None
    kind: TableKind
    meetings_a_year: int
    area: str
    description: str
    place: str
    languages: str
    bodies: tuple[str, ...]


TABLES: dict[str, TableOf] = {
    "tuohikorpi": TableOf(
        "Tuohikorven lähikumppanuuspöytä",
        "Tuohikorpi lokala partnerskapsbord",
        TableKind.LOCAL,
        2,
        "Tuohikorpi, Rauskala, Hietasuvanto, Vääräkangas ja Kettusaarva",
        "Pohjoisten metsäkylien pöytä: tiet, yhteydet, kyläkoulun tilat ja arjen palvelut. Jokainen voi "
        "tuoda asian, eikä kyläyhdistykseen tarvitse kuulua.",
        "Tuohikorven entinen koulu, ruokasali",
        "fi",
        (
            "tuohikorpi", "rauskala", "hietasuvanto", "vaarakangas", "kettusaarva",
            "tuohikorpi_ry", "rauskala_ry", "hietasuvanto_ry", "vaarakangas_ry", "tiekunta",
        ),
    ),
    "rantakylat": TableOf(
        "Rantakylien lähikumppanuuspöytä",
        "Kustbyarnas lokala partnerskapsbord",
        TableKind.LOCAL,
        2,
        "Siltakari, Kuovinluoto, Särkiflada, Ulkoviiri ja Hamppulahti",
        "Rannikon ja saarten pöytä. Keskustelemme suomeksi ja ruotsiksi. Vid bordet talas både finska och "
        "svenska.",
        "Siltakarin kylätalo",
        "fi sv",
        (
            "siltakari", "kuovinluoto", "sarkiflada", "ulkoviiri", "hamppulahti",
            "siltakari_ry", "kuovinluoto_ry", "ulkoviiri_ry", "hamppulahti_ry",
        ),
    ),
    "kirkonseutu": TableOf(
        "Kirkonseudun lähikumppanuuspöytä",
        "Kyrkbygdens lokala partnerskapsbord",
        TableKind.LOCAL,
        3,
        "Kirkonkylä, Sahanpelto, Asemantaus ja Pappilanvainio",
        "Kirkonkylän ja sen asuinalueiden pöytä: kadut, puistot, nuorten tilat ja yhteiset tapahtumat.",
        "Kunnantalon valtuustosali",
        "fi",
        (
            "kirkonkyla", "sahanpelto", "asemantaus", "pappilanvainio",
            "sahanpelto_ry", "asemantaus_ry", "pappilanvainio_ry", "nuorisoseura",
        ),
    ),
    "palvelut": TableOf(
        "Palvelujen ja kolmannen sektorin kumppanuuspöytä",
        "Partnerskapsbordet för tjänster och tredje sektorn",
        TableKind.SERVICES,
        4,
        "Koko kunta",
        "Järjestöt, seurakunta, kunnan palvelut ja hyvinvointialue saman pöydän ääressä neljä kertaa "
        "vuodessa.",
        "Kirjaston Luotsi-sali",
        "fi sv",
        (
            "elakkeensaajat", "omaishoitajat", "martat", "nuorisoseura", "ystavaapu", "seurakunta",
            "kylat", "hyvinvointialue",
        ),
    ),
}  # fmt: skip
