// Keep the memory of a Python that has started and answered, for browsers to resume: node remember.mjs FOLDER, where the
// calculator's files are.

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

const [folder] = process.argv.slice(2);
const { started, sumOf } = await import(pathToFileURL(`${folder}/python.mjs`).href);
const archive = new Uint8Array(gunzipSync(readFileSync(`${folder}/packages.bin`)));
// Named as in a browser, and not as this file is here.
const settings = { indexURL: `${folder}/pyodide`, _makeSnapshot: true, _sysExecutable: "./this.program" };
const python = await started(archive, settings);
python.globals.set("packages", sumOf(archive));
python.runPython("from kommunalvalg.web import in_browser; rehearsed = in_browser.rehearsed(whole=True)");
writeFileSync(`${folder}/memory.bin`, gzipSync(python.makeMemorySnapshot()));
