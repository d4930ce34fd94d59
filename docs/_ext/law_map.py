# ruff: noqa: INP001 - a folder of extensions is no package
"""The law map: pages made from the rules, the functions that carry them out and the tests that hold them.

Directives: ``law-table`` (all rules), ``law-rules KRVL`` (a statute's, one section each), ``law-questions``,
``law-documents``, ``law-sources``, ``law-evidence``. Role: ``rule`` links to a rule by its id, and so does an id that a
docstring cites. Where the rules, the functions and the tests disagree there is a warning, which -W refuses.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from check_law_map import AWAITED, TESTS, Held, all_tests, carries_out, faults
from citations import Citation, citations, pattern, prose
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.nodes import make_refnode

import kommunalvalg
from kommunalvalg import data, law

logger = logging.getLogger(__name__)

Text: TypeAlias = str | nodes.Node | Iterable["Text"]
"""What becomes a part of a line: words, a node, or several."""


def label(rule_id: str) -> str:
    """Give the label of a rule, which is its anchor too."""
    return f"rule-{rule_id.lower()}"


def question_label(rule_id: str) -> str:
    """Give the label of what is open about a rule."""
    return f"question-{rule_id.lower()}"


# Parts of a line


def link(to: str, text: str, docname: str) -> nodes.Node:
    """Link to a label."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text, classes=["std", "std-ref"]),
        refdomain="std",
        reftype="ref",
        reftarget=to,
        refexplicit=True,
        refwarn=True,
        refdoc=docname,
    )


def inline(text: Text, docname: str) -> Iterator[nodes.Node]:
    """Give the nodes of a text; an id of a rule in it becomes a link to the rule."""
    if isinstance(text, nodes.Node):
        yield text
    elif not isinstance(text, str):
        for part in text:
            yield from inline(part, docname)
    else:
        end = 0
        for match in pattern().finditer(text):
            yield nodes.Text(text[end : match.start()])
            yield rule_link(match[0], docname, None)
            end = match.end()
        yield nodes.Text(text[end:])


def rule_link(rule_id: str, docname: str, location: Any) -> nodes.Node:  # noqa: ANN401 - docutils' or Sphinx's
    """Link to a rule by its id; an id that there is not is a warning."""
    if rule_id in law.rules():
        return link(label(rule_id), rule_id, docname)
    logger.warning("%s is no rule of the law map", rule_id, location=location or docname, type="law_map")
    return nodes.literal("", rule_id)


def badges(rule: law.LawRule) -> Iterator[nodes.Node]:
    """Give the kinds of a rule's evidence, without the notes."""
    for number, kind in enumerate(dict.fromkeys(evidence.kind for evidence in rule.evidence)):
        if number:
            yield nodes.Text(" ")
        yield badge(kind)


def badge(kind: str) -> nodes.Node:
    """Give a kind of evidence as a badge."""
    return nodes.inline("", kind, classes=["evidence", f"evidence-{kind}"])


# Blocks


def paragraph(docname: str, *text: Text) -> nodes.paragraph:
    """Give a paragraph."""
    return nodes.paragraph("", "", *inline(text, docname))


def block(docname: str, content: Text) -> nodes.Element:
    """Give a paragraph, or the list that there is already."""
    return content if isinstance(content, nodes.bullet_list) else paragraph(docname, content)


def bullets(docname: str, items: Iterable[Text]) -> nodes.bullet_list:
    """Give a list."""
    return nodes.bullet_list("", *(nodes.list_item("", paragraph(docname, item)) for item in items))


def table(docname: str, head: Iterable[str], widths: Iterable[int], rows: Iterable[Iterable[Text]]) -> nodes.table:
    """Give a table."""

    def row(cells: Iterable[Text]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", block(docname, cell)) for cell in cells))

    shares = list(widths)
    return nodes.table(
        "",
        nodes.tgroup(
            "",
            *(nodes.colspec(colwidth=width) for width in shares),
            nodes.thead("", row(head)),
            nodes.tbody("", *map(row, rows)),
            cols=len(shares),
        ),
        classes=["law-table"],
    )


# What stands in the law map


class LawDirective(SphinxDirective):
    """A part of the law map; it is made anew when a test has changed."""

    def run(self) -> list[nodes.Node]:
        """Give the nodes of the part."""
        for file in TESTS.rglob("test_*.py"):
            self.env.note_dependency(str(file))
        return list(self.parts())

    def parts(self) -> Iterator[nodes.Node]:
        """Give the nodes of the part."""
        raise NotImplementedError

    @property
    def docname(self) -> str:
        """The page."""
        return str(self.env.docname)

    def anchored(self, node: nodes.Element, name: str) -> nodes.Element:
        """Make a node a target of links."""
        node["ids"].append(name)
        node["names"].append(name)
        self.state.document.note_explicit_target(node, node)
        return node


class LawTable(LawDirective):
    """All rules in one table."""

    def parts(self) -> Iterator[nodes.Node]:
        """Give the table."""
        yield table(
            self.docname,
            ("Rule", "What", "Where", "Evidence", ""),
            (14, 38, 26, 16, 6),
            (
                (
                    rule.id,
                    rule.title,
                    rule.provision,
                    badges(rule),
                    link(question_label(rule.id), "open", self.docname) if rule.open else "",
                )
                for rule in law.rules().values()
            ),
        )


class LawEvidence(LawDirective):
    """The kinds of evidence, what each means, and how many rules have it."""

    def parts(self) -> Iterator[nodes.Node]:
        """Give the table."""
        rules = law.rules().values()
        yield table(
            self.docname,
            ("Evidence", "What it means", "Rules"),
            (14, 76, 10),
            (
                (
                    badge(kind),
                    meaning.replace("it gives", "the rule gives"),
                    str(sum(kind in {evidence.kind for evidence in rule.evidence} for rule in rules)),
                )
                for kind, meaning in law.EVIDENCE.items()
            ),
        )


class LawRules(LawDirective):
    """The rules of some statutes, a section each."""

    required_arguments = 1
    optional_arguments = 99

    def parts(self) -> Iterator[nodes.Node]:
        """Give the sections."""
        cited, held = citations(), all_tests()
        for statute in self.arguments:
            if statute not in law.statutes():
                raise self.error(f"{statute} is no statute; the statutes are {', '.join(law.statutes())}")
            for rule in law.rules().values():
                if rule.statute == statute:
                    yield self.section(
                        rule,
                        [citation for citation in cited if citation.rule == rule.id],
                        [test for test in held if test.rule == rule.id],
                    )

    def section(self, rule: law.LawRule, cited: list[Citation], held: list[Held]) -> nodes.section:
        """Give the section of one rule."""
        where = rule.provision if rule.provisions else f"{rule.statute}, {rule.provision}"
        section = nodes.section("", nodes.title("", f"{where}: {rule.title} ({rule.id})"))
        self.anchored(section, label(rule.id))
        section += addnodes.index(
            entries=[("single", entry, label(rule.id), "main", None) for entry in search_entries(rule)]
        )
        section += paragraph(self.docname, rule.wording)
        section += nodes.field_list("", *(self.field(name, body) for name, body in self.facts(rule, cited, held)))
        return section

    def facts(self, rule: law.LawRule, cited: list[Citation], held: list[Held]) -> Iterator[tuple[str, nodes.Element]]:
        """Give what is told of a rule besides its wording, each with its name."""
        danish = nodes.emphasis("", rule.danish[:1].upper() + rule.danish[1:])
        yield "Danish", paragraph(self.docname, danish, f". {rule.danish_wording}")
        yield (
            "Where",
            bullets(self.docname, map(provision_text, rule.provisions))
            if rule.provisions
            else paragraph(self.docname, rule.provision),
        )
        yield (
            "Evidence",
            bullets(self.docname, ((badge(each.kind), f" {each.note}" if each.note else "") for each in rule.evidence)),
        )
        yield "Read", bullets(self.docname, (source_text(law.sources()[key]) for key in rule.sources))
        if rule.open:
            see = (" (", link(question_label(rule.id), "open questions", self.docname), ")")
            yield "Open", paragraph(self.docname, rule.open, see)
        figures = [citation for citation in cited if citation.kind == "constant"]
        users = [citation for citation in cited if not carries_out(citation) and citation not in figures]
        for name, found in (
            ("Carried out by", [citation for citation in cited if carries_out(citation)]),
            ("Values", figures),
            ("Named in", users),
        ):
            if found:
                yield name, bullets(self.docname, (self.carrier(citation) for citation in found))
        if held:
            yield "Held by", bullets(self.docname, (test_text(test) for test in held))
        if rule.id in AWAITED:
            yield "Not yet", paragraph(self.docname, "Nothing in this version carries the rule out in full.")

    def carrier(self, citation: Citation) -> Iterator[Text]:
        """Give a place in the code, with what it does; the reference is resolved when all pages are read."""
        yield addnodes.pending_xref(
            "",
            nodes.literal("", citation.full_name.removeprefix("kommunalvalg.")),
            refdomain="",
            reftype="law-carrier",
            reftarget=citation.full_name,
            refname=citation.name,
            refdoc=self.docname,
        )
        yield ": " + _without_ids(citation.summary)

    @staticmethod
    def field(name: str, body: nodes.Element) -> nodes.field:
        """Give a named part of a section."""
        return nodes.field("", nodes.field_name("", name), nodes.field_body("", body))


class LawQuestions(LawDirective):
    """What is not known for certain, rule by rule, with what would settle it."""

    def parts(self) -> Iterator[nodes.Node]:
        """Give the table."""
        yield table(
            self.docname,
            ("Rule", "What is open", "What would settle it", "Evidence"),
            (14, 44, 28, 14),
            (
                (
                    self.anchored(nodes.inline("", "", *inline(rule.id, self.docname)), question_label(rule.id)),
                    rule.open,
                    bullets(self.docname, rule.settles),
                    badges(rule),
                )
                for rule in law.rules().values()
                if rule.open
            ),
        )


class LawDocuments(LawDirective):
    """The documents that would settle something, each with the rules that it is wanted for."""

    def parts(self) -> Iterator[nodes.Node]:
        """Give the list, those that would settle most first."""
        wanted: dict[str, list[str]] = {}
        for rule in law.rules().values():
            if rule.open:
                for document in rule.settles:
                    wanted.setdefault(document, []).append(rule.id)
        items = sorted(wanted.items(), key=lambda item: -len(item[1]))
        yield bullets(self.docname, (f"{document}: {', '.join(rules)}" for document, rules in items))


class LawSources(LawDirective):
    """What was read, and for which rules."""

    def parts(self) -> Iterator[nodes.Node]:
        """Give the table."""
        used: dict[str, list[str]] = {key: [] for key in law.sources()}
        for rule in law.rules().values():
            for key in rule.sources:
                used[key].append(rule.id)
        yield table(
            self.docname,
            ("What", "Where", "What it is, or shows", "Rules"),
            (30, 16, 30, 24),
            (
                (source_title(source), source.publisher, source.about, ", ".join(used[key]) or "none")
                for key, source in law.sources().items()
            ),
        )


def search_entries(rule: law.LawRule) -> Iterator[str]:
    """Give what a reader may type to find a rule: its id, its provisions, and each with less and less.

    The site's search matches a whole query against these; against a heading it does so only where the query is at
    least half as long.
    """
    entries = [rule.id, rule.danish.replace(";", ",")]
    for provision in rule.provisions:
        full = provision.text
        short = full.partition(", stk.")[0]
        entries += [full, short]
        if "§" in full:
            entries += [full[full.index("§") :], short[short.index("§") :], f"{rule.statute} {full[full.index('§') :]}"]
    yield from dict.fromkeys(entries)


def provision_text(provision: law.Provision) -> str:
    """Write where a rule stands and when, what it says there, and the figure that it sets."""
    held = " ".join(
        f"{word} {end.day} {end:%B %Y}"
        for word, end in (("from", provision.since), ("until", provision.until))
        if end is not None
    )
    parts = (provision.says, "" if provision.value is None else f"figure {figure(provision.value)}")
    said = "; ".join(filter(None, parts))
    return f"{provision.text}{', ' if held else ''}{held}{': ' if said else ''}{said}"


def figure(value: law.Value) -> str:
    """Write a figure of the law."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {figure(each)}" for name, each in value.items())
    if isinstance(value, tuple):
        return f"({', '.join(map(figure, value))})"
    return str(value)


def source_title(source: law.LawSource) -> Text:
    """Write the title of a source, as a link where there is a page."""
    return nodes.reference("", source.title, refuri=source.url) if source.url else source.title


def source_text(source: law.LawSource) -> Iterator[Text]:
    """Write a source."""
    yield source_title(source)
    yield f" ({source.publisher})"


def test_text(test: Held) -> Iterator[Text]:
    """Write a test with its promise."""
    yield nodes.literal("", f"tests/{test.file}::{test.name}")
    yield ": " + test.promise


def _without_ids(summary: str) -> str:
    """Leave out the ids in brackets, which on this page say nothing new."""
    one = pattern().pattern
    return re.sub(rf"\s*\((?:{one})(?:,\s*(?:{one}))*\)", "", summary)


# What happens in a build


def resolve_carrier(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, contnode: nodes.Element
) -> nodes.Node | None:
    """Link a place in the code to the API page, under the name that it has there; where it has none, leave it."""
    if node["reftype"] != "law-carrier":
        return None
    objects = env.domains.python_domain.objects
    name = node["refname"]
    names = [node["reftarget"]]
    if name and name.partition(".")[0] in kommunalvalg.__all__:
        names.insert(0, f"kommunalvalg.{name}")
    if name and name.partition(".")[0] in data.__all__:
        names.insert(0, f"kommunalvalg.data.{name}")
    for full in names:
        if full in objects:
            found = objects[full]
            shown = nodes.literal("", full.removeprefix("kommunalvalg."), classes=["xref", "py"])
            return make_refnode(app.builder, node["refdoc"], found.docname, found.node_id, shown, full)
    return contnode


class RuleRole(SphinxRole):
    """Link to a rule by its id."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Give the link; an id that there is not is a warning."""
        return [rule_link(self.text, self.env.docname, self.get_location())], []


def link_ids(_app: Sphinx, _what: str, _name: str, _object: object, _options: object, lines: list[str]) -> None:
    """Make the ids that a docstring cites links to the law map."""
    for number, line in list(prose(lines)):
        lines[number] = pattern().sub(r":rule:`\g<0>`", line)


def warn_of_faults(_app: Sphinx) -> None:
    """Warn where the rules, the functions and the tests disagree."""
    for fault in faults(law.rules(), citations(), all_tests()):
        logger.warning("law map: %s", fault, type="law_map")


def setup(app: Sphinx) -> Mapping[str, object]:
    """Bring the law map into Sphinx."""
    for name, directive in {
        "law-table": LawTable,
        "law-evidence": LawEvidence,
        "law-rules": LawRules,
        "law-questions": LawQuestions,
        "law-documents": LawDocuments,
        "law-sources": LawSources,
    }.items():
        app.add_directive(name, directive)
    app.add_role("rule", RuleRole())
    app.connect("builder-inited", warn_of_faults)
    app.connect("autodoc-process-docstring", link_ids, priority=950)
    app.connect("missing-reference", resolve_carrier)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
