"""The wording of what the methods and the law packages name by constants, collected for translation."""

from kommunalvalg.council.candidates import ElectedBy
from kommunalvalg.methods.threshold import Reason

__all__ = ["COMPARED", "ELECTED_BY", "N_", "REASONS"]


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a text that is translated later
    """Mark a text for translation."""
    return message


REASONS = {
    Reason.BELOW: N_("below the line"),
    Reason.UNREPRESENTED: N_("holds no seat"),
    Reason.BOTH: N_("below the line and holds no seat"),
    Reason.NO_VOTES: N_("no votes were given for it"),
}
"""Why somebody does not take part."""

ELECTED_BY = {
    ElectedBy.PERSONAL_VOTES: N_("personal votes"),
    ElectedBy.QUOTA: N_("quota"),
    ElectedBy.TOTAL: N_("personal and given votes"),
    ElectedBy.EITHER_WAY: N_("elected whichever way the lot falls"),
}
"""What a candidate was elected on."""

COMPARED = {
    "seats": N_("Seats of the lists"),
    "order": N_("Order of the seats"),
    "elected": N_("Elected and ranks"),
    "substitutes": N_("Substitutes"),
}
"""What is compared with a published result."""
