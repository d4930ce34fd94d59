"""What a result rests on: how firm it is, what would have been with other votes or rules, and who has a majority.

One module per kind of question: :mod:`.margins` (lists) and :mod:`.candidates` (candidates) say how many votes a
result hangs on; :mod:`.what_if` and :mod:`.partitions` change alliances, lists, size and method;
:mod:`.majorities` says who can decide. Every function takes an election or a result (:mod:`.cases`) and answers
with a frozen value.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kommunalvalg.analysis import candidates as candidates
    from kommunalvalg.analysis import majorities as majorities
    from kommunalvalg.analysis import margins as margins
    from kommunalvalg.analysis import methods as methods
    from kommunalvalg.analysis import partitions as partitions
    from kommunalvalg.analysis import what_if as what_if

__all__ = ["candidates", "majorities", "margins", "methods", "partitions", "what_if"]
__dir__ = __all__.copy


if not TYPE_CHECKING:  # as in the room around it

    def __getattr__(name: str) -> object:
        """Import a kind of question when somebody first asks one."""
        if name in __all__:
            return import_module(f"{__name__}.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
