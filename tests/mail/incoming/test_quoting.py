"""Of an answer the new words remain, whatever program and language put the history under them."""

import pytest

from app.mail.quoting import bare, new_words

ANSWER = "Kiitos, torstai sopii hyvin."
SWEDISH = "Tack, torsdagen passar bra."
ENGLISH = "Thank you, Thursday is fine."
OLD = "Hei! Kokous on torstaina 18.2.2027 klo 17.\nTervetuloa!"
QUOTED = "> Hei! Kokous on torstaina 18.2.2027 klo 17.\n> Tervetuloa!"

INTRODUCED = {  # a line over quoted or bare history, by the program that writes it
    "Gmail fi": "la 14. helmik. 2027 klo 9.12 Maija Koivu (maija@kyla.example) kirjoitti:",
    "Gmail fi on two lines": "la 14. helmik. 2027 klo 9.12 Maija Koivu\n(maija@kyla.example) kirjoitti:",
    "Gmail fi, the verb alone": "la 14. helmik. 2027 klo 9.12 Maija Koivu (maija@kyla.example)\nkirjoitti:",
    "Gmail fi, brackets": "la 14. helmik. 2027 klo 9.12 Maija Koivu <maija@kyla.example> kirjoitti:",
    "iPhone fi": "Maija Koivu <maija@kyla.example> kirjoitti 14.2.2027 kello 9.12:",
    "iPhone fi, broken": "Maija Koivu <maija@kyla.example> kirjoitti 14.2.2027\nkello 9.12:",
    "Thunderbird fi": "Maija Koivu kirjoitti 14.2.2027 klo 9.12:",
    "Thunderbird fi, day first": "14.2.2027, 9.12, Maija Koivu kirjoitti:",
    "Yahoo fi": "lauantai 14. helmikuuta 2027 klo 9.12.33 UTC+2 Maija <maija@kyla.example> kirjoitti:",
    "Gmail sv": "Den lör 14 feb. 2027 kl 09:12 skrev Maija Koivu <maija@kyla.example>:",
    "Gmail sv on two lines": "Den lör 14 feb. 2027 kl 09:12 skrev Maija Koivu <\nmaija@kyla.example>:",
    "iPhone sv": "14 feb. 2027 kl. 09:12 skrev Maija Koivu <maija@kyla.example>:",
    "Thunderbird sv": "Den 2027-02-14 kl. 09:12, skrev Maija Koivu:",
    "Older Thunderbird sv": "Maija Koivu skrev den 2027-02-14 09:12:",
    "Gmail en": "On Sun, Feb 14, 2027 at 9:12 AM Maija Koivu <maija@kyla.example> wrote:",
    "Gmail en on two lines": "On Sun, Feb 14, 2027 at 9:12 AM Maija Koivu\n<maija@kyla.example> wrote:",
    "iPhone en": "On 14 Feb 2027, at 9.12, Maija Koivu <maija@kyla.example> wrote:",
    "Thunderbird en": "On 14/02/2027 09:12, Maija Koivu wrote:",
}

HEADED = {  # a copied head over the history
    "Outlook fi": (
        "Lähettäjä: Maija Koivu <maija@kyla.example>\nLähetetty: lauantai 14. helmikuuta 2027 9.12\n"
        "Vastaanottaja: Kumppanuuspöytä <poyta@kunta.example>\nAihe: Kokous"
    ),
    "Outlook fi under a line": (
        "________________________________\nLähettäjä: Maija Koivu\nLähetetty: la 14.2.2027 9.12\n"
        "Vastaanottaja: Pöytä\nAihe: Kokous"
    ),
    "Outlook fi in bold": (
        "*Lähettäjä:* Maija Koivu\n*Lähetetty:* lauantai 14. helmikuuta 2027 9.12\n*Vastaanottaja:* Pöytä\n"
        "*Aihe:* Kokous"
    ),
    "Outlook fi, many receivers": (
        "Lähettäjä: Maija Koivu\nLähetetty: 14.2.2027 9:12\nVastaanottaja: Aino <aino@a.example>;\n"
        "  Eino E <eino@e.example>; Veikko V <v@v.example>\nKopio: Pöytä\nAihe: VS: Kokous"
    ),
    "Old Outlook fi": (
        "-----Alkuperäinen viesti-----\nLähettäjä: Maija Koivu\nLähetetty: 14. helmikuuta 2027 9:12\n"
        "Vastaanottaja: Pöytä\nAihe: Kokous\n"
    ),
    "Samsung fi": (
        "-------- Alkuperäinen viesti --------\nLähettäjä: Maija Koivu\nPäivämäärä: 14.2.2027 9.12\n"
        "Saaja: Pöytä\nAihe: Kokous"
    ),
    "Old Outlook fi, the line alone": "-----Alkuperäinen viesti-----",
    "Outlook sv": ("Från: Maija Koivu\nSkickat: den 14 februari 2027 09:12\nTill: Bordet\nÄmne: Möte"),
    "Old Outlook sv": (
        "-----Ursprungligt meddelande-----\nFrån: Maija Koivu\nSkickat: den 14 februari 2027\n"
        "Till: Bordet\nÄmne: Möte"
    ),
    "Samsung sv": "-------- Originalmeddelande --------\nFrån: Maija\nDatum: 2027-02-14\nTill: Vi\nÄmne: M",
    "Outlook en": "From: Maija Koivu\nSent: Sunday, 14 February 2027 9:12\nTo: Us\nSubject: Meeting",
    "Old Outlook en": "-----Original Message-----\nFrom: Maija Koivu\nSent: Sunday\nTo: Us\nSubject: Meeting",
}


@pytest.mark.parametrize("introduction", INTRODUCED.values(), ids=INTRODUCED)
@pytest.mark.parametrize("history", [QUOTED, OLD], ids=["quoted", "bare"])
@pytest.mark.parametrize("answer", [ANSWER, SWEDISH, ENGLISH], ids=["fi", "sv", "en"])
def test_an_introduced_history_is_cut(introduction: str, history: str, answer: str) -> None:
    assert new_words(f"{answer}\n\n{introduction}\n\n{history}\n", answers=True) == answer


@pytest.mark.parametrize("head", HEADED.values(), ids=HEADED)
@pytest.mark.parametrize("answer", [ANSWER, SWEDISH, ENGLISH], ids=["fi", "sv", "en"])
def test_a_headed_history_is_cut(head: str, answer: str) -> None:
    assert new_words(f"{answer}\n\n{head}\n\n{OLD}\n", answers=True) == answer


@pytest.mark.parametrize("introduction", INTRODUCED.values(), ids=INTRODUCED)
def test_an_answer_under_the_history_stays(introduction: str) -> None:
    assert new_words(f"{introduction}\n{QUOTED}\n\n{ANSWER}\n", answers=True) == ANSWER


SIGNED = {  # what stands under the words, by who writes it
    "dashes": "-- \nMaija Koivu\nNäätävaaran kyläyhdistys\npuh. 040 123 4567",
    "iPhone fi": "Lähetetty iPhonesta",
    "iPhone fi, mine": "Lähetetty iPhonestani",
    "iPad fi": "Lähetetty iPadista",
    "Samsung fi": "Lähetetty Samsung Galaxy -älypuhelimesta.",
    "Android fi": "Lähetetty Android-puhelimesta",
    "Outlook Android fi": "Lähetetty Outlook for Androidista",
    "Outlook Android fi, get": "Hanki Outlook for Android<https://aka.ms/AAb9ysg>",
    "Outlook iOS fi": "Hanki Outlook for iOS",
    "Windows Mail fi": "Lähetetty Windowsin Sähköpostista",
    "Yahoo fi": "Lähetetty Yahoo Mailista Androidissa",
    "iPhone sv": "Skickat från min iPhone",
    "Android sv": "Skickat från min Samsung Galaxy-telefon.",
    "Outlook sv": "Hämta Outlook för Android",
    "iPhone en": "Sent from my iPhone",
    "Outlook en": "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Proton": "Sent with Proton Mail secure email.",
}


@pytest.mark.parametrize("signature", SIGNED.values(), ids=SIGNED)
@pytest.mark.parametrize(
    "under", ["", f"\n\n{INTRODUCED['Gmail fi']}\n{QUOTED}", f"\n\n{HEADED['Outlook fi']}\n\n{OLD}"]
)
def test_a_signature_is_cut(signature: str, under: str) -> None:
    assert new_words(f"{ANSWER}\n\n{signature}{under}\n") == ANSWER


FORWARDED = {
    "Gmail fi": "---------- Välitetty viesti ---------\nLähettäjä: Aino <aino@a.example>\nDate: la 14.2.\n",
    "Gmail en": "---------- Forwarded message ---------\nFrom: Aino <aino@a.example>\nDate: 14 Feb 2027\n",
    "Gmail sv": "---------- Vidarebefordrat meddelande ---------\nFrån: Aino <aino@a.example>\n",
    "iPhone fi": "Välitetty viesti alkaa:\n\nLähettäjä: Aino <aino@a.example>\n",
    "iPhone en": "Begin forwarded message:\n\nFrom: Aino <aino@a.example>\n",
    "Thunderbird fi": "-------- Välitetty viesti --------\nAihe: Valot\nLähettäjä: Aino\n",
}
MATTER = "Koulutien valot eivät pala. Voisiko kunta korjata ne?"


@pytest.mark.parametrize("head", FORWARDED.values(), ids=FORWARDED)
def test_a_forwarded_message_is_the_matter_itself(head: str) -> None:
    assert MATTER in new_words(f"Tässä naapurin asia.\n\n{head}\n{MATTER}\n", subject="VL: Valot")
    assert MATTER in new_words(f"{head}\n{MATTER}\n")


@pytest.mark.parametrize("subject", ["VL: Valot", "VB: Lampor", "FW: Lights", "Fwd: Lights"])
def test_outlook_tells_a_forward_by_its_subject(subject: str) -> None:
    assert MATTER in new_words(f"Tässä.\n\n{HEADED['Outlook fi']}\n\n{MATTER}\n", subject=subject)


def test_much_written_over_a_forward_is_the_matter() -> None:
    words = " ".join(["Kylällä on puhuttu tästä pitkään ja toivomme vastausta."] * 5)
    assert new_words(f"{words}\n\n{FORWARDED['Gmail fi']}\n{MATTER}\n") == words


def test_answers_between_quoted_lines_stay() -> None:
    text = f"{INTRODUCED['Gmail fi']}\n> Sopiiko torstai?\nSopii.\n\n> Tuletko autolla?\nTulen bussilla.\n"
    assert new_words(text) == "Sopii.\n\nTulen bussilla."


OWN = {  # what a person wrote and what only resembles a history
    "a writer is quoted": "Lehti kirjoitti:\nKylän koulu suljetaan. Mitä kunta tekee?",
    "a day is named": "Lehti kirjoitti 12.3.2027:\nKylän koulu suljetaan.",
    "a form of her own": "Lähettäjä: Maija, Näätävaara\nAihe: katuvalot\nPuhelin: 040 1\n\nValot puuttuvat.",
    "a sign": "> 50 osallistujaa tuli talkoisiin.",
    "a line between matters": "Katuvalot.\n\n--\n" + "\n".join(f"Rivi {n}" for n in range(20)),
    "a phone is spoken of": "Puhelin ei kuulu.\n" + "\n".join(f"Rivi {n}" for n in range(9)),
    "a list": "1. Katuvalot\n2. Bussi\n3. Uimaranta",
    "a closing": "Katuvalot puuttuvat.\n\nTerveisin\nMaija Koivu",
}


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
def test_own_words_stay(text: str) -> None:
    assert new_words(text) == text


ONLY_HISTORY = {
    "introduced": f"{INTRODUCED['Gmail fi']}\n\n{QUOTED}",
    "headed": f"{HEADED['Outlook fi']}\n\n{OLD}",
    "quoted": QUOTED,
    "a signature alone": "-- \nMaija Koivu",
}


@pytest.mark.parametrize("text", ONLY_HISTORY.values(), ids=ONLY_HISTORY)
def test_where_nothing_would_be_left_everything_stays(text: str) -> None:
    assert new_words(text, answers=True) == bare(text)


@pytest.mark.parametrize("text", ["", " \n\n ", "\n"])
def test_nothing_stays_nothing(text: str) -> None:
    assert new_words(text) == ""
