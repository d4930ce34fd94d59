// Python in the browser: it is begun when the page opens, and answers one message after another.

import { begun } from "./python.mjs";

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

function stop(error) {
  self.postMessage({ failed: String(error.message ?? error) });
}

// Where the engine cannot be had, Pyodide warns on the console and waits for ever.
const { instantiateStreaming } = WebAssembly;
WebAssembly.instantiateStreaming = (...given) =>
  instantiateStreaming(...given).catch((error) => {
    stop(`pyodide.asm.wasm: ${error.message}`);
    throw error;
  });

async function unzipped(name) {
  const response = await fetch(new URL(name, import.meta.url)).catch((error) => ({ status: error.message }));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function start() {
  const settings = { indexURL: new URL("./pyodide/", import.meta.url).href };
  const begin = await begun(unzipped("packages.bin"), unzipped("memory.bin"), settings);
  const { reply, run } = begin.pyimport("kommunalvalg.web.in_browser");
  python = { reply, run };
  self.postMessage({ ready: true });
  for (const each of waiting.splice(0)) answer(each);
}

start().catch(stop);
