"""Results in a notebook: they show themselves as tables, in the language that is chosen.

>>> from kommunalvalg import dhondt
>>> print(dhondt({"A": 2, "<B>": 1}, 3)._repr_html_().splitlines()[0])
<div lang="da">
"""

from kommunalvalg.errors import ElectionError
from kommunalvalg.report.rendering import render
from kommunalvalg.report.results import summary
from kommunalvalg.text import LANGUAGES

__all__ = ["show_in", "shown"]

_chosen = [LANGUAGES[0]]


def show_in(lang: str = "da") -> None:
    """Let results show themselves in a language: as a table in HTML, and in Markdown where a notebook is exported.

    Args:
        lang: "da" or "en".

    Raises:
        ElectionError: there is no such language.

    >>> show_in("en")
    >>> show_in()
    """
    if lang not in LANGUAGES:
        raise ElectionError(
            "{field} is {value}; the languages are {known}", field="lang", value=lang, known=", ".join(LANGUAGES)
        )
    _chosen[:] = [lang]


def shown(result: object, form: str) -> str:
    """Show a result at a glance, in the language that was chosen."""
    return render(summary(result), form, _chosen[0])
