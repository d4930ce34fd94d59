"""The national parties of the municipal elections of 2025, and which lists are theirs.

A list is a party's only when letter *and* name say so. A letter alone does not tell: L, T and E are different
local lists in different places, and even K, which Kristendemokraterne used in most places, was another list's
in two. A name alone does not tell either. A name that is not known here belongs to no party; nothing is guessed.
"""

import re

import attrs

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import composed
from kommunalvalg.votes import checked_name

__all__ = ["PARTIES", "Party", "party_of"]


@attrs.frozen
class Party:
    """A national party: its letter, its official name, and how its lists are named on ballots.

    Attributes:
        letter: the letter on the ballot.
        name: the official name, for reports.
        colour: the colour it is known by, as pictures draw it.
        own: the party's own words, in lower case and without punctuation, which no other list would begin with;
            any words may follow, as a place does in "Enhedslisten Køge".
        plain: common words, which are the party's name when they stand alone or before "i" or "på" and a place.
    """

    letter: str
    name: str
    colour: str
    own: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()

    def named(self, name: str) -> bool:
        """Tell whether a list with this party's letter has this party's name.

        >>> PARTIES["V"].named("Venstre i Vejle"), PARTIES["V"].named("Venstre om åen")
        (True, False)
        """
        words = " ".join(_WORDS.findall(composed(name).casefold()))
        if words in self.own or words in self.plain:
            return True
        before_place = tuple(f"{start} {word} " for start in self.plain for word in ("i", "på"))
        return words.startswith(before_place + tuple(f"{start} " for start in self.own))


# Letters, digits and what is between them: punctuation of every kind and doubled spaces fall away.
_WORDS = re.compile(r"[^\W_]+")

_TABLE = (
    Party("A", "Socialdemokratiet", "#D4004E", own=("socialdemokratiet",), plain=("socialdemokraterne",)),
    Party("B", "Radikale Venstre", "#6B3F8A", own=("radikale venstre", "det radikale venstre"), plain=("de radikale",)),
    Party(
        "C",
        "Det Konservative Folkeparti",
        "#B8CA3A",
        own=("det konservative folkeparti", "konservative folkeparti"),
        plain=("konservative", "de konservative"),
    ),
    Party(
        "F",
        "SF - Socialistisk Folkeparti",
        "#FFA0B1",
        own=("sf socialistisk folkeparti", "socialistisk folkeparti"),
        plain=("sf",),
    ),
    Party("I", "Liberal Alliance", "#43D2F5", own=("liberal alliance",)),
    Party(
        "K",
        "Kristendemokraterne",
        "#B48B80",
        own=("kd kristendemokraterne",),
        plain=("kristendemokraterne", "kristendemokraterne kd"),
    ),
    Party("M", "Moderaterne", "#8077B9", plain=("moderaterne",)),
    Party("O", "Dansk Folkeparti", "#ECF07C", own=("dansk folkeparti",)),
    Party(
        "V", "Venstre, Danmarks Liberale Parti", "#232A64", own=("venstre danmarks liberale parti",), plain=("venstre",)
    ),
    Party("Æ", "Danmarksdemokraterne", "#7F9CF6", own=("danmarksdemokraterne",)),
    Party("Ø", "Enhedslisten - De Rød-Grønne", "#E1790F", own=("enhedslisten",)),
    Party("Å", "Alternativet", "#176B09", plain=("alternativet",)),
)

PARTIES: FrozenDict[str, Party] = FrozenDict({party.letter: party for party in _TABLE})
"""The parties by letter, in the order of the ballot: Æ, Ø and Å are the last letters of the Danish alphabet.

Reserved letters are those of the parties that may stand for the Folketing on 1 August of the election year
(KL-6). K is in the table because Kristendemokraterne stood under it almost everywhere; that two other lists were
given the letter suggests that it was not reserved in 2025 (inferred; no list of the reserved letters was found).
"""


def party_of(letter: str, name: str) -> str | None:
    """Return the letter of the national party that a list belongs to, or None for a local list.

    Args:
        letter: the list's letter on the ballot.
        name: the list's name; case, dashes, punctuation and doubled spaces make no difference.

    Raises:
        VoteError: the letter or the name is not text, or blank.

    >>> party_of("Ø", "Enhedslisten – De rød/grønne")
    'Ø'
    >>> party_of("K", "DKP - Danmarks Kommunistiske Parti"), party_of("L", "Venstre")
    (None, None)
    """
    party = PARTIES.get(checked_name("letter", letter).strip())
    return party.letter if party is not None and party.named(checked_name("list", name)) else None
