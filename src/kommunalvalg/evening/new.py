"""A file to begin with: the members as they were elected, and the rest as comments that say what belongs where."""

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from io import BytesIO

import attrs

from kommunalvalg.council.result import CouncilResult
from kommunalvalg.errors import MissingExtraError
from kommunalvalg.evening.given import Happening, Model
from kommunalvalg.evening.sheets import SHEETS
from kommunalvalg.files.writing import undated
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import cited

__all__ = ["FORMS", "NewMeeting"]


@attrs.frozen(kw_only=True)
class NewMeeting:
    """What a file of a meeting begins with.

    Attributes:
        name: the municipality, or the region.
        members: member -> list.
        year: the election year.
        substitutes: list -> its substitutes, in the order in which they enter (KRVL § 91).
        region: whether it is a region.

    >>> print(NewMeeting(name="Nyby", members={"A-1": "A"}, year=2029).toml().decode().splitlines()[5])
    kommune = "Nyby"
    """

    name: str
    members: Mapping[str, str]
    year: int
    substitutes: Mapping[str, Iterable[str]] = FrozenDict()
    region: bool = False

    @classmethod
    def of(cls, result: CouncilResult, *, region: bool) -> "NewMeeting":
        """Begin with those who were elected, in the order of the seats, and their substitutes.

        Candidates are named as the election's data name them, "B-1" where these have no names.
        """
        return cls(
            name=result.case.name,
            members={mandate.candidate: mandate.letter for mandate in result.mandates},
            year=result.case.year,
            substitutes={name: each for name, each in result.substitutes.items() if each},
            region=region,
        )

    @property
    def day(self) -> date:
        """The first day on which it may be held."""
        return date(self.year, 12, 1)

    def cited(self, wording: str) -> str:
        """Write the provisions of its day; claims in a region have a rule of their own."""
        return cited(wording.replace("{KSL-27}", "{RL-14b}") if self.region else wording, self.day)

    def toml(self) -> bytes:
        """Write the file as TOML, with comments."""
        region, lists = self.region, list(dict.fromkeys(self.members.values()))
        lines = [*_HEAD, f"{'region' if region else 'kommune'} = {_text(self.name)}"]
        held = "{RL-9-1}" if region else "{KSL-6-1}"
        lines.append(self.cited(f"dato = {self.day}          # mødet holdes 1.-15. december, {held}"))
        lines += [*([] if region else _MODEL), *_EACH, *_MEMBERS]
        lines += [f"{_text(member)} = {_text(letter)}" for member, letter in self.members.items()]
        if self.substitutes:
            lines += ["", self.cited("[stedfortraedere]           # i den rækkefølge, de indtræder i, {KRVL-91-1}")]
            lines += [f"{_text(key)} = [{', '.join(map(_text, each))}]" for key, each in self.substitutes.items()]
        example = f"# {_text('+'.join(lists[:2]))} = [{', '.join(map(_text, lists[:2]))}]"
        lines += ["", _REGIONAL_GROUPS if region else _COUNCIL_GROUPS, "[grupper]", example]
        lines += map(self.cited, (*_LATER, *(_REGIONAL if region else _ELECTIONS), *_REST))
        return ("\n".join(lines) + "\n").encode()

    def json(self) -> bytes:
        """Write the same as JSON, which has no comments."""
        document = tomllib.loads(self.toml().decode())
        return (json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n").encode()

    def workbook(self) -> bytes:
        """Write the same as a workbook: a sheet for each kind of thing, with its columns.

        Raises:
            MissingExtraError: the extra ``xlsx`` is not installed.
        """
        try:
            from openpyxl import Workbook  # noqa: PLC0415 - an optional library
            from openpyxl.styles import Font  # noqa: PLC0415
        except ImportError:
            raise MissingExtraError("workbooks", "openpyxl", "xlsx") from None
        book = Workbook()
        guide = book.worksheets[0]
        guide.title = "Vejledning"
        filled: dict[str, list[tuple[object, ...]]] = {
            "Møde": [
                ("region" if self.region else "kommune", self.name),
                ("dato", self.day.isoformat()),
                *([] if self.region else [("styreform", "udvalgsstyre")]),
            ],
            "Medlemmer": list(self.members.items()),
            "Stedfortrædere": [(letter, each) for letter, names in self.substitutes.items() for each in names],
        }
        for title, columns in SHEETS.items():
            if title == ("Formandsvalg" if self.region else "Sundhedsråd"):
                continue
            sheet = book.create_sheet(title)
            sheet.append(list(columns))
            for cell in sheet[1]:
                cell.font = Font(bold=True)
            for row in filled.get(title, []):
                sheet.append(list(row))
            for place in range(len(columns)):
                sheet.column_dimensions[chr(ord("A") + place)].width = 24
            sheet.freeze_panes = "A2"
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
            sheet.page_setup.fitToHeight = 0
            sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
            sheet.print_title_rows = "1:1"
            guide.append([title, self.cited(_GUIDE[title])])
        guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 18, 110
        out = BytesIO()
        book.save(out)
        return undated(out.getvalue())


FORMS: Mapping[str, Callable[[NewMeeting], bytes]] = {
    ".toml": NewMeeting.toml,
    ".json": NewMeeting.json,
    ".xlsx": NewMeeting.workbook,
}
"""How a file's name ends -> what writes it."""


def _text(text: str) -> str:
    """Write a text as TOML does."""
    return json.dumps(text, ensure_ascii=False)


_HEAD = [
    "# Konstituerende møde. Udfyld, hvad der er sket; resten siger protokollen, hvad der mangler:",
    "#",
    "#   kommunalvalg constitute DENNE-FIL -o protokol.docx",
    "#   kommunalvalg constitute DENNE-FIL --brief",
    "",
]
_USUAL_MODEL, *_OTHER_MODELS = map(_text, Model)
_MODEL = [f"# styreform = {_USUAL_MODEL}  # eller {', '.join(_OTHER_MODELS)}"]
_EACH = [
    "",
    "# Et navn pr. linje og listen; skriv medlemmernes rigtige navne, så står de i protokollen. Mere om den enkelte:",
    '# "Navn" = { liste = "A", koen = "k", anciennitet = 12, foedt = 1961-04-12, stedfortraeder = "Navn" }',
    "",
]
_MEMBERS = ["[medlemmer]"]
_ALONE = "hvem der ikke er nævnt, står sammen med sin liste."
_COUNCIL_GROUPS = f"# Anmeldelsen til økonomiudvalg og stående udvalg; {_ALONE}"
_REGIONAL_GROUPS = f"# Anmeldelsen til forretningsudvalg, sundhedsråd og stående udvalg; {_ALONE}"
_LATER = """
# [[anmeldelse]]              # en senere anmeldelse samme aften; så skal valgene have klokkeslæt, kl
# kl = "22.40"
# grupper = { "V+L" = ["V", "L"] }
""".splitlines()
_REGIONAL = """
[formand]
afstemninger = []
# afstemninger = [{ "Navn" = 21, "Andet navn" = 10 }]

[naestformaend]             # første og anden, forholdstalsvalg, {RL-9}
navne = []

[naestformand_fu]           # næstformand for forretningsudvalget, flertalsvalg, {RL-14:leads}
afstemninger = []

# [udvalg."Forretningsudvalget"]     # ulige; formand og næstformand er medlemmer af det
# pladser = 9
# personer = ["Navn"]         # hver på sin egen gruppes plads; eller personer = { "V+L" = ["Navn"] }

# [sundhedsraad."Sundhedsråd Navn"]  # et for hvert sundhedsråd; de regionale medlemmer, ét flere end de kommunale
# pladser = 7
# kommunale = 6
# personer = ["Navn"]
# formand = { afstemninger = [] }
# naestformand = { afstemninger = [] }
""".splitlines()
_ELECTIONS = """
[borgmester]
afstemninger = []
# afstemninger = [{ "Navn" = 11, "Andet navn" = 8 }, { "Navn" = 13 }]

[viceborgmester]            # er der to: [viceborgmestre] med navne = ["første", "anden"]
afstemninger = []

# [[formandsvalg]]            # kun efter {KSL-65}: formændene i den rækkefølge, de er valgt
# udvalg = "Teknik"
# medlem = "Navn"

# [udvalg."Økonomiudvalget"]
# pladser = 7
# personer = ["Navn"]         # hver på sin egen gruppes plads; eller personer = { "V+L" = ["Navn"] }
#
# [udvalg."Teknik"]
# pladser = 7
# formand = "Navn"
# enighed = { "A" = 4, "V" = 3 }   # kun hvis alle medlemmer er enige
# afkald = { "A" = 1 }             # en gruppe, der giver afkald på pladser
""".splitlines()
_REST = """
# [[overtagelser]]            # pladser, der overtages efter {KSL-27}
# udvalg = "Teknik"
# fra = "A"
# til = "V"

# [organ."Havnen"]            # øvrige udvalg, kommissioner, bestyrelser, i den rækkefølge, de vælges
# pladser = 2
# andre = 1                   # pladser til andre end medlemmer, {KSL-26}
# raekkefoelge = ["Navn"]     # dem, grupperne har valgt, i den rækkefølge de valgte; kun hvor der også er andre
# embede = ["Navn"]           # født medlem, {KSL-25-2}
# grupper = { "V+L" = ["V", "L"] }   # hvis der er en særlig anmeldelse
# personer = ["Navn"]

# [lodtraekninger]            # efter stedets navn: udvalget, organet, posten, "under ét", "udvalgsformænd"
# "Teknik" = { vinder = "V", trukket_af = "Navn" }

# [[haendelse]]               # perioden efter: udtræder, dør, forfald, tilbage, forlader, udpeges, skifter parti,
# dato = 2031-03-01           # skifter gruppe, fritages, vælges, afsættes, forfald til møde, inhabil
# hvem = "Navn"
# hvad = "forlader"
# sted = "Teknik"
""".splitlines()


_GUIDE = {
    "Møde": "Ét felt pr. række: kommune eller region, dato, styreform; to viceborgmestre: viceborgmestre, navnene "
    "(og viceborgmestre kl, hvornår de blev valgt)",
    "Medlemmer": "Et medlem pr. række. Køn: k eller m. Til stede: nej, når medlemmet er fraværende",
    "Grupper": "Hvem der stemmer sammen. Kl: en senere anmeldelse samme aften. Organ: kun til dét organ",
    "Afstemninger": "En række pr. kandidat og afstemning (1-3). Valg: borgmester, viceborgmester eller organet",
    "Formandsvalg": "Kun efter {KSL-65}: udvalg og formand i den rækkefølge, grupperne vælger",
    "Udvalg": "Økonomiudvalget og de stående udvalg med antal pladser; kl, hvis grupperne ændres samme aften",
    "Organer": "Kommissioner, bestyrelser m.v. Andre: pladser til ikke-medlemmer, {KSL-26}. Embede: født medlem",
    "Sundhedsråd": "De regionale pladser og antallet af kommunale medlemmer; formænd under Afstemninger",
    "Personer": "Hvem hver gruppe udpeger, med komma imellem",
    "Fordeling": "Kun hvis alle er enige om en anden fordeling, eller en gruppe giver afkald på pladser",
    "Overtagelser": "Pladser efter {KSL-27}: udvalg, fra hvilken gruppe og til hvilken",
    "Lodtrækninger": "Efter stedets navn: udvalget, organet, posten eller under ét",
    "Stedfortrædere": "I den rækkefølge, de indtræder, {KRVL-91-1}",
    "Hændelser": f"Perioden efter: {', '.join(Happening)}",
}
"""Sheet -> what belongs in it."""
