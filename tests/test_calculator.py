import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import data
from kommunalvalg.text import LANGUAGES
from kommunalvalg.web import in_browser
from kommunalvalg.web.answers import reply
from kommunalvalg.web.forms import TABS
from kommunalvalg.web.sheets import MOST_ROWS, examples
from kommunalvalg.web.template import page, static_files

pytest.importorskip("babel")

Sheet = dict[str, object]

OPEN = {
    "tab": "seats",
    "fields": {"name": "Nyby", "seats": "9"},
    "tables": {"lists": [["A", "11"], ["B", "8"], ["C", "2"]]},
}
GROUPS = {
    "tab": "committees",
    "fields": {"mayor": "A"},
    "tables": {
        "groups": [["A", "16"], ["V", "15"]],
        "committees": [["Økonomiudvalget", "7"], ["Teknik", "7"], ["Social", "7"], ["Kultur", "7"]],
    },
}
BALLOTS = {
    "tab": "majority",
    "fields": {"present": "25", "post": "Borgmester"},
    "tables": {"candidates": [["X", "12", "12", "12"], ["Y", "10", "12", "12"], ["Z", "", "1", ""]]},
}


def opened(name: str) -> Sheet:
    """Open an election that comes with the package."""
    sheet: Sheet = reply({"do": "open", "name": name})["sheet"]
    return sheet


def seats(sheet: object) -> dict[str, int]:
    """Give the seats that a sheet is answered with."""
    return {row["name"]: row["seats"] for row in reply({"do": "answer", "sheet": sheet})["rows"]}


@pytest.mark.parametrize("election", ["kv2025", "rv2025"])
def test_every_council_opens_with_its_official_seats(election: str) -> None:
    """Each council and region that is opened has the seats that were published."""
    for name, council in data.councils(election).items():
        answer = reply({"do": "answer", "sheet": opened(f"{election}/{name}")})
        lots = sum(lot["places"] for lot in answer["lots"])
        assert sum(row["seats"] for row in answer["rows"]) + lots == council.seats, name
        published = data.published(election, name).seats
        if not lots:
            assert {row["name"]: row["seats"] for row in answer["rows"]} == published


def test_a_council_is_found_by_its_code_too() -> None:
    """A municipality opens by its code as by its name."""
    assert opened("kv2025/563") == opened("kv2025/Fanø")


def test_every_kkr_opens_with_its_members() -> None:
    """Each KKR that is opened has as many members as it is composed of."""
    for name in data.kkrs():
        members = data.kkr(name).compose().members
        assert {party: count for party, count in seats(opened(f"kkr/{name}")).items() if count} == {
            party: count for party, count in members.items() if count
        }


def test_a_lot_is_open_until_people_enter_it() -> None:
    """An open lot says why, among whom and how many; an entered one settles it and stays visible."""
    answer = reply({"do": "answer", "sheet": OPEN}, "en")
    (lot,) = answer["lots"]
    assert (lot["among"], lot["places"], answer["complete"]) == (["B", "C"], 1, False)
    assert "KRVL § 81, stk. 2" in " ".join(lot["why"])
    draw = {"among": lot["among"], "chosen": ["B"], "place": lot["place"]}
    entered = reply({"do": "answer", "sheet": {**OPEN, "draws": [draw]}}, "en")
    assert entered["drawn"] == ["Nyby, Lot between B and C: B won."]
    assert entered["complete"]
    assert {row["name"]: row["seats"] for row in entered["rows"]} == {"A": 5, "B": 4, "C": 0}


def test_a_lot_that_no_longer_fits_says_so() -> None:
    """After the figures have changed, a lot that was entered is refused as one, so that it can be taken out."""
    sheet = {**OPEN, "fields": {"seats": "8"}, "draws": [{"among": ["B", "C"], "chosen": ["B"]}]}
    error = reply({"do": "answer", "sheet": sheet})["error"]
    assert error["lot"]


def test_alliances_can_be_left_aside() -> None:
    """The switch shows the seats without alliances, whatever stands in the form."""
    fanoe = opened("kv2025/Fanø")
    assert seats(fanoe)["Å"] == 1
    assert seats({**fanoe, "apart": True})["Å"] == 0


NESTED = {
    "tab": "seats",
    "fields": {"name": "Nyby", "seats": "2"},
    "tables": {"lists": [["A", "40", "", "1"], ["B", "90", "", "2"], ["C", "25", "", "1.1"], ["D", "20", "", "1.1"]]},
}


def test_an_alliance_may_stand_inside_an_alliance() -> None:
    """By a number inside another, 1.1, the inner one counts as one, and is told in brackets."""
    answer = reply({"do": "answer", "sheet": NESTED}, "en")
    assert answer["alliances"] == "Alliances: A+(C+D)."
    assert answer["alliances"] in reply({"do": "minutes", "sheet": NESTED}, "en")["text"]
    rows = [*NESTED["tables"]["lists"][:2], ["C", "25", "", "1"], ["D", "20", "", "1"]]  # type: ignore[index]
    beside = {**NESTED, "tables": {"lists": rows}}
    assert seats(NESTED) == {"A": 0, "B": 1, "C": 1, "D": 0}
    assert seats(beside) == {"A": 1, "B": 1, "C": 0, "D": 0}
    assert any("2021" in warning for warning in answer["warnings"])
    assert not reply({"do": "answer", "sheet": beside})["warnings"]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ("1 1 1.1 1.1", "A+B+(C+D)"),
        ("1.1 1.1 1.2 1.2", "(A+B)+(C+D)"),
        ("1 1.1 1.1.1 1.1.1", "A+(B+(C+D))"),
        ("1.1 1.1 2.1 2.1", "A+B, C+D"),
        ("1.1 2.1 1.2 3", "A+C"),
        ("1 2 3 4.1", ""),
    ],
)
def test_numbers_say_who_stands_with_whom(numbers: str, told: str) -> None:
    """What has one member is that member, at every depth."""
    rows = [[name, "10", "", number] for name, number in zip("ABCD", numbers.split(), strict=True)]
    answer = reply({"do": "answer", "sheet": {**NESTED, "tables": {"lists": rows}}}, "en")
    assert answer["alliances"] == (f"Alliances: {told}." if told else "")


def test_alliances_that_are_too_deep_are_refused() -> None:
    """A link may hold any number; what is no alliance says so, and so does one inside another in a KKR."""
    rows = [[f"L{depth}", "10", "", ".".join("1" * depth)] for depth in range(1, 99)]
    assert "50" in reply({"do": "answer", "sheet": {**NESTED, "tables": {"lists": rows}}})["error"]["message"]
    kkr = opened("kkr/sjaelland-2026")
    for row, number in zip(kkr["tables"]["parties"], ["1", "1.1", "1.1"], strict=False):  # type: ignore[index]
        row[-1] = number
    assert "error" in reply({"do": "answer", "sheet": kkr})


def test_the_last_seat_is_told_with_the_votes_that_were_missing() -> None:
    """One sentence has the quotient, who was next, and how many votes were missing."""
    last = reply({"do": "answer", "sheet": opened("kv2025/Fanø")}, "en")["last"]
    assert "quotient 185" in last
    assert "B was 35 votes from one seat more." in last


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["csv", "json", "html", "xlsx"])
def test_every_tab_answers_everything(tab: str, lang: str, form: str) -> None:
    """On each tab every fold opens, and every file is made."""
    pytest.importorskip("xlsxwriter")
    sheet = {"seats": opened("kv2025/Lolland"), "kkr": opened("kkr/sjaelland-2026"), "committees": GROUPS}.get(
        tab, BALLOTS
    )
    answer = reply({"do": "answer", "sheet": sheet}, lang)
    assert "error" not in answer
    for fold in answer["folds"]:
        told = reply({"do": fold, "sheet": sheet}, lang)
        assert told.get("html") or told["text"]
    file = reply({"do": "download", "sheet": sheet, "format": form}, lang)
    assert file["name"].endswith(f".{form}")
    json.dumps([answer, file])


def test_seats_that_may_be_claimed_are_told_and_carried_out() -> None:
    """§ 27: what V may claim is said, and a claim that is entered moves the seat."""
    assert "KSL § 27" in reply({"do": "answer", "sheet": GROUPS})["html"]
    tables = {**GROUPS["tables"], "claims": [["Teknik", "A", "V"]]}  # type: ignore[dict-item]
    claimed = reply({"do": "answer", "sheet": {**GROUPS, "tables": tables}})
    assert "error" not in claimed
    assert re.search(r"Teknik</th>\s*<td[^>]*>3</td>\s*<td[^>]*>4</td>", claimed["html"])


def test_members_restore_a_majority_that_a_claim_costs() -> None:
    """§ 27, stk. 3: who lost which majority is said with how many restore it; where it is ticked they are added."""
    tables = {**GROUPS["tables"], "claims": [["Teknik", "A", "V"]]}  # type: ignore[dict-item]
    said = reply({"do": "answer", "sheet": {**GROUPS, "tables": tables}}, "en")["html"]
    assert "A has lost its majority in Teknik by the claims; 2 members more restore it" in said.replace("\u00a0", " ")
    committees = [[*row, "1" if row[0] == "Teknik" else ""] for row in tables["committees"]]
    sheet = {**GROUPS, "tables": {**tables, "committees": committees}}
    restored = reply({"do": "answer", "sheet": sheet}, "en")["html"]
    assert re.search(r"Teknik</th>\s*<td[^>]*>5</td>\s*<td[^>]*>4</td>\s*<td[^>]*>9</td>", restored)
    assert "has lost its majority" not in restored


@pytest.mark.parametrize("claims", [[], [["Social", "A", "V"]]])
def test_a_majority_that_is_not_lost_cannot_be_restored(claims: list[list[str]]) -> None:
    """A tick where no majority is lost is found at its field."""
    committees = [["Teknik", "7", "1"], ["Social", "7", ""], ["Kultur", "7", ""]]
    groups = GROUPS["tables"]["groups"]  # type: ignore[index]
    sheet = {"tab": "committees", "tables": {"groups": groups, "committees": committees, "claims": claims}}
    error = reply({"do": "answer", "sheet": sheet})["error"]
    assert error["at"] == ["committees", 0, "restore"]


SIX = {
    "tab": "committees",
    "tables": {
        "groups": [["A", "16"], ["V", "15"]],
        "committees": [[f"Udvalg {number}", "7"] for number in range(1, 7)],
    },
}
TWICE = [["Udvalg 1", "A", "V"], ["Udvalg 1", "A", "V"]]


def claiming(claims: list[list[str]], second: str = "") -> Sheet:
    """Give six committees of seven between 16 and 15, with claims; V takes a second seat or does not."""
    groups = [["A", "16"], ["V", "15", second]]
    return {**SIX, "tables": {**SIX["tables"], "groups": groups, "claims": claims}}  # type: ignore[dict-item]


def test_a_second_seat_in_one_committee_is_the_receivers_to_take() -> None:
    """§ 27: a second seat of one committee is refused at the receiver's tick, and is carried out where it is set."""
    error = reply({"do": "answer", "sheet": claiming(TWICE)}, "en")["error"]
    assert error["at"] == ["groups", 1, "second"]
    assert "Takes a second, V says that it does not" in error["message"]
    html = reply({"do": "answer", "sheet": claiming(TWICE, "1")}, "en")["html"]
    assert re.search(r"Udvalg 1</th>\s*<td[^>]*>2</td>\s*<td[^>]*>5</td>", html)
    ways = (reply({"do": "answer", "sheet": claiming([], second)}, "en")["html"] for second in ("", "1"))
    assert [re.findall(r"ways to place them: (\d+)", html) for html in ways] == [["15"], ["21"]]


@pytest.mark.parametrize(
    ("claims", "at"),
    [
        ([["Udvalg 1", "A", ""]], ["claims", 0, "receiver"]),
        ([["Udvalg 1", "", "V"]], ["claims", 0, "giver"]),
        ([["", "A", "V"]], ["claims", 0, "name"]),
        ([["Udvalg 1", "V", "A"]], ["claims", 0, "giver"]),
        ([["Udvalg 9", "A", "V"]], ["claims", 0, "name"]),
        ([["Udvalg 1", "A", "V"], ["Udvalg 2", "A", "V"], ["Udvalg 3", "A", "V"]], ["claims", 2, "giver"]),
    ],
)
def test_a_claim_that_cannot_be_is_found(claims: list[list[str]], at: list[object]) -> None:
    """What is missing in a claim, or is against § 27, is said at its row."""
    assert reply({"do": "answer", "sheet": claiming(claims)})["error"]["at"] == at


def test_the_words_for_the_minutes_have_the_seats() -> None:
    """The seats of the committees, what passed and who was added stand in the words, and so do members and ballots."""
    rows = [["Udvalg 1", "7", "1"], *([f"Udvalg {number}", "7"] for number in range(2, 7))]
    sheet = claiming([["Udvalg 1", "A", "V"], ["Udvalg 2", "A", "V"]])
    sheet["tables"]["committees"] = rows  # type: ignore[index]
    text = reply({"do": "minutes", "sheet": sheet}, "da")["text"].replace("\u00a0", " ")
    for line in (
        "Udvalg 1: A 5, V 4, antal medlemmer 9",
        "Udvalg 2: A 3, V 4, antal medlemmer 7",
        "Udvalg 2: fra A, til V",
        "Udvalg Udvalg 1, valggruppe A, antal medlemmer 2",
    ):
        assert line in text.splitlines()
    kkr = reply({"do": "minutes", "sheet": opened("kkr/sjaelland-2026")}, "en")["text"]
    assert re.search(r"^V: .*members 9$", kkr, re.MULTILINE)
    assert "X: ballot 1 12, ballot 2 12, ballot 3 12" in reply({"do": "minutes", "sheet": BALLOTS}, "en")["text"]


@pytest.mark.parametrize(
    ("sheet", "status"),
    [
        (OPEN, "A 5, B 3, C 0. A lot is open."),
        (SIX, "A 24, V 18. V may claim 2."),
        (BALLOTS, "A lot is open."),
        ({**BALLOTS, "tables": {"candidates": [["X", "13"], ["Y", "12"]]}}, "X is elected."),
        ({**BALLOTS, "tables": {"candidates": [["X", "12"], ["Y", "12"]]}}, "The answer is there."),
    ],
)
def test_what_came_out_is_said_briefly(sheet: object, status: str) -> None:
    """Who hears the page, or sees but its edge on a phone, is told the seats, the post and an open lot."""
    assert reply({"do": "answer", "sheet": sheet}, "en")["status"] == status


def test_tables_in_which_nothing_stands_are_left_out() -> None:
    """While a lot is open nobody is elected, and no row of dashes says so, on the page and in a file."""
    html = reply({"do": "answer", "sheet": BALLOTS}, "en")["html"]
    file = reply({"do": "download", "sheet": BALLOTS, "format": "csv"}, "en")
    for text in (html, file["text"]):
        assert "Who is elected" not in text
        assert "Ballot 3" in text


@pytest.mark.parametrize(("lang", "name"), [("da", "udvalg"), ("en", "committees")])
def test_a_file_is_called_by_what_it_is_of(lang: str, name: str) -> None:
    """By the council, the KKR or the post; without one by the form, in the page's language."""
    named = [(OPEN, "nyby"), (BALLOTS, "borgmester"), (SIX, name)]
    for sheet, stem in named:
        assert reply({"do": "download", "sheet": sheet, "format": "json"}, lang)["name"] == f"{stem}.json"


@pytest.mark.parametrize("tab", TABS)
def test_every_form_has_an_example(tab: str) -> None:
    """Each form can be filled in with an example, which is answered, in both languages."""
    sheet = {**examples(), "seats": opened("kv2025/563")}[tab]
    assert sheet["tab"] == tab
    assert "error" not in reply({"do": "answer", "sheet": sheet})


def test_the_third_ballot_may_end_in_a_lot() -> None:
    """Equal votes in ballot 3 are a lot between the two."""
    (lot,) = reply({"do": "answer", "sheet": BALLOTS})["lots"]
    assert lot["among"] == ["X", "Y"]


BAD = {
    "letters": ({"lists": [["A", "11"], ["B", "x"]]}, ["lists", 1, "votes"]),
    "negative": ({"lists": [["A", "-1"]]}, ["lists", 0, "votes"]),
    "no name": ({"lists": [["A", "11"], ["", "8"]]}, ["lists", 1, "name"]),
    "twice": ({"lists": [["A", "11"], ["A", "8"]]}, ["lists", 1, "name"]),
    "candidates": ({"lists": [["A", "11", "1,5"]]}, ["lists", 0, "candidates"]),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_said_at_its_field(case: str, lang: str) -> None:
    """A cell that holds no number, or no name, is found, in the language of the page."""
    tables, at = BAD[case]
    error = reply({"do": "answer", "sheet": {**OPEN, "tables": tables}}, lang)["error"]
    assert error["at"] == at
    assert (" er " in error["message"] or "mangler" in error["message"]) == (lang == "da")


@pytest.mark.parametrize(("seats", "at"), [("", ["seats"]), ("1.5", ["seats"]), ("1000000", ["seats"])])
def test_a_number_of_seats_that_is_none_is_found(seats: str, at: list[str]) -> None:
    """So is a number of seats that is missing, none, or larger than any council."""
    assert reply({"do": "answer", "sheet": {**OPEN, "fields": {"seats": seats}}})["error"]["at"] == at


TABLES = {
    "A 11\nB 8\nC 2": [["A", "11"], ["B", "8"], ["C", "2"]],
    "A\t1.011\n\nDen ny liste\t8\n": [["A", "1011"], ["Den ny liste", "8"]],
    "parti;stemmer\nA;11\nB;8\n": [["A", "11"], ["B", "8"]],
}


@pytest.mark.parametrize("text", TABLES)
def test_a_table_is_read_as_it_was_pasted(text: str) -> None:
    """With a heading as files have it, or a name and a number on each line."""
    assert reply({"do": "read", "text": text})["rows"] == TABLES[text]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A 11\nB\n", "Linje 2"),
        ("A 11\nB 1.5\n", "Linje 2"),
        ("parti;stemmer\nA;11\nB;x\n", "Linje 3"),
        ("PK\x03\x04", "xlsx"),
        ("", "tabel"),
        ("A 1\nA 2\n", "to linjer"),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_line(text: str, said: str) -> None:
    """What is wrong with a table is said in the page's language, with the line."""
    assert said in reply({"do": "read", "text": text}, "da")["error"]["message"]


@pytest.mark.parametrize(
    ("message", "begin"),
    [
        ({"do": "open", "name": "kv2025/Atlantis"}, "Kommune er 'Atlantis'"),
        ({"do": "read", "text": ""}, "Tabellen er ''"),
        ({"do": "read", "text": "<b>x</b>\n1"}, "Tabellen er XML"),
    ],
)
def test_what_is_refused_has_the_name_that_people_have_for_it(message: dict[str, str], begin: str) -> None:
    """A council that there is not, and what is no table, are not called as a program calls them."""
    assert reply(message)["error"]["message"].startswith(begin)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["tab", "fields", "tables", "lists", "draws", "among", "name"]), inner)
    ),
    max_leaves=10,
)


@given(sheet=JSON, do=st.sampled_from(["answer", "reasons", "open", "read", "download", "nothing"]), rest=JSON)
def test_whatever_is_sent_is_answered(sheet: object, do: str, rest: object) -> None:
    """No message makes the calculator fail: it answers, or says what is wrong."""
    reply({"do": do, "sheet": sheet, "name": rest, "text": rest, "format": rest})
    reply({"do": do, "sheet": {"tab": "seats", "fields": rest, "tables": {"lists": sheet}, "draws": rest}})


@given(name=st.text(min_size=1, max_size=20))
def test_names_are_never_markup(name: str) -> None:
    """Whatever a list is called, its name stands as text in the picture and in the tables."""
    evil = f"<img src=x onerror=alert(1)>{name}"
    sheet = {**OPEN, "tables": {"lists": [[evil, "11"], ["B", "3"]]}}
    answer = reply({"do": "answer", "sheet": sheet})
    if "error" not in answer:
        assert "<img" not in answer["picture"] + reply({"do": "reasons", "sheet": sheet})["html"]
        ET.fromstring(answer["picture"])  # noqa: S314 - our own picture


def test_a_sheet_has_a_largest_size() -> None:
    """More rows than any election has are refused, so that nobody waits."""
    rows = [[f"L{number}", "1"] for number in range(MOST_ROWS + 1)]
    assert "error" in reply({"do": "answer", "sheet": {**OPEN, "tables": {"lists": rows}}})


class Named(HTMLParser):
    """What is on a page: ids, and what fields are labelled with."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.fields: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag's id, or what it labels."""
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
            if tag in {"input", "select"}:
                self.fields.add(given["id"] or "")
        if tag == "label" and given.get("for"):
            self.labels.add(given["for"] or "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("engine", ["server", "worker", ""])
def test_the_page_stands_in_both_languages(lang: str, engine: str) -> None:
    """Every field has its label, no id stands twice, all councils can be chosen, and the first answer is there."""
    text = page(lang, engine=engine)  # type: ignore[arg-type]
    found = Named()
    found.feed(text)
    assert len(found.ids) == len(set(found.ids))
    assert found.fields - {"file"} <= found.labels
    assert text.count('value="kv2025/') == len(data.councils("kv2025"))
    held = re.search(r'id="settings">(.*?)</script>', text, re.DOTALL)
    assert held
    assert json.loads(held[1])["example"]["answer"]["complete"]
    assert "http://" not in re.sub(r"http://www.w3.org/2000/svg", "", text)


def test_a_browser_is_answered_as_the_page_is() -> None:
    """The same answer as text, in both languages; and what was rehearsed is what is answered then."""
    message = {"do": "answer", "sheet": OPEN}
    for lang in LANGUAGES:
        assert json.loads(in_browser.reply(json.dumps(message), lang)) == reply(message, lang)
    assert json.loads(in_browser.rehearsed()) == reply({"do": "answer", "sheet": opened("kv2025/Glostrup")})


@pytest.mark.parametrize(
    ("examples", "printed"),
    [
        (["x = 2", "x + 1"], "3\n"),
        (["print('before'); 1 / 0"], "before\nZeroDivisionError: division by zero\n"),
        (["raise SystemExit(3)"], "SystemExit: 3\n"),
        (["'first'", "None"], ""),
    ],
)
def test_an_example_prints_as_the_interpreter_does(examples: list[str], printed: str) -> None:
    """What is run on a page prints what its last example prints, or what is wrong with it."""
    assert in_browser.run(json.dumps(examples)) == printed
    assert in_browser.run('["1 +"]').endswith("SyntaxError: invalid syntax\n")


@pytest.mark.parametrize("file", ["calc.js", "worker.js", "python.mjs", "calc.css"])
def test_no_file_of_the_page_names_another_host(file: str) -> None:
    """Nothing is fetched from elsewhere."""
    assert not re.search(r"https?:|//\w+\.\w+/", static_files()[file])
