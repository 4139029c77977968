"""The municipalities of Finland, found in text in their basic form and in the genitive."""

import re
from functools import cache

_NAMES = """
Akaa Alajärvi Alavieska Alavus Asikkala Askola Aura Brändö Eckerö Enonkoski Enontekiö Espoo Eura
Eurajoki Evijärvi Finström Forssa Föglö Geta Haapajärvi Haapavesi Hailuoto Halsua Hamina Hammarland
Hankasalmi Hanko Harjavalta Hartola Hattula Hausjärvi Heinola Heinävesi Helsinki Hirvensalmi Hollola
Huittinen Humppila Hyrynsalmi Hyvinkää Hämeenkyrö Hämeenlinna Ii Iisalmi Iitti Ikaalinen Ilmajoki
Ilomantsi Imatra Inari Ingå Inkoo Isojoki Isokyrö Janakkala Joensuu Jokioinen Jomala Joroinen Joutsa
Juuka Juupajoki Juva Jyväskylä Jämijärvi Jämsä Järvenpää Kaarina Kaavi Kajaani Kalajoki Kangasala
Kangasniemi Kankaanpää Kannonkoski Kannus Karijoki Karkkila Karstula Karvia Kaskinen Kauhajoki Kauhava
Kauniainen Kaustinen Keitele Kemi Kemijärvi Keminmaa Kemiönsaari Kempele Kerava Keuruu Kihniö Kinnula
Kirkkonummi Kitee Kittilä Kiuruvesi Kivijärvi Kokemäki Kokkola Kolari Konnevesi Kontiolahti Korsnäs
Koski Kotka Kouvola Kristiinankaupunki Kruunupyy Kuhmo Kuhmoinen Kumlinge Kuopio Kuortane Kurikka
Kustavi Kuusamo Kyyjärvi Kärkölä Kärsämäki Kökar Lahti Laihia Laitila Lapinjärvi Lapinlahti Lappajärvi
Lappeenranta Lapua Laukaa Lemi Lemland Lempäälä Leppävirta Lestijärvi Lieksa Lieto Liminka Liperi Lohja
Loimaa Loppi Loviisa Luhanka Lumijoki Lumparland Luoto Luumäki Maalahti Maarianhamina Marttila Masku
Merijärvi Merikarvia Miehikkälä Mikkeli Muhos Multia Muonio Mustasaari Muurame Mynämäki Myrskylä
Mäntsälä Mäntyharju Mänttä-Vilppula Naantali Nakkila Nivala Nokia Nousiainen Nurmes Nurmijärvi Närpiö
Orimattila Oripää Orivesi Oulainen Oulu Outokumpu Padasjoki Paimio Paltamo Parainen Parikkala Parkano
Pedersöre Pelkosenniemi Pello Perho Pertunmaa Petäjävesi Pieksämäki Pielavesi Pietarsaari Pihtipudas
Pirkkala Polvijärvi Pomarkku Pori Pornainen Porvoo Posio Pudasjärvi Pukkila Punkalaidun Puolanka Puumala
Pyhtää Pyhäjoki Pyhäjärvi Pyhäntä Pyhäranta Pälkäne Pöytyä Raahe Raasepori Raisio Rantasalmi Ranua Rauma
Rautalampi Rautavaara Rautjärvi Reisjärvi Riihimäki Ristijärvi Rovaniemi Ruokolahti Ruovesi Rusko
Rääkkylä Saarijärvi Salla Salo Saltvik Sastamala Sauvo Savitaipale Savonlinna Savukoski Seinäjoki Sievi
Siikainen Siikajoki Siikalatva Siilinjärvi Simo Sipoo Siuntio Sodankylä Soini Somero Sonkajärvi Sotkamo
Sottunga Sulkava Sund Suomussalmi Suonenjoki Sysmä Säkylä Taipalsaari Taivalkoski Taivassalo Tammela
Tampere Tervo Tervola Teuva Tohmajärvi Toholampi Toivakka Tornio Turku Tuusniemi Tuusula Tyrnävä Ulvila
Urjala Utajärvi Utsjoki Uurainen Uusikaarlepyy Uusikaupunki Vaala Vaasa Valkeakoski Vantaa Varkaus
Vehmaa Vesanto Vesilahti Veteli Vieremä Vihti Viitasaari Vimpeli Virolahti Virrat Vårdö Vöyri Ylitornio
Ylivieska Ylöjärvi Ypäjä Ähtäri Äänekoski Åbo Borgå Ekenäs Esbo Grankulla Hangö Helsingfors Jakobstad
Karleby Kaskö Kimitoön Korsholm Kristinestad Kronoby Kyrkslätt Lappträsk Larsmo Lovisa Malax Mariehamn
Nykarleby Närpes Pargas Raseborg Sibbo Sjundeå Vasa Vanda Vörå
"""
# Names that are common words or given names too.
_ALONE_NOT = frozenset(
    {"Aura", "Ii", "Koski", "Inari", "Salo", "Simo", "Soini", "Sund", "Perho", "Luoto", "Vaala"}
)
# Endings whose consonants change; the rest take -n.
_CHANGES = """
mäki>mäen koski>kosken joki>joen järvi>järven lahti>lahden niemi>niemen salmi>salmen vesi>veden
lampi>lammen kumpu>kummun saari>saaren ranta>rannan kaupunki>kaupungin nki>ngin nka>ngan virta>virran
Kaustinen>Kaustisen nen>sten uu>uun us>uksen os>oksen ppi>pin tti>tin Turku>Turun Lieto>Liedon Nokia>Nokian
Hanko>Hangon Vihti>Vihdin Rauma>Rauman Sauvo>Sauvon Porvoo>Porvoon Oulu>Oulun Virrat>Virtain
Ilomantsi>Ilomantsin Kitee>Kiteen Raahe>Raahen Tampere>Tampereen
Keitele>Keiteleen Kempele>Kempeleen Savitaipale>Savitaipaleen Kuortane>Kuortaneen Pälkäne>Pälkäneen
Pihtipudas>Pihtiputaan Punkalaidun>Punkalaitumen Varkaus>Varkauden Muurame>Muuramen Veteli>Vetelin
Nurmes>Nurmeksen nummi>nummen valta>vallan kka>kan kku>kun nto>nnon ntä>nnän luoto>luodon
"""
_AFTER = r"\s+(?:kunta|kunna\w*|kaupunki|kaupungi\w*|kommun\w*|stad\w*)"
_WORDS = re.compile(r"[A-ZÅÄÖ][\w-]+")


def genitive(name: str) -> str:
    """Return the Finnish genitive of a municipality's name ("Pieksämäki" -> "Pieksämäen")."""
    changes = _changes()
    if name in changes:
        return changes[name]
    for base, form in changes.items():
        if name.lower().endswith(base):
            return (name[: -len(base)] + form).capitalize()
    return name + ("in" if name[-1] not in "aeiouyäöå" else "n")


@cache
def _changes() -> dict[str, str]:
    return dict(change.split(">") for change in _CHANGES.split())


@cache
def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for name in _NAMES.split():
        for form in (genitive(name), name + "s", name):
            forms[form.casefold()] = name
    return forms


def find_municipality(text: str, *, alone: bool = False) -> str | None:
    """Find the municipality that a text names: "Ruskon kunta", "Karleby stad" or, where `alone`, a bare name.

    The bare name counts in titles and on covers only, because many names are common words.
    """
    for match in re.finditer(rf"([A-ZÅÄÖ][\w-]+?){_AFTER}\b", text, re.IGNORECASE):
        name = _forms().get(match[1].casefold())
        if name:
            return name
    if not alone:
        return None
    for match in _WORDS.finditer(text):
        name = _forms().get(match[0].casefold())
        if name and (name not in _ALONE_NOT or match[0].casefold() == text.strip().casefold()):
            return name
    return None
