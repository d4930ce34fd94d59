"""The language of a run: found before anything is read, and spoken by click and by us out of one catalogue."""

import gettext
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from inspect import cleandoc
from typing import Any

import attrs
import click

from kommunalvalg.errors import ElectionError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import cited
from kommunalvalg.text import LANGUAGES, N_

__all__ = ["Argument", "Command", "Option", "argument", "language_of", "option", "said", "speaking", "spoken"]

_DOMAIN = "kommunalvalg"


def in_number(one: str, many: str) -> tuple[str, str]:
    """Mark a message that has another form for several."""
    return one, many


CLICK = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("No such option {name!r}."),
    N_("No such option: {name}"),
    in_number("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    in_number("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    N_("Option {name!r} does not take a value."),
    in_number("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    in_number("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    N_("default: {default}"),
    N_("required"),
)
"""What click itself may say in a run, so that the catalogue has it; click asks gettext, as we do."""


def language_of(words: Sequence[str]) -> str:
    """Find the language that a call asks for, whatever else is wrong with it; the last one named counts.

    >>> language_of(["check", "kv2025", "--lang", "en"]), language_of(["--lang=sv"])
    ('en', 'da')
    """
    lang = LANGUAGES[0]
    for at, word in enumerate(words):
        if word == "--":
            break
        option_, sign, value = word.partition("=")
        if option_ == "--lang":
            lang = value if sign else "".join(words[at + 1 : at + 2])
    return lang if lang in LANGUAGES else LANGUAGES[0]


@contextmanager
def spoken(lang: str) -> Iterator[None]:
    """Let gettext, and so click, speak a language; what was spoken before is spoken again afterwards."""
    domain, language = gettext.textdomain(), os.environ.get("LANGUAGE")
    with as_file(files("kommunalvalg") / "locale") as folder:
        gettext.bindtextdomain(_DOMAIN, str(folder))
        gettext.textdomain(_DOMAIN)
        os.environ["LANGUAGE"] = lang
        try:
            yield
        finally:
            gettext.textdomain(domain)
            if language is None:
                del os.environ["LANGUAGE"]
            else:
                os.environ["LANGUAGE"] = language


def speaking() -> str:
    """Give the language that is spoken; English where none was asked for."""
    return os.environ.get("LANGUAGE", "en") if gettext.textdomain() == _DOMAIN else "en"


def said(message: str) -> str:
    """Say a message of ours in the language that is spoken, with the provisions of the rules that it cites."""
    wording = gettext.gettext(message) if message else ""
    return cited(wording) if "{" in wording else wording


class _Translated:
    """What has its words in English and shows them in the language that is spoken."""

    metavar: str | None

    def make_metavar(self, *args: Any, **options: Any) -> str:  # noqa: ANN401 - older releases of click give no context
        """Name the values that it takes."""
        return said(super().make_metavar(*args, **options))  # type: ignore[misc]  # of the parameter of click beside it


class Option(_Translated, click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the option and its help, as the table of options has them."""
        english, self.help = self.help, said(self.help or "")
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english


class Argument(_Translated, click.Argument):
    """An argument whose name is translated when it is shown."""


def option(*names: str, **attributes: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - click's
    """Add an option to a command."""
    return click.option(*names, cls=Option, **attributes)


def argument(*names: str, **attributes: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - click's
    """Add an argument to a command."""
    return click.argument(*names, cls=Argument, **attributes)


class Speaking(click.Command):
    """What explains itself in the language that is spoken."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option that shows the help, in the language that is spoken now."""
        help_option = super().get_help_option(ctx)
        if help_option is not None:
            help_option.help = said(N_("Show this message and exit."))
        return help_option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Give what stands after the name of the command."""
        return [said(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click's; ours are short enough
        """Give the line that stands for it in the list of commands."""
        return said(self.short_help or "")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write what it does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said(cleandoc(self.help or "")))


class Command(Speaking):
    """A command: its help, examples that are the same in every language, and the options that errors name.

    Args:
        examples: calls of it, one in a line.
        fields: argument of a function, as its errors name it -> the option that it comes from, where the two are not
            called alike.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - click's
        examples: Sequence[str] = (),
        fields: Mapping[str, str] | None = None,
        **attributes: Any,  # noqa: ANN401 - click's
    ) -> None:
        super().__init__(*args, **attributes)
        self.examples = tuple(examples)
        self.fields = dict(fields or {})

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what it does, and examples."""
        super().format_help_text(ctx, formatter)
        if self.examples:
            formatter.write_paragraph()
            with formatter.indentation():
                for example in self.examples:
                    formatter.write(f"{'':{formatter.current_indent}}{example}\n")

    @property
    def option_of(self) -> dict[str, str]:
        """Argument of a function -> the option that it comes from."""
        named = {param.name: param.opts[0] for param in self.params if isinstance(param, click.Option) and param.name}
        return {**named, **self.fields}

    @property
    def word_of(self) -> dict[str, str]:
        """Argument of a function -> what the help calls the word of the call that it comes from, such as KOMMUNE."""
        words = {param.name: said(param.metavar or "").strip("[]") for param in self.params}
        return {name: word for name, word in words.items() if name and word.isalpha()}

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's
        """Carry it out; an error names the option in place of the argument."""
        try:
            return super().invoke(ctx)
        except ElectionError as error:
            self.name_options(error)
            raise

    def name_options(self, error: ElectionError) -> None:
        """Name in an error the options in place of the arguments."""
        called, values = {**self.word_of, **self.option_of}, dict(error.text.values)
        for place in _ARGUMENTS:
            written = str(values.get(place, ""))
            argument_ = written.replace("[", " ").partition(" ")[0]
            if named := called.get(argument_) or said(_WORDS.get(argument_, "")):
                values[place] = named + written.removeprefix(argument_)
        error.text = attrs.evolve(error.text, values=FrozenDict(values))


_ARGUMENTS = ("field", "among", "other")
"""The places of a message where arguments of functions are named; in no other place is a name taken for one."""


_WORDS = {"votes": N_("votes"), "lists": N_("lists"), "committees": N_("committees")}
"""What the arguments are called that come from no option."""
