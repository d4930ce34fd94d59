"""Every kind of result can be told, tabled, written, read back, shown and, where that makes sense, drawn."""

import json
from typing import Any

import attrs
import jsonschema
import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from kinds import every_result

from kommunalvalg import DataError, ElectionError, data, report
from kommunalvalg.report.rendering import render
from kommunalvalg.results import KINDS, Result, ResultKind, kind_of

mpl.use("Agg")

EVERY = {f"{kind_of(each).name} {type(getattr(each, 'case', None)).__name__}": each for each in every_result()}
ALL = pytest.mark.parametrize("result", EVERY.values(), ids=EVERY)

UNWRITTEN = {"simulated-seats": "it rests on a model, which may be any program's"}
"""ResultKind -> why no file holds it."""


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_and_every_class_of_its_cases_is_here(kind: ResultKind) -> None:
    """No kind is left out of these tests, and none of the ways to come to it."""
    made = [each for each in every_result() if kind_of(each) is kind]
    assert made
    assert {type(each.case) for each in made} >= set(kind.case_classes)  # type: ignore[attr-defined]  # every result has it


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_it_is_built_by_keyword(kind: ResultKind) -> None:
    """Nobody has to know the order of the fields of a result, and a new one comes in anywhere."""
    fields: Any = attrs.fields(kind.result_class)
    assert all(field.kw_only for field in fields)


@ALL
def test_it_is_told_in_full_and_at_a_glance(result: Result) -> None:
    """Its explanation and its summary have words in both languages, and a notebook shows it."""
    kind = kind_of(result)
    for lang in ("da", "en"):
        assert report.explain(result, lang).strip()
        assert kind.summary is None or render(kind.told(result, briefly=True), "text", lang).strip()
    assert "<table" in (result._repr_html_() or "")
    assert "|" in (result._repr_markdown_() or "")


@ALL
def test_it_prints_on_a_few_lines(result: Result) -> None:
    """A console and an error say what it is and what it was made from, and not all that is in it."""
    assert len(repr(result)) < 520
    assert len(repr(getattr(result, "case", None))) < 1100


@ALL
def test_it_comes_as_rows_and_a_frame(result: Result) -> None:
    """Its tables are rows, and the first of them a frame with as many."""
    rows = report.rows(result)
    assert rows
    assert len(report.to_frame(result)) == len(rows)


@ALL
def test_it_is_written_and_read(result: Result) -> None:
    """JSON of it fits the schema, and what is read is the same; where no file holds it, that is said."""
    kind: Any = type(result)
    if kind_of(result).name in UNWRITTEN:
        with pytest.raises(DataError, match=f"no file holds '{kind_of(result).name}'"):
            data.to_json(result)
        return
    document = data.to_json(result)
    jsonschema.Draft202012Validator(data.json_schema(kind)).validate(document)
    assert data.from_json(json.loads(json.dumps(document)), kind) == result


@ALL
def test_it_is_drawn_where_it_has_a_picture(result: Result) -> None:
    """A kind that says that it has a picture draws one; any other says that it has none."""
    kind = kind_of(result)
    if kind.picture is None:
        with pytest.raises(ElectionError, match="has no picture"):
            kind.drawn(result)
    else:
        assert kind.drawn(result)
        plt.close("all")


def test_only_kinds_with_a_reason_have_no_cases() -> None:
    """A kind without cases is in no file."""
    assert {name for name, kind in KINDS.items() if not kind.cases} == UNWRITTEN.keys()
