"""Where this library carries the rules of the law out: the places whose docstrings cite them.

The documentation and ``check_law_map.py`` use it; the library does not.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import attrs

from kommunalvalg.law import statutes

__all__ = ["Citation", "citations", "citations_in", "cited_ids"]


@attrs.frozen
class Citation:
    """A place in the code whose docstring cites a rule of the law.

    Attributes:
        rule: the id that it cites.
        module: the module, such as "kommunalvalg.council.candidates".
        name: the function, class, method or constant; empty for the module itself.
        kind: "module", "class", "function" or "constant".
        summary: the first sentence of the docstring, on one line.
    """

    rule: str
    module: str
    name: str
    kind: str
    summary: str

    @property
    def full_name(self) -> str:
        """The module and the name, as code imports them."""
        return f"{self.module}.{self.name}" if self.name else self.module


def citations(rule_id: str = "") -> tuple[Citation, ...]:
    """Find where the library's docstrings cite the rules of the law, module by module.

    Args:
        rule_id: the rule to look for (default: all).

    >>> for citation in citations("KRVL-86-1"):
    ...     print(citation.name, "-", citation.summary)
    fordelingstal - Return the quota (fordelingstal) of a party list, KRVL § 86 (KRVL-86-1).
    certain_by_quota - Say who is elected on a party list both with fewest and with most seats, while a lot decides
    (KRVL-86-1).
    """
    found: list[Citation] = []
    for module, text in _modules(files("kommunalvalg"), "kommunalvalg"):
        if rule_id in text:
            found += (each for each in citations_in(module, text) if rule_id in ("", each.rule))
    return tuple(found)


def _modules(folder: Traversable, name: str) -> Iterator[tuple[str, str]]:
    """Give the name and text of every module of a package."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _modules(entry, f"{name}.{entry.name}")
        elif entry.name.endswith(".py"):
            stem = entry.name.removesuffix(".py")
            yield (name if stem == "__init__" else f"{name}.{stem}"), entry.read_text(encoding="utf-8")


def citations_in(module: str, text: str) -> Iterator[Citation]:
    """Find the rules that the docstrings of one module cite, those of its constants included.

    Private names count: what a rule asks for may well be done behind a public function.

    >>> source = '''
    ... LIMIT = 2
    ... "The most members for each municipality (FO-3-2)."
    ... '''
    >>> [citation.full_name for citation in citations_in("limits", source)]
    ['limits.LIMIT']
    """
    for name, kind, doc in _docstrings(ast.parse(text), "module"):
        for rule_id in cited_ids(doc):
            yield Citation(rule_id, module, name, kind, first_sentence(doc))


def _docstrings(tree: ast.Module | ast.ClassDef | ast.FunctionDef, kind: str) -> Iterator[tuple[str, str, str]]:
    """Give the qualified name, kind and docstring of everything in a module, in its order."""
    doc = ast.get_docstring(tree)
    if doc:
        yield "", kind, doc
    before: ast.stmt | None = None
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            for name, inner, text in _docstrings(node, "class" if isinstance(node, ast.ClassDef) else "function"):
                yield f"{node.name}.{name}".rstrip("."), inner, text
        elif isinstance(before, ast.Assign | ast.AnnAssign) and kind != "function":
            target = before.target if isinstance(before, ast.AnnAssign) else before.targets[0]
            if isinstance(target, ast.Name) and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                yield target.id, "constant", str(node.value.value)
        before = node


def cited_ids(docstring: str, prefixes: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the ids of rules that a docstring cites, known or not, each once.

    What stands in quotation marks, between backticks or in an example is no citation.

    Args:
        docstring: the docstring, or a part of it.
        prefixes: what ids begin with (default: the short names of the statutes).

    >>> cited_ids('An id such as "KRVL-21". The quota of KRVL § 86 (KRVL-86-1, inferred).')
    ('KRVL-86-1',)
    """
    return tuple(
        dict.fromkeys(
            match[0] for _, line in prose(docstring.splitlines()) for match in pattern(prefixes).finditer(line)
        )
    )


def pattern(prefixes: Iterable[str] = ()) -> re.Pattern[str]:
    """Give the pattern of an id: a statute's short name, and parts that begin with a digit or are capitals."""
    names = "|".join(map(re.escape, prefixes or statutes()))
    return re.compile(rf"(?<![\w\"'`-])(?:{names})(?:-(?:\d\w*(?:\.\d+)?|[A-Z]+(?!\w)|(?<=\d-)[a-z]))+(?![\"'`\w])")


def prose(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Give the lines of a docstring that are no example, with their numbers; an empty line ends an example."""
    example = False
    for number, line in enumerate(lines):
        example = bool(line.strip()) and (example or line.lstrip().startswith(">>>"))
        if not example:
            yield number, line


def first_sentence(docstring: str) -> str:
    r"""Give the first sentence of a docstring on one line, without Sphinx's roles.

    >>> first_sentence("Do what\n:func:`~kommunalvalg.dhondt` does, § 24, stk. 1 and so on. And more.")
    'Do what dhondt does, § 24, stk. 1 and so on.'
    """
    paragraph = " ".join(docstring.strip().partition("\n\n")[0].split())
    plain = re.sub(r":\w+:`(?:~[\w.]*\.|\.)?([^`]*)`", r"\1", paragraph).replace("``", "").replace("*", "")
    return re.split(r"(?<=\.)\s+(?=[A-ZÆØÅ])", plain, maxsplit=1)[0]
