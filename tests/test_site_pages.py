import re
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

pytest.importorskip("sphinx")

sys.path.insert(0, str(Path(__file__).parent.parent / "docs" / "_ext"))
calculator, councils = import_module("calculator"), import_module("councils")


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
    assert not (there / "packages.zip").exists()


def test_another_package_under_the_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What npm gives is used only if it has the checksum that is known."""

    def other(*_: str, folder: Path | None = None) -> None:
        assert folder is not None
        (folder / "pyodide.tgz").write_bytes(b"another package")

    monkeypatch.setattr(calculator, "node", other)
    with pytest.raises(calculator.Missing, match="checksum"):
        calculator.engine(tmp_path)


def test_what_is_packed_can_answer(tmp_path: Path) -> None:
    """The archive has what the calculator imports, each file once."""
    names = [name for name, _ in calculator.packed()]
    assert len(names) == len(set(names))
    assert {"kommunalvalg/web/answers.py", "kommunalvalg/elections/kv2025.jsonl"} <= set(names)
    with ZipFile(tmp_path / "packages.zip", "w") as archive:
        for name, content in calculator.packed():
            archive.writestr(name, content)
    assert (tmp_path / "packages.zip").stat().st_size < 9_000_000


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
