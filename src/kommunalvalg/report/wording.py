"""The wording of what the methods and the law packages name by constants, collected for translation."""

from kommunalvalg.methods.threshold import Reason

__all__ = ["N_", "REASONS"]


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
