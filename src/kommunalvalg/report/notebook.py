"""Results that show themselves in a notebook: importing this module gives their classes the methods that ask for it.

The results know nothing of reports, so they are taught here. ``kommunalvalg`` imports this module by itself where
IPython runs; elsewhere, as in marimo, ``import kommunalvalg.report.notebook`` does it.

>>> from kommunalvalg import dhondt
>>> print(dhondt({"A": 2, "<B>": 1}, 3)._repr_html_().splitlines()[0])
<div lang="da">
"""

from collections.abc import Callable

from kommunalvalg.analysis.cases import Comparison as WhatIf
from kommunalvalg.analysis.margins import Margins
from kommunalvalg.analysis.what_if import AllianceEffects, Partners
from kommunalvalg.constitution.committees import Committees
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.council.vacancies import Sitting
from kommunalvalg.elections.comparison import Comparison
from kommunalvalg.errors import ElectionError, shown
from kommunalvalg.kkr.chairs import KKRChairs
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.methods.alliances import ProportionalElection
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.majority import MajorityElection
from kommunalvalg.methods.threshold import Threshold
from kommunalvalg.text import LANGUAGES

__all__ = ["SHOWN", "show_in"]

SHOWN: tuple[type, ...] = (
    Allocation,
    AllianceEffects,
    Committees,
    Comparison,
    CouncilResult,
    KKRChairs,
    KKRComposition,
    MajorityElection,
    Margins,
    Partners,
    ProportionalElection,
    Sitting,
    Threshold,
    WhatIf,
)
"""The results that show themselves."""


def show_in(lang: str = "da") -> None:
    """Let results show themselves in a language: as a table in HTML, and in Markdown where a notebook is exported.

    Where the libraries that reports need are missing, a result shows itself as everywhere else.

    Args:
        lang: "da" or "en".

    Raises:
        ElectionError: there is no such language.

    >>> show_in("en")
    >>> show_in()
    """
    if lang not in LANGUAGES:
        raise ElectionError(f"the language is {shown(lang)}; the languages are {', '.join(LANGUAGES)}")
    for name, written in (("_repr_html_", _html), ("_repr_markdown_", _markdown)):
        for each in SHOWN:
            setattr(each, name, _method(written, lang))


def _method(written: Callable[[object, str], str], lang: str) -> Callable[[object], str | None]:
    def show(self: object) -> str | None:
        try:
            return written(self, lang)
        except ImportError:  # the libraries of the reports; a notebook takes None for "show it as text"
            return None

    return show


def _html(result: object, lang: str) -> str:
    return _written(result, "fragment", lang)


def _markdown(result: object, lang: str) -> str:
    return _written(result, "markdown", lang)


def _written(result: object, format_: str, lang: str) -> str:
    from kommunalvalg.report.render import render  # noqa: PLC0415 - needs optional libraries
    from kommunalvalg.report.results import summary  # noqa: PLC0415 - as above

    return render(summary(result), format_, lang)


show_in()
