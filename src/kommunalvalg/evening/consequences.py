"""What follows from something that happens in the term, and the rule that says so."""

import attrs

from kommunalvalg import law
from kommunalvalg.evening.council import EveningCase
from kommunalvalg.text import Text, Word
from kommunalvalg.text import text as _

__all__ = ["Consequence", "follows"]


@attrs.frozen(kw_only=True)
class Consequence:
    """What follows from an event, or does not.

    Attributes:
        text: what it is.
        rule: the rule of the law map that says so; empty where none does.
        point: which of its places, by the name that the law map has for it; empty for the first.
        when: the day whose law it is.
    """

    text: Text
    rule: str = ""
    point: str = ""
    when: str

    @property
    def provision(self) -> str:
        """Where the rule stands; empty where there is none."""
        return law.provision(self.rule, self.when, self.point) if self.rule else ""


def follows(case: EveningCase, message: str, rule: str = "", point: str = "", /, **values: Word) -> Consequence:
    """Say what follows, in the law of a meeting."""
    return Consequence(text=_(message, **values), rule=rule, point=point, when=case.law)
