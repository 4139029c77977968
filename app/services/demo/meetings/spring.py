"""Drafts for the spring: one too full and with a clash, one empty but for its frame while topics wait."""

from datetime import time

from app.domain.topics import Channel, TopicAct
from app.services.demo.values import Did, Evening, Item, Told, Window, closing, news, opening, other, since

BUS_SHELTER = Told(
    "Linja-autopysäkin katos vuotaa. Ollaan odotettu katoksen alla sateessa niin kuin sateessa ilman "
    "katosta.",
    came=33,
    village="asemantaus",
    to="tekninen",
    name="Terttu Veturila",
    email="terttu@asemantaus.example",
    title="Asemantauksen pysäkkikatos",
)

OTHER_STOP = Told(
    "Pysäkille penkki, kiitos! Mummo ei jaksa seistä, eikä linja-auto tule ajallaan.",
    came=20,
    village="sahanpelto",
    to="tekninen",
    channel=Channel.PAPER,
    entered="tiina",
    name="Sahanpellon penkkiporukka",
    wished=5,
    title="Penkki Sahanpellon pysäkille",
    table="kirkonseutu",
    did=(
        Did(TopicAct.MERGE, 2),
        Did(TopicAct.SEPARATE, 4),
        Did(TopicAct.ACCEPT, 4, "Luimme tarkemmin: tämä on eri pysäkki, joten aihe on taas omansa."),
    ),
    joined=BUS_SHELTER,
)

ALLOTMENTS = Told(
    "Palstaviljelyä Pappilanvainiolle! Maa on hyvää ja jonossa on 18 perhettä.",
    came=29,
    village="pappilanvainio_ry",
    to="tekninen",
    name="Antero Kellokoivu",
    email="antero@pappilanvainio.example",
    wished=20,
    measures=("lounas",),
    title="Viljelypalstat Pappilanvainiolle",
)

MOPEDS = Told(
    "Mopot ja mönkijät huutavat joka ilta kirkonkylän raitilla puoleenyöhön. Nuorilla pitää olla paikka, "
    "mutta meillä myös uni. Voisiko tästä puhua saman pöydän ääressä, nuoret mukana?",
    came=25,
    village="kirkonkyla",
    to="vapaa_aika",
    channel=Channel.EMAIL,
    entered="riikka",
    name="Raili Torinvarsi",
    email="raili@kirkonkyla.example",
    wished=25,
    measures=("nuorisotila",),
    title="Iltojen mopoäänet kirkonkylän raitilla",
)

SKATING = Told(
    "Luistelukentän kopin avain! Kuka sen saa ja keneltä?",
    came=22,
    village="sahanpelto_ry",
    to="vapaa_aika",
    channel=Channel.FEEDBACK_BOX,
    entered="tiina",
    title="Sahanpellon luistelukentän lämmin koppi",
)

SPRING_CHURCH = Evening(
    table="kirkonseutu",
    days=130,
    draft=True,
    items=(
        opening(),
        since(),
        news(minutes=15),
        Item(25, told=MOPEDS, officials=("nina",)),
        Item(20, told=ALLOTMENTS, officials=("kari",)),
        Item(15, told=BUS_SHELTER, officials=("kari",)),
        Item(10, told=SKATING),
        other(),
        *closing(),
    ),
    windows=(Window("kari", leaves=time(19, 20)), Window("nina", arrives=time(18, 15))),
)

SPRING_SERVICES = Evening(
    table="palvelut", days=115, draft=True, items=(opening(), since(), other(), *closing())
)

SPRING_COAST = Evening(
    table="rantakylat",
    days=150,
    draft=True,
    place="Ulkoviirin vanha luotsiasema",
    items=(opening(), since(), news(), other(), *closing()),
    windows=(Window("johanna", leaves=time(19)), Window("kari", arrives=time(18, 30))),
)

EVENINGS = (SPRING_CHURCH, SPRING_SERVICES, SPRING_COAST)
JOINED = (OTHER_STOP,)
