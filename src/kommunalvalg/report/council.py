"""What is said of a council election."""

from kommunalvalg.council.election import CouncilElection
from kommunalvalg.lots import Lots
from kommunalvalg.methods.alliances import proportional_election
from kommunalvalg.report.distribution import forholdstalsvalg
from kommunalvalg.report.document import Document
from kommunalvalg.report.language import Language

__all__ = ["council_seats"]


def council_seats(election: CouncilElection, _: Language, *, lots: Lots = None) -> tuple[Document, bool]:
    """Report the seats of each list of a council, and say whether every lot is drawn."""
    result = proportional_election(
        {a_list.key: a_list.votes for a_list in election.lists},
        election.seats,
        alliances=election.alliances,
        capacity={a_list.key: len(a_list.candidates) for a_list in election.lists},
        lots=lots,
        provision="KRVL § 81, stk. 2",
    )
    names = {a_list.key: a_list.name for a_list in election.lists}
    title = _("{council}: {seats} seats", council=election.name, seats=election.seats)
    return forholdstalsvalg(result, _, title=title, names=names), result.complete
