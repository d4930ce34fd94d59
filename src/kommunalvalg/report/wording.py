"""The wording of what the methods and the law packages name by constants, collected for translation."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kommunalvalg.methods.threshold import Reason
from kommunalvalg.text import N_, Text, Texts
from kommunalvalg.text import text as _

if TYPE_CHECKING:
    from kommunalvalg.council.election import CouncilElection

__all__ = ["COMPARED", "ELECTED_BY", "N_", "REASONS", "SHEETS", "council_title", "numbered"]


def numbered(numbers: Mapping[str, int] | Mapping[Text, int]) -> Texts:
    """Write names one after another, each with its number: "A 5, B 3"."""
    return Texts([Texts([name, number]) for name, number in numbers.items()], ", ")


def council_title(election: "CouncilElection") -> Text:
    """Call a council by its election and its seats."""
    return _(
        "{council}, election of {year}: {seats} seats",
        council=election.name,
        year=str(election.year),
        seats=election.seats,
    )


REASONS = {
    Reason.BELOW: N_("below the line"),
    Reason.UNREPRESENTED: N_("holds no seat"),
    Reason.BOTH: N_("below the line and holds no seat"),
    Reason.NO_VOTES: N_("no votes were given for it"),
}
"""Why somebody does not take part."""

ELECTED_BY = {
    "personal votes": N_("personal votes"),
    "quota": N_("quota"),
    "total": N_("personal and given votes"),
    "either way": N_("elected whichever way the lot falls"),
}
"""What a candidate was elected on, by the texts of ``ElectedBy``."""

COMPARED = {
    "seats": N_("Seats of the lists"),
    "order": N_("Order of the seats"),
    "elected": N_("Elected and ranks"),
    "substitutes": N_("Substitutes"),
}
"""What is compared with a published result."""

SHEETS = {
    "agreement": N_("Agreement"),
    "awards": N_("Seats in order"),
    "ballots": N_("Votes"),
    "draws": N_("Lots"),
    "excluded": N_("Not taking part"),
    "extra": N_("Members added"),
    "groups": N_("Under ét"),
    "lists": N_("Lists"),
    "lots": N_("Lots that decided"),
    "majorities": N_("Majorities"),
    "mandates": N_("Elected"),
    "margins": N_("How firm the seats are"),
    "members": N_("Members"),
    "open_lots": N_("Open lots"),
    "others": N_("Not elected"),
    "partitions": N_("Ways to ally"),
    "partners": N_("Partners"),
    "posts": N_("Posts"),
    "quotas": N_("Quotas"),
    "quotients": N_("Quotients"),
    "result": N_("Result"),
    "seats": N_("Seats"),
    "shares": N_("Shares"),
    "shortfalls": N_("Shares"),
    "simulated": N_("Simulated seats"),
    "sitting": N_("Sits"),
    "sizes": N_("Size"),
    "steps": N_("Changes"),
    "substitutes": N_("Substitutes"),
    "transfers": N_("Seats claimed"),
    "units": N_("Alliances"),
    "what_if": N_("What if"),
}
"""The names of tables as sheets of a workbook, by key, of at most 31 characters; the others have their title."""
