"""What people might type, by chance or to do harm, where a calendar file shows their words."""

# Everything that some program takes for the end of a line.
BREAKS = [
    "\r\n",
    "\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\r\n ",
    "\n\t",
]
NASTY = [f"Ilta{end}ATTENDEE:mailto:joku@example.org{end}END:VEVENT" for end in BREAKS] + [
    'He sanoi: "tule; ota, tai \\n jätä"',
    "\x00\x07\x1b[31m punainen \x7f",
    "takaperin \u202eics.exe",
    "puolikas \ud83d merkki",
    "👨‍👩‍👧‍👦 perhe 🏳️‍🌈 " * 40,
    "ä" * 1000,
    "a" * 1000,
    "€漢字🎉" * 250,
    "",
    " \n ",
]
