"""How the mail programs of villages lay out an answer: in three languages."""

from dataclasses import dataclass

NEW = {
    "fi": "Hei! Koulutien valot eivät pala. Voisiko kunta korjata ne ennen syksyä?",
    "sv": "Hej! Lamporna längs skolvägen är trasiga. Kunde kommunen laga dem före hösten?",
    "en": "Hello! The lights on the school road are out. Could the municipality mend them?",
}
OLD = {"fi": "VANHA kutsu: tervetuloa", "sv": "VANHA inbjudan: välkommen", "en": "VANHA invitation: welcome"}
# Everything that a layout puts around the words has this word, so that a test sees what was not cut.
LEAK = "VANHA"


@dataclass(frozen=True)
class Layout:
    """The bodies of one message; an empty one is missing."""

    program: str
    language: str
    plain: str
    html: str = ""


def _outlook_desktop(language: str) -> Layout:
    labels = {
        "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
        "sv": ("Från", "Skickat", "Till", "Ämne"),
        "en": ("From", "Sent", "To", "Subject"),
    }[language]
    head = "<br>".join(f"<b>{label}:</b> {LEAK}" for label in labels)
    words = NEW[language].replace("! ", "!<o:p></o:p></p><p class=MsoNormal>")
    return Layout(
        "Outlook on a computer",
        language,
        "",
        f"""<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>{LEAK}</title>
<!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0cm; font-family:"{LEAK}",sans-serif}} --></style></head>
<body lang=FI link="#0563C1"><div class=WordSection1><p class=MsoNormal>{words}<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
<p class=MsoNormal>{head}<o:p></o:p></p></div></div>
<p class=MsoNormal>{OLD[language]}<o:p></o:p></p></div></body></html>""",
    )


def _outlook_web(language: str) -> Layout:
    label = {"fi": "Lähettäjä", "sv": "Från", "en": "From"}[language]
    return Layout(
        "Outlook on the web",
        language,
        "",
        f"""<html><body><div class="elementToProof">{NEW[language]}</div>
<div id="Signature"><p>{LEAK} Virtanen, {LEAK} Oy</p></div>
<div id="appendonsend"></div><hr style="display:inline-block;width:98%">
<div id="divRplyFwdMsg" dir="ltr"><font><b>{label}:</b> {LEAK}<br></font></div>
<div>{OLD[language]}</div></body></html>""",
    )


def _gmail(language: str) -> Layout:
    line = {
        "fi": f"la 14. helmik. 2027 klo 9.12 {LEAK} Koivu (vanha@kunta.example) kirjoitti:",
        "sv": f"Den lör 14 feb. 2027 kl 09:12 skrev {LEAK} Koivu <vanha@kunta.example>:",
        "en": f"On Sun, Feb 14, 2027 at 9:12 AM {LEAK} Koivu <vanha@kunta.example> wrote:",
    }[language]
    shown = line.replace("<", "&lt;").replace(">", "&gt;")
    return Layout(
        "Gmail",
        language,
        f"{NEW[language]}\n\n{line}\n\n> {OLD[language]}\n> {LEAK}\n",
        f"""<div dir="ltr">{NEW[language]}</div><br>
<div class="gmail_quote"><div class="gmail_attr">{shown}<br></div>
<blockquote class="gmail_quote" style="margin:0 0 0 .8ex"><div>{OLD[language]}</div></blockquote></div>""",
    )


def _iphone(language: str) -> Layout:
    sent, line = {
        "fi": ("Lähetetty iPhonesta", f"{LEAK} <vanha@kunta.example> kirjoitti 14.2.2027 kello 9.12:"),
        "sv": ("Skickat från min iPhone", f"14 feb. 2027 kl. 09:12 skrev {LEAK} <vanha@kunta.example>:"),
        "en": ("Sent from my iPhone", f"On 14 Feb 2027, at 9.12, {LEAK} <vanha@kunta.example> wrote:"),
    }[language]
    return Layout(
        "iPhone",
        language,
        f"{NEW[language]}\n\n{sent}\n\n> {line}\n> \n> {OLD[language]}\n",
        f"""<html><body dir="auto">{NEW[language]}<div><br><div dir="ltr">{sent}</div><div dir="ltr"><br>
<blockquote type="cite">{line.replace("<", "&lt;")}<br><br></blockquote></div>
<blockquote type="cite"><div dir="ltr">{OLD[language]}</div></blockquote></div></body></html>""",
    )


def _android_outlook(language: str) -> Layout:
    get = {
        "fi": "Hanki Outlook for Android",
        "sv": "Hämta Outlook för Android",
        "en": "Get Outlook for Android",
    }[language]
    return Layout(
        "Outlook on a phone",
        language,
        "",
        f"""<html><body><div>{NEW[language]}</div><br>
<div id="ms-outlook-mobile-signature">{get}</div>
<hr><div id="divRplyFwdMsg"><b>From:</b> {LEAK}<br><b>Sent:</b> {LEAK}<br>
<b>To:</b> {LEAK}<br><b>Subject:</b> {LEAK}</div>
{OLD[language]}</body></html>""",
    )


def _thunderbird(language: str) -> Layout:
    line = {
        "fi": f"{LEAK} Koivu kirjoitti 14.2.2027 klo 9.12:",
        "sv": f"Den 2027-02-14 kl. 09:12, skrev {LEAK} Koivu:",
        "en": f"On 14/02/2027 09:12, {LEAK} Koivu wrote:",
    }[language]
    return Layout(
        "Thunderbird, under the quoted text",
        language,
        f"{line}\n> {OLD[language]}\n> {LEAK}\n\n{NEW[language]}\n\n-- \n{LEAK} Oy\n",
    )


PROGRAMS = (_outlook_desktop, _outlook_web, _gmail, _iphone, _android_outlook, _thunderbird)


def layouts() -> list[Layout]:
    """Return each program's answer in each language."""
    return [program(language) for program in PROGRAMS for language in NEW]
