"""Danish and English say the same."""

import sys
from fractions import Fraction
from gettext import GNUTranslations
from pathlib import Path

import pytest

from kommunalvalg.errors import ElectionError
from kommunalvalg.report.documents import Kind
from kommunalvalg.report.language import language

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
import translate


def test_every_text_is_translated() -> None:
    """Every text that people read is in the Danish catalogue, with a sure translation."""
    catalog = translate.translated()
    known = {message.id for message in catalog if message.string and not message.fuzzy}
    assert {message.id for message in translate.extracted() if message.id} <= known


def test_nothing_is_translated_in_vain() -> None:
    """The Danish catalogue holds no text that is gone from the code."""
    used = {message.id for message in translate.extracted()}
    assert {message.id for message in translate.translated() if message.id} <= used


def test_the_compiled_catalogue_is_up_to_date() -> None:
    """The catalogue that is read is the one that was written."""
    with translate.PO.with_suffix(".mo").open("rb") as file:
        read = GNUTranslations(file)
    for message in translate.translated():
        if message.id:
            assert read.gettext(str(message.id)) == message.string


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


def test_an_unknown_language_is_refused() -> None:
    """A language that there is not is refused by name."""
    with pytest.raises(ElectionError, match=r"the language is 'sv'; the languages are da, en"):
        language("sv")
