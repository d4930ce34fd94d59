"""The same result as text, Markdown, HTML, JSON, CSV, rows and pictures, in Danish and in English.

>>> from kommunalvalg import dhondt, report
>>> result = dhondt({"A": 11, "B": 8, "C": 2}, 9)
>>> next(line for line in report.explain(result).splitlines() if "plads mellem" in line)
'1 plads mellem B og C: lodtrækning.'
>>> report.rows(result)[2]
{'name': 'C', 'votes': 2, 'share': 0.09523809523809523, 'seats': 0}
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kommunalvalg.errors import MissingExtraError

if TYPE_CHECKING:
    from kommunalvalg.report.bars import kkr_members as kkr_members
    from kommunalvalg.report.bars import margins_plot as margins_plot
    from kommunalvalg.report.bars import simulated_bars as simulated_bars
    from kommunalvalg.report.bars import votes_bars as votes_bars
    from kommunalvalg.report.charts import audit_plot as audit_plot
    from kommunalvalg.report.charts import tile_map as tile_map
    from kommunalvalg.report.documents import Document as Document
    from kommunalvalg.report.frames import to_frame as to_frame
    from kommunalvalg.report.half_circles import half_circle as half_circle
    from kommunalvalg.report.half_circles import half_circle_svg as half_circle_svg
    from kommunalvalg.report.pictures import alt_text as alt_text
    from kommunalvalg.report.pictures import save as save
    from kommunalvalg.report.races import quotient_race as quotient_race
    from kommunalvalg.report.rendering import render as render
    from kommunalvalg.report.results import document as document
    from kommunalvalg.report.results import document_of as document_of
    from kommunalvalg.report.results import explain as explain
    from kommunalvalg.report.results import rows as rows
    from kommunalvalg.report.results import summary as summary
    from kommunalvalg.report.spreadsheets import workbook as workbook
    from kommunalvalg.report.style import Style as Style
    from kommunalvalg.report.tidy import tidy_rows as tidy_rows
    from kommunalvalg.report.word import docx as docx

_HOMES = {
    "bars": ("kkr_members", "margins_plot", "simulated_bars", "votes_bars"),
    "charts": ("audit_plot", "tile_map"),
    "documents": ("Document",),
    "half_circles": ("half_circle", "half_circle_svg"),
    "word": ("docx",),
    "frames": ("to_frame",),
    "pictures": ("alt_text", "save"),
    "races": ("quotient_race",),
    "rendering": ("render",),
    "results": ("document", "document_of", "explain", "rows", "summary"),
    "spreadsheets": ("workbook",),
    "style": ("Style",),
    "tidy": ("tidy_rows",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [*sorted(_HOME)]  # noqa: PLE0604 - they are strings
__dir__ = __all__.copy


if not TYPE_CHECKING:  # as in the room around it

    def __getattr__(name: str) -> object:
        """Import a name when it is first used, so that rows need no library for pictures and the other way round."""
        if name in _HOME:
            try:
                value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
            except ModuleNotFoundError as error:
                if error.name is None or error.name.partition(".")[0] not in {"babel", "tabulate"}:
                    raise
                raise MissingExtraError("reports", error.name, "report") from None
            globals()[name] = value
            return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
