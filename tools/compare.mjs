// Compute the explanations of all councils by the calculator's own Python: the program comes in, its value goes out.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide/pyodide.mjs`).href);
const pyodide = await loadPyodide({ indexURL: `${folder}/pyodide` });
pyodide.unpackArchive(new Uint8Array(readFileSync(`${folder}/packages.zip`)), "zip", { extractDir: "/packages" });
pyodide.runPython('import sys; sys.path.insert(0, "/packages")');
process.stdout.write(pyodide.runPython(readFileSync(0, "utf8")));
