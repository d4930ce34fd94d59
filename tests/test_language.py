"""Danish and English say the same."""

import ast
import re
import sys
from datetime import date
from decimal import ROUND_DOWN, Context, Inexact, localcontext
from fractions import Fraction
from gettext import GNUTranslations
from pathlib import Path

import pytest

from kommunalvalg import dhondt, report
from kommunalvalg.errors import ElectionError
from kommunalvalg.report.documents import Kind
from kommunalvalg.report.language import language
from kommunalvalg.text import Names, Texts, text

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
import translate


def test_every_text_is_translated() -> None:
    """Every text that people read is in the Danish catalogue, with a sure translation."""
    catalog = translate.translated()
    assert {message.id for message in translate.extracted()} <= {message.id for message in catalog}
    assert not translate.missing(catalog)


def test_no_text_has_its_values_written_in() -> None:
    """A text with values has {names} for them, so that it is one text in the catalogue."""
    assert not translate.untranslatable()


def test_every_sentence_with_a_place_for_a_value_is_marked() -> None:
    """A sentence that is kept apart from the call that says it is marked by itself (``N_``)."""
    known = {form for message in translate.translated() for form in _forms(message.id)}
    sentence = re.compile(r"[a-z] [a-z].*\{[a-z_]+\}|\{[a-z_]+\}.*[a-z] [a-z]", re.DOTALL)
    for file in sorted(translate.PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        docstrings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
        put_together = [part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)]
        aside = set(map(id, [*docstrings, *put_together]))
        texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in aside]
        assert [text for text in texts if isinstance(text, str) and sentence.search(text) and text not in known] == []


def _forms(message_id: object) -> tuple[object, ...]:
    return tuple(message_id) if isinstance(message_id, tuple | list) else (message_id,)


def test_nothing_is_translated_in_vain() -> None:
    """The Danish catalogue holds no text that is gone from the code."""
    used = {message.id for message in translate.extracted()}
    assert {message.id for message in translate.translated() if message.id} <= used


def test_the_compiled_catalogue_is_up_to_date() -> None:
    """The catalogue that is read is the one that was written."""
    with translate.PO.with_suffix(".mo").open("rb") as file:
        read = GNUTranslations(file)
    for message in translate.translated():
        if isinstance(message.id, str):
            assert not message.id or read.gettext(message.id) == message.string
        else:
            one, many = message.id
            assert (read.ngettext(one, many, 1), read.ngettext(one, many, 2)) == message.string


def test_a_translation_names_the_same_values() -> None:
    """Every {name} in an English text stands in its translation, and no other."""
    for message in translate.translated():
        if message.id:
            fields = [set(_fields(text)) for text in (str(message.id), str(message.string))]
            assert fields[0] == fields[1], message.id


def _fields(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("{")[1:]]


@pytest.mark.parametrize(
    ("value", "kind", "danish", "english"),
    [
        (1019648, Kind.NUMBER, "1.019.648", "1,019,648"),
        (Fraction(1, 50), Kind.SHARE, "2,00\xa0%", "2.00%"),
        (Fraction(22, 3), Kind.NUMBER, "7,333", "7.333"),
        (Fraction(1, 800), Kind.SHARE, "0,13\xa0%", "0.13%"),
        (Fraction(-1, 800), Kind.SHARE, "-0,13\xa0%", "-0.13%"),
        (Fraction(9, 8), Kind.QUOTIENT, "1,13", "1.13"),
        (Fraction(1, 16), Kind.NUMBER, "0,063", "0.063"),
        (Fraction(-1, 9999), Kind.NUMBER, "0", "0"),
        (10**25, Kind.NUMBER, "10.000.000.000.000.000.000.000.000", "10,000,000,000,000,000,000,000,000"),
        (
            Fraction(10**25, 3),
            Kind.QUOTIENT,
            "3.333.333.333.333.333.333.333.333,33",
            "3,333,333,333,333,333,333,333,333.33",
        ),
        (None, Kind.NUMBER, "–", "–"),
        ("A+F", Kind.TEXT, "A+F", "A+F"),
    ],
)
def test_numbers_have_the_form_of_the_language(
    value: int | Fraction | str | None, kind: Kind, danish: str, english: str
) -> None:
    """A number is written as the language writes it."""
    assert language("da").cell(value, kind) == danish
    assert language("en").cell(value, kind) == english


@pytest.mark.parametrize("context", [Context(prec=6), Context(rounding=ROUND_DOWN), Context(prec=1, traps=[Inexact])])
def test_a_report_is_the_same_in_every_decimal_context(context: Context) -> None:
    """How the caller computes with decimals changes no figure of a report, of whatever length."""
    result = dhondt({"A": 10**25, "B": 1234567, "C": 1}, 3)
    wanted = report.explain(result, "en")
    with localcontext(context):
        assert report.explain(result, "en") == wanted


def test_a_text_in_a_text_is_said_in_the_language() -> None:
    """Numbers, names and days inside a text are written in its language, at every depth."""
    said = Texts(
        [text("Size: {size} members.", size=1058), Texts([Names(["A", text("yes")]), date(2026, 1, 23)], ": ")]
    )
    assert language("da")(said) == "Størrelse: 1.058 medlemmer. A og ja: fredag den 23. januar 2026"
    assert language("en")(said) == "Size: 1,058 members. A and yes: Friday, 23 January 2026"


def test_an_unknown_language_is_refused() -> None:
    """A language that there is not is refused by name."""
    with pytest.raises(ElectionError, match=r"the language is 'sv'; the languages are da, en"):
        language("sv")
