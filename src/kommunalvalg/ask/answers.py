"""What a question is asked with, and what it is answered with before anybody writes it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from kommunalvalg.ask.questions import case_of, hold_only, listed_in, lots_of
from kommunalvalg.errors import DataError, Warned
from kommunalvalg.lots import Case, Draw, Lots, Tie
from kommunalvalg.results import Result
from kommunalvalg.text import Word
from kommunalvalg.votes import checked_name

if TYPE_CHECKING:
    from kommunalvalg.report import Document

__all__ = ["Answer", "Progress", "Request", "Several", "silent", "told"]

Progress: TypeAlias = Callable[[Word, int | None], AbstractContextManager[Callable[[int], object]]]
"""Shows how far something long has come: what is being done and in how many steps -> what to call with those done."""


@contextmanager
def silent(_what: Word, _steps: int | None) -> Iterator[Callable[[int], object]]:
    """Show nobody how far something has come."""
    yield lambda _done: None


@attrs.frozen(kw_only=True)
class Request:
    """A question, in whose language the names that it leaves out are, and who follows how far the answer has come."""

    question: Mapping[str, Any]
    lang: str
    progress: Progress

    def hold(self, *fields: str) -> None:
        """Hold that the question has no other fields.

        Raises:
            DataError: it has.
        """
        hold_only(self.question, set(fields))

    def get(self, field: str) -> Any:  # noqa: ANN401 - whatever a question has
        """Give a field, or None."""
        return self.question.get(field)

    def listed(self, field: str) -> list[Any]:
        """Give a field that is a list; none at all is an empty one.

        Raises:
            DataError: it is something else.
        """
        return listed_in(self.question, field)

    @property
    def name(self) -> str:
        """What the question calls what it is about; empty where it does not.

        Raises:
            VoteError: it is no name.
        """
        name = self.get("name")
        return "" if name is None or name == "" else checked_name("name", name)

    @property
    def lots(self) -> Lots:
        """Where lots come from."""
        return lots_of(self.question)

    @property
    def inner(self) -> Mapping[str, Any]:
        """The question that this one is about.

        Raises:
            DataError: there is none.
        """
        inner = self.question.get("of")
        if not isinstance(inner, Mapping):
            raise DataError("{field} is {value}; it is the question that this one is about", field="of", value=inner)
        return inner

    @property
    def of(self) -> Case[Any]:
        """The case that this question is about."""
        return case_of(self.inner)


@attrs.frozen
class Several(Result):
    """Results that a question has together, with the lots in one series.

    Attributes:
        parts: what it is -> results by name.
    """

    parts: Mapping[str, Mapping[str, Any]]

    def _each(self) -> Iterator[Result]:
        return (result for part in self.parts.values() for result in part.values())

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every lot that is open."""
        return tuple(tie for result in self._each() for tie in result.ties)

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        return tuple(draw for result in self._each() for draw in result.draws)


@attrs.frozen(kw_only=True)
class Answer:
    """What came out, and how it is told.

    Attributes:
        result: what came out, as a value.
        title: what the report is called; empty for the name that it has by itself.
        preface: what was asked, where a report has to say it; it stands first.
        tell: tells the result as a document, in full or at a glance.
        warnings: what is to be known besides what the result says.
        pictured: what the picture is of.
        caption: what the picture is called.
        failed: whether something that was compared differs.
        facts: what the result says as plain JSON, where that is not what its fields and its kind say.
    """

    result: Any
    title: Word = ""
    preface: Word = None
    tell: "Callable[[bool], Document]" = attrs.field(
        default=attrs.Factory(lambda self: lambda full: told(self.result, full), takes_self=True), repr=False
    )
    warnings: tuple[Warned, ...] = ()
    pictured: Any = attrs.field(default=attrs.Factory(lambda self: self.result, takes_self=True), repr=False)
    caption: Word = attrs.field(default=attrs.Factory(lambda self: self.title, takes_self=True))
    failed: bool = False
    facts: Mapping[str, Any] | None = None

    @property
    def complete(self) -> bool:
        """Whether no lot is open that decides what was asked."""
        return bool(self.result.complete)

    def document(self, *, explain: bool = False) -> "Document":
        """Tell it: at a glance, or every step."""
        from kommunalvalg.report.counted import as_counted  # noqa: PLC0415 - a report needs libraries that a value does not

        report = as_counted(self.tell(explain), self.result)
        preface = () if self.preface is None else (self.preface,)
        return attrs.evolve(report, title=self.title or report.title, parts=(*preface, *report.parts))


def told(result: object, full: bool) -> "Document":  # noqa: FBT001 - a way to tell, as Answer.tell is called
    """Tell a result by the declaration of its kind."""
    from kommunalvalg import report  # noqa: PLC0415 - a report needs libraries that a value does not

    return report.document(result) if full else report.summary(result)
