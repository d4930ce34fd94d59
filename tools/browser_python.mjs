// Run a program under the Python of the browser, in Node: the program comes in, its value goes out, and what it prints
// is left out: node browser_python.mjs '{"engine": ..., "folders": ..., "environment": ...}'.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { engine, folders, environment } = JSON.parse(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(`${engine}/pyodide.mjs`).href);
const pyodide = await loadPyodide({ indexURL: engine, env: environment, stdout: () => {} });
for (const [name, folder] of Object.entries(folders)) {
  pyodide.mountNodeFS(name, folder);
}
process.stdout.write(pyodide.runPython(readFileSync(0, "utf8")));
