"""The invented people of Kuovinsalmi, and who tends to come from each organisation."""

from dataclasses import dataclass

from app.domain.permissions import Role


@dataclass(frozen=True)
class Known:
    """One person with her roles: (role, key of a table or None for every table)."""

    name: str
    title: str
    email: str
    body: str
    roles: tuple[tuple[Role, str | None], ...]
    language: str = "fi"
    phone: str | None = None
    left: bool = False  # has moved on; the name stays on what was done


LOCAL = ("tuohikorpi", "rantakylat", "kirkonseutu")

PEOPLE: dict[str, Known] = {
    "riikka": Known(
        "Riikka Halmevaara",
        "hyvinvointikoordinaattori",
        "riikka.halmevaara@kuovinsalmi.example",
        "hyvinvointi",
        ((Role.COORDINATOR, None),),
        phone="040 000 1201",
    ),
    "jonas": Known(
        "Jonas Strandfelt",
        "osallisuussuunnittelija",
        "jonas.strandfelt@kuovinsalmi.example",
        "hyvinvointi",
        ((Role.COORDINATOR, "rantakylat"),),
        language="sv",
        phone="040 000 1202",
    ),
    "martti": Known(
        "Martti Kallionpesä",
        "kunnanhallituksen puheenjohtaja",
        "martti.kallionpesa@kuovinsalmi.example",
        "elinvoima",
        tuple((Role.CHAIR, table) for table in LOCAL),
    ),
    "leena": Known(
        "Leena Ojalehto",
        "toiminnanjohtaja",
        "leena.ojalehto@kuovinsalmenkylat.example",
        "kylat",
        ((Role.CHAIR, "palvelut"), (Role.REPRESENTATIVE, "palvelut")),
    ),
    "tiina": Known(
        "Tiina Puromäki",
        "toimistosihteeri",
        "tiina.puromaki@kuovinsalmi.example",
        "hyvinvointi",
        ((Role.SECRETARY, None),),
        phone="040 000 1203",
    ),
    "oona": Known(
        "Oona Vesiluoma",
        "kyläasiamies",
        "oona.vesiluoma@kuovinsalmenkylat.example",
        "kylat",
        ((Role.VILLAGE_LIAISON, None),),
        phone="040 000 1204",
    ),
    "aune": Known(
        "Aune Tuohikko",
        "kyläyhdistyksen sihteeri",
        "aune.tuohikko@tuohikorpi.example",
        "tuohikorpi_ry",
        ((Role.REPRESENTATIVE, "tuohikorpi"),),
    ),
    "reijo": Known(
        "Reijo Rauskanen",
        "kyläyhdistyksen puheenjohtaja",
        "reijo.rauskanen@rauskala.example",
        "rauskala_ry",
        ((Role.REPRESENTATIVE, "tuohikorpi"),),
    ),
    "borje": Known(
        "Börje Lindskata",
        "ordförande i byaföreningen",
        "borje.lindskata@brokar.example",
        "siltakari_ry",
        ((Role.REPRESENTATIVE, "rantakylat"),),
        language="sv",
    ),
    "gunvor": Known(
        "Gunvor Utterklint",
        "sekreterare",
        "gunvor.utterklint@utvira.example",
        "ulkoviiri_ry",
        ((Role.REPRESENTATIVE, "rantakylat"),),
        language="sv",
    ),
    "pirjo": Known(
        "Pirjo Myllyluhta",
        "asukasyhdistyksen puheenjohtaja",
        "pirjo.myllyluhta@sahanpelto.example",
        "sahanpelto_ry",
        ((Role.REPRESENTATIVE, "kirkonseutu"),),
    ),
    "anneli": Known(
        "Anneli Kortesuvi",
        "tukihenkilö",
        "anneli.kortesuvi@kuovinsalmenomaishoitajat.example",
        "omaishoitajat",
        ((Role.REPRESENTATIVE, "palvelut"),),
    ),
    "kari": Known(
        "Kari Teräslampi",
        "tekninen johtaja",
        "kari.teraslampi@kuovinsalmi.example",
        "tekninen",
        tuple((Role.OFFICIAL, table) for table in LOCAL),
    ),
    "nina": Known(
        "Nina Ekvalla",
        "vapaa-aikasihteeri",
        "nina.ekvalla@kuovinsalmi.example",
        "vapaa_aika",
        ((Role.OFFICIAL, None),),
    ),
    "petri": Known(
        "Petri Vainiosalo",
        "sivistysjohtaja",
        "petri.vainiosalo@kuovinsalmi.example",
        "sivistys",
        ((Role.OFFICIAL, "kirkonseutu"), (Role.OFFICIAL, "tuohikorpi")),
    ),
    "johanna": Known(
        "Johanna Ruovikkola",
        "ympäristösihteeri",
        "johanna.ruovikkola@kuovinsalmi.example",
        "ymparisto",
        ((Role.OFFICIAL, "rantakylat"),),
    ),
    "mika": Known(
        "Mika Aarnipelto",
        "järjestöyhteistyön asiantuntija",
        "mika.aarnipelto@lansikaari.example",
        "hyvinvointialue",
        ((Role.OFFICIAL, "palvelut"),),
    ),
    "sirpa": Known(
        "Sirpa Aittokumpu",
        "valtuutettu",
        "sirpa.aittokumpu@kuovinsalmi.example",
        "hyvinvointi",
        ((Role.READER, None),),
    ),
    "olavi": Known(
        "Olavi Kangasrinta",
        "kyläasiamies (hanke päättynyt)",
        "olavi.kangasrinta@kuovinsalmenkylat.example",
        "kylat",
        ((Role.VILLAGE_LIAISON, None),),
        left=True,
    ),
}

# Who comes: the first so many of a list are the names that the inside memo keeps.
COMERS: dict[str, tuple[str, ...]] = {
    "tuohikorpi_ry": ("Aune Tuohikko", "Väinö Kaskela-Tuohi", "Mirja Sysikangas", "Teuvo Honkaperä"),
    "rauskala_ry": ("Reijo Rauskanen", "Sinikka Purovaara", "Kauko Myllykivi"),
    "hietasuvanto_ry": ("Eila Suvantola", "Timo Hietakero", "Ulla Suvantola"),
    "vaarakangas_ry": ("Jouko Väärälä", "Marketta Kangaspelto"),
    "kettusaarva": ("Ilmari Saarvanen", "Sanni Saarvanen"),
    "tiekunta": ("Kauko Myllykivi",),
    "siltakari_ry": ("Börje Lindskata", "Maj-Len Brokars", "Seppo Karinranta"),
    "kuovinluoto_ry": ("Pentti Luotonen-Kuovi", "Carola Spovströmmer"),
    "ulkoviiri_ry": ("Gunvor Utterklint", "Ragnar Utterklint"),
    "hamppulahti_ry": ("Kristina Hampfält", "Ahti Hamppunen", "Sol-Britt Hampfält"),
    "sarkiflada": ("Lasse Särkivainio",),
    "sahanpelto_ry": ("Pirjo Myllyluhta", "Jani Sahanterä", "Kaisa-Leena Lastukoski"),
    "asemantaus_ry": ("Hannu Ratapelto", "Terttu Veturila"),
    "pappilanvainio_ry": ("Saara Vainiokumpu", "Antero Kellokoivu"),
    "kirkonkyla": ("Raili Torinvarsi", "Matti Kellotapuli"),
    "nuorisoseura": ("Veera Kipinäaho", "Eetu Lavatanhu"),
    "elakkeensaajat": ("Toivo Ehtoola", "Irja Lehtokumpu"),
    "omaishoitajat": ("Anneli Kortesuvi", "Paavo Hoivasalo"),
    "martat": ("Ritva Kuparipannu", "Britta Kaffelund"),
    "ystavaapu": ("Sari Lähivaara", "Yusuf Hanaoglu"),
    "seurakunta": ("Helena Kirkkoharju",),
    "kylat": ("Leena Ojalehto", "Oona Vesiluoma"),
    "tekninen": ("Kari Teräslampi", "Juha Katuluoma"),
    "vapaa_aika": ("Nina Ekvalla", "Tomi Hiihtokangas"),
    "sivistys": ("Petri Vainiosalo",),
    "varhaiskasvatus": ("Minna Pikkuharju",),
    "ymparisto": ("Johanna Ruovikkola",),
    "elinvoima": ("Martti Kallionpesä", "Essi Kauppaluoto"),
    "hyvinvointi": ("Riikka Halmevaara", "Tiina Puromäki", "Jonas Strandfelt"),
    "hyvinvointialue": ("Mika Aarnipelto", "Satu Hoitokallio"),
    "jateyhtio": ("Pasi Kierrätyslahti",),
    "elinvoimakeskus": ("Anu Tienlinja",),
}
