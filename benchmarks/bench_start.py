"""What a program pays before its first result: the import, the first name and result in a notebook, a command."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from support import Benchmark, measured_process, timed_alone

NOTEBOOK = "import IPython.core.interactiveshell"
NAME = "import kommunalvalg; kommunalvalg.dhondt"
SHOWN = f"{NAME}({{'A': 11, 'B': 8}}, 3)._repr_html_()"
COMMAND = Path(sys.executable).with_name("kommunalvalg")

STARTS = {
    "Python": ("-c", "pass"),
    "`import kommunalvalg`": ("-c", "import kommunalvalg"),
    "IPython": ("-c", NOTEBOOK),
    "the first name in a notebook": ("-c", f"{NOTEBOOK}; {NAME}"),
    "the first result in a notebook, shown": ("-c", f"{NOTEBOOK}; {SHOWN}"),
    "`kommunalvalg dhondt A=11 B=8 --seats 3`": (str(COMMAND), "dhondt", "A=11", "B=8", "--seats", "3"),
}


@timed_alone
@pytest.mark.parametrize("what", STARTS)
def test_start(benchmark: Benchmark, what: str) -> None:
    """A fresh Python comes to its end."""
    if NOTEBOOK in STARTS[what][1] and not find_spec("IPython"):
        pytest.skip("not installed")
    measured_process(benchmark, *STARTS[what], rounds=10)
