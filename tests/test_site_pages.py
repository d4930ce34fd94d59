import re
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from kommunalvalg import data, elect_council, report

pytest.importorskip("sphinx")
pytest.importorskip("babel")

sys.path.insert(0, str(Path(__file__).parent.parent / "docs" / "_ext"))
calculator, councils, danish = map(import_module, ("calculator", "councils", "danish"))
answers, api_names = map(import_module, ("answers", "api_names"))


def built(folder: Path) -> SimpleNamespace:
    """Give what the extension needs of a build of the pages."""
    (folder / "html").mkdir()
    return SimpleNamespace(
        builder=SimpleNamespace(format="html"),
        outdir=str(folder / "html"),
        config=SimpleNamespace(calculator=True),
    )


def test_without_the_registry_the_page_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that cannot fetch what computes makes both pages all the same, and they say so."""

    def nothing(*_: str, folder: Path | None = None) -> None:
        raise calculator.Missing(f"no registry, {folder}")

    monkeypatch.setattr(calculator, "node", nothing)
    calculator.write(built(tmp_path), None)
    there = tmp_path / "html" / "beregner"
    assert '"engine": ""' in (there / "index.html").read_text(encoding="utf-8")
    assert '"engine": ""' in (there / "en.html").read_text(encoding="utf-8")
    assert not (there / "packages.bin").exists()


def test_another_package_under_the_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What npm gives is used only if it has the checksum that is known."""

    def other(*_: str, folder: Path | None = None) -> None:
        assert folder is not None
        (folder / "pyodide.tgz").write_bytes(b"another package")

    monkeypatch.setattr(calculator, "node", other)
    with pytest.raises(calculator.Missing, match="checksum"):
        calculator.engine(tmp_path)


def test_what_is_packed_can_answer(tmp_path: Path) -> None:
    """The archive has what the calculator imports, each file once, and three of Babel's locales with their parents."""
    names = [name for name, _ in calculator.packed()]
    assert len(names) == len(set(names))
    assert {"kommunalvalg/web/answers.py", "kommunalvalg/elections/kv2025.jsonl", "babel/global.dat"} <= set(names)
    locales = {Path(name).stem for name in names if name.startswith("babel/locale-data/")}
    assert {"da", "en", "root"} <= locales <= set(calculator.LOCALES)
    with ZipFile(tmp_path / "packages.bin", "w") as archive:
        for name, content in calculator.packed():
            archive.writestr(name, content)
    assert (tmp_path / "packages.bin").stat().st_size < 12_000_000


def test_every_council_has_a_page_of_its_own() -> None:
    """98 municipalities and 4 regions, each at an address of plain letters."""
    pages = [each.page for each in councils.councils()]
    assert len(pages) == len(set(pages)) == 102
    assert all(re.fullmatch(r"kommuner/[a-z0-9-]+", page) for page in pages)
    assert "kommuner/fanoe-kommune" in pages


@pytest.mark.parametrize("name", ["Fanø", "Lolland", "København", "Østdanmark"])
def test_the_page_of_a_council_tells_it_all(name: str) -> None:
    """The result, the half circle, the last seat, the margins, the lots; and it opens in the calculator."""
    (council,) = (each for each in councils.councils() if each.name == name)
    body = councils.body(council)
    for told in ("<svg", "Det sidste mandat", "Hvor sikre mandaterne er", "Lodtrækninger", "../beregner/index.html#"):
        assert told in body
    assert body.count("<h1>") == 1


def test_the_list_finds_by_name_and_code() -> None:
    """The list has every council, by the name and the code that are typed."""
    listed = councils.index(councils.councils())
    assert listed.count("<li ") == 102
    assert 'data-name="aarhus kommune 751"' in listed


def test_the_first_page_opens_any_council() -> None:
    """Each council can be chosen there, by the name that the calculator opens it by."""
    line = councils.choice(councils.councils())
    assert line.count("<option ") == 102
    assert '<option value="kv2025/Fanø">Fanø Kommune</option>' in line
    assert '<option value="rv2025/Midtjylland">Region Midtjylland</option>' in line


TREE = """<p class="caption" role="heading"><span class="caption-text">Begin</span></p>
<ul>
<li><a href="why.html">Why</a></li>
</ul>
<p class="caption" role="heading"><span class="caption-text">På dansk</span></p>
<ul{}>
<li><a href="#">Til sekretariater</a></li>
</ul>"""


def test_the_side_panel_folds_to_where_the_reader_is() -> None:
    """The part of the page is open, or the first; around a Danish page the Danish part comes first."""
    english = danish.folded(TREE.format(""), "<li></li>", danish=False)
    assert re.findall(r"<details[^>]*>", english) == ['<details class="part" open>', '<details class="part" lang="da">']
    here = danish.folded(TREE.format(' class="current"'), "<li></li>", danish=True)
    assert re.findall(r"<details[^>]*><summary>(.*?)<", here) == ["På dansk", "Begin"]
    assert re.findall(r"<details[^>]*>", here) == ['<details class="part" open>', '<details class="part" lang="en">']


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("KSL § 27, stk. 1", "KSL §\u00a027, stk.\u00a01"),
        ("<pre>§ 27, stk. 1</pre>", "<pre>§ 27, stk. 1</pre>"),
        ('<a title="§ 3">stk. x1</a>', '<a title="§ 3">stk. x1</a>'),
        ('<span class="pre">--present</span>', '<span class="pre whole">--present</span>'),
        ('<span class="pre">KRVL-78-L</span>', '<span class="pre whole">KRVL-78-L</span>'),
        ('<span class="pre">kommunalvalg.law</span>', '<span class="pre">kommunalvalg.law</span>'),
    ],
)
def test_what_belongs_together_is_not_torn_apart(written: str, kept: str) -> None:
    """A number stays with its "stk.", an option and the id of a rule on one line; what is printed stays as it is."""
    assert danish.whole(written) == kept


def test_a_table_of_an_answer_scrolls_by_itself() -> None:
    """What a command answers stands in the theme's box that scrolls, its numbers marked and its styles said once."""
    told = answers.in_page('<table>\n <tr><td style="padding: 0; text-align: right">7</td></tr>\n</table>')
    assert told.startswith('<div class="table-wrapper docutils"><table class="docutils"><tr><td class="n">7')


def test_every_name_of_the_api_says_what_it_is_for() -> None:
    """The table of the API has the functions and classes of every part, each with a sentence."""
    parts = Path(__file__).parent.parent / "docs" / "api"
    names = {name for part in parts.glob("*.md") for name in api_names.told(part.read_text(encoding="utf-8"))}
    assert {"kommunalvalg.dhondt", "kommunalvalg.law.provision", "kommunalvalg.analysis.margins.margins"} <= names
    assert [name for name in names if not api_names.purpose(name).endswith((".", ":", "?"))] == []


def test_the_half_circle_of_the_start_page_is_as_it_is_drawn() -> None:
    """What the first page shows of København is what its example draws."""
    drawn = report.half_circle_svg(elect_council(data.council("kv2025", "København")), "en")
    file = Path(__file__).parents[1] / "docs" / "_static" / "half-circle.svg"
    assert file.read_text(encoding="utf-8") == f"{drawn}\n"
