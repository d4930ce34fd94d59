// Python in the browser: it is started when the page opens, and answers one message after another.

import { loadPyodide } from "./pyodide/pyodide.mjs";

const waiting = [];
let reply = null;

self.onmessage = ({ data }) => {
  if (reply) answer(data);
  else waiting.push(data);
};

function answer({ number, lang, message }) {
  try {
    self.postMessage({ number, answer: JSON.parse(reply(JSON.stringify(message), lang)) });
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
  reply = pyodide.runPython(`
import sys
sys.path.insert(0, "/packages")
from json import dumps, loads
from kommunalvalg.web.answers import reply
lambda message, lang: dumps(reply(loads(message), lang), ensure_ascii=False)
`);
  self.postMessage({ ready: true });
  for (const each of waiting.splice(0)) answer(each);
}

start().catch((error) => self.postMessage({ failed: String(error.message ?? error) }));
