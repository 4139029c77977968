"""Files that came with a message: why some were left out."""

from app.domain.words import N_

REFUSED_WORDS = {
    "type": N_("Files of this kind are not taken in."),
    "size": N_("The file is too large."),
    "many": N_("There were too many files."),
    "identity_code": N_("The file has a personal identity code."),
}
