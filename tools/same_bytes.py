"""Make the main reports in several interpreters, locales, time zones, hash seeds and terminals, and compare the bytes.

    python tools/same_bytes.py [PYTHON ...]

Each PYTHON is the interpreter of an environment that the library is installed in (default: this one), or the word
``browser`` for the Python that the calculator comes with (``tools/browser_python.py``). What differs is told by the
reports that do, and the exit status is 1.
"""

import json
import os
import subprocess
import sys

REPORTS = """
import hashlib, json
from kommunalvalg import data, dhondt, elect_committees, fill_vacancies, report
from kommunalvalg.analysis.margins import margins
from kommunalvalg.report.spreadsheets import workbook
results = {
    "dhondt": dhondt({"A": 11, "B": 8, "C": 2}, 9),
    "council": data.result("kv2025", "Fanø"),
    "region": data.result("rv2025", "Nordjylland"),
    "kkr": data.kkr("hovedstaden-2026").compose(),
    "committees": elect_committees({"a": 16, "b": 15}, {"Økonomi": 9, "Teknik": 7, "Kultur": 7}),
    "margins": margins(data.council("kv2025", "Fanø").distribution),
}
digests = {}
for name, result in results.items():
    for lang in ("da", "en"):
        for form in ("table", "markdown", "html", "json", "csv"):
            digests[f"{name} {form} {lang}"] = hashlib.sha256(report.explain(result, lang, form).encode()).hexdigest()
        digests[f"{name} workbook {lang}"] = hashlib.sha256(workbook(report.document(result), lang)).hexdigest()
    digests[f"{name} as a file"] = hashlib.sha256(json.dumps(data.to_json(result)).encode()).hexdigest()
"""

BROWSER = "browser"

PLACES: dict[str, dict[str, str]] = {
    "a terminal of 40 signs, Turkish": {"LC_ALL": "tr_TR.UTF-8", "COLUMNS": "40", "TERM": "xterm", "TZ": "Asia/Tokyo"},
    "no language, no colours": {"LC_ALL": "C", "LANG": "C", "TERM": "dumb", "NO_COLOR": "1", "TZ": "America/Caracas"},
    "another hash seed": {"PYTHONHASHSEED": "4711", "PYTHONUTF8": "1", "TZ": "Pacific/Kiritimati"},
}


def digests(python: str, place: str) -> dict[str, str]:
    """Make the reports in an interpreter of its own, and give a digest of each."""
    if python == BROWSER:
        import browser_python  # noqa: PLC0415 - it needs what builds the documentation

        told: dict[str, str] = browser_python.run(f"{REPORTS}\njson.dumps(digests)", PLACES[place])
        return told
    program = f"{REPORTS}\nprint(json.dumps(digests))"
    environment = os.environ | PLACES[place]
    run = subprocess.run([python, "-c", program], env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own code
    if run.returncode:
        raise RuntimeError(run.stderr)
    found: dict[str, str] = json.loads(run.stdout)
    return found


def main() -> int:
    """Compare every interpreter in every place with the first."""
    pythons = sys.argv[1:] or [sys.executable]
    first = digests(pythons[0], next(iter(PLACES)))
    wrong = 0
    for python in pythons:
        for place in PLACES:
            found = digests(python, place)
            wrong += found != first
            for name in [name for name in first if found.get(name) != first[name]]:
                print(f"{name} differs: {python}, {place}")
    print(f"{len(first)} reports, {len(pythons)} interpreters, {len(PLACES)} places: {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
