r"""Python in a browser: what the page's worker asks, as text, and is answered, as text.

>>> reply('{"do": "open", "name": "kv2025/Fanø"}', "da")[:26]
'{"sheet": {"tab": "seats",'
>>> run('["2 + 3"]')
'5\n'
"""

from ast import Interactive, parse
from contextlib import redirect_stdout
from io import StringIO
from json import dumps, loads
from traceback import format_exception_only

from kommunalvalg.text import LANGUAGES
from kommunalvalg.web import answers
from kommunalvalg.web.sheets import examples, opened

__all__ = ["rehearsed", "reply", "run"]

_FIRST = "kv2025/Glostrup"


def reply(message: str, lang: str) -> str:
    """Answer a message of the page."""
    return dumps(answers.reply(loads(message), lang), ensure_ascii=False)


def run(examples: str) -> str:
    """Run the examples of a page, and give what the last one prints, as the interpreter does.

    >>> print(run('["1 / 0"]'), end="")
    ZeroDivisionError: division by zero
    """
    names: dict[str, object] = {"__name__": "__main__"}
    printed = ""
    for example in loads(examples):
        with redirect_stdout(StringIO()) as written:
            try:
                for statement in parse(example).body:
                    exec(compile(Interactive([statement]), "<example>", "single"), names)  # noqa: S102 - the reader's own
            except (Exception, SystemExit) as error:  # noqa: BLE001 - an example may raise anything
                written.write("".join(format_exception_only(error)))
        printed = written.getvalue()
    return printed


def rehearsed(*, whole: bool = False) -> str:
    """Answer what is asked first, so that everything for it has been read; where it is ``whole``, in each form.

    >>> rehearsed() == rehearsed(whole=True)
    True
    """
    for lang in LANGUAGES if whole else ():
        for sheet in examples().values():
            answers.reply({"do": "answer", "sheet": sheet}, lang)
        for do in ("answer", "reasons", "alliances", "margins", "minutes"):
            answers.reply({"do": do, "sheet": opened(_FIRST)}, lang)
    return dumps(answers.reply({"do": "answer", "sheet": opened(_FIRST)}))
