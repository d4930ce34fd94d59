"""What is refused, and how it is said: every error names the field, the value and what would be right.

All of them are :class:`ElectionError`, which is a :class:`ValueError`, so that a program can catch what this
library refuses without catching its own mistakes.
"""

__all__ = ["DataError", "ElectionError", "LotError", "MissingExtraError", "RuleError", "VoteError", "shown"]


class ElectionError(ValueError):
    """What was given cannot be an election; the root of this library's errors."""


class VoteError(ElectionError):
    """A name or a count that was given is not one."""


class LotError(ElectionError):
    """A lot that was handed in is not the lot that is open."""


class RuleError(ElectionError):
    """What was asked for is against a rule of the law, which the message cites."""


class DataError(ElectionError):
    """A file or a table does not hold what it should; the message names the file and the line."""


class MissingExtraError(ElectionError, ImportError):
    """A library is not installed that what was asked for needs; the message says which extra brings it.

    >>> print(MissingExtraError("pictures", "matplotlib", "plot"))
    pictures need matplotlib, which is not installed; install kommunalvalg[plot]
    """

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(f"{what} need {library}, which is not installed; install kommunalvalg[{extra}]")


_LONGEST = 60


def shown(value: object) -> str:
    """Write a refused value so that it fits on one line.

    >>> print(shown("12"), shown([10] * 100))
    '12' [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,...
    """
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - a value that cannot be written must not hide that it was refused
        text = f"a {type(value).__name__}"
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
