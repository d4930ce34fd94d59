// Python in the browser: it is started when the page opens, and answers one message after another.

import { loadPyodide } from "./pyodide/pyodide.mjs";

const waiting = [];
let python = null;

self.onmessage = ({ data }) => {
  if (python) answer(data);
  else waiting.push(data);
};

function answer({ number, lang, message, run }) {
  try {
    if (run) self.postMessage({ number, printed: python.run(JSON.stringify(run)) });
    else self.postMessage({ number, answer: JSON.parse(python.reply(JSON.stringify(message), lang)) });
  } catch (error) {
    self.postMessage({ failed: String(error.message ?? error).trim().split("\n").at(-1) });
  }
}

async function start() {
  const [pyodide, packages] = await Promise.all([
    loadPyodide({ indexURL: new URL("./pyodide/", import.meta.url).href }),
    fetch(new URL("./packages.zip", import.meta.url)).then((response) => {
      if (!response.ok) throw new Error(`packages.zip: ${response.status}`);
      return response.arrayBuffer();
    }),
  ]);
  pyodide.unpackArchive(packages, "zip", { extractDir: "/packages" });
  const [reply, run] = pyodide.runPython(`
import sys
sys.path.insert(0, "/packages")
from json import dumps, loads

def reply(message, lang):
    from kommunalvalg.web.answers import reply
    return dumps(reply(loads(message), lang), ensure_ascii=False)

def run(examples):
    """Run the examples of a page, and give what the last one prints, as the interpreter does."""
    from ast import Interactive, parse
    from contextlib import redirect_stdout
    from io import StringIO
    from traceback import format_exception_only
    names = {"__name__": "__main__"}
    printed = ""
    for example in loads(examples):
        with redirect_stdout(StringIO()) as written:
            try:
                for statement in parse(example).body:
                    exec(compile(Interactive([statement]), "<example>", "single"), names)
            except (Exception, SystemExit) as error:
                written.write("".join(format_exception_only(error)))
        printed = written.getvalue()
    return printed

reply, run
`).toJs();
  python = { reply, run };
  self.postMessage({ ready: true });
  for (const each of waiting.splice(0)) answer(each);
}

start().catch((error) => self.postMessage({ failed: String(error.message ?? error) }));
