// Compute the explanations of all councils by the calculator's own Python: the program comes in, its value goes out.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

const [folder] = process.argv.slice(2);
const { begun } = await import(pathToFileURL(`${folder}/python.mjs`).href);
const unzipped = async (name) => new Uint8Array(gunzipSync(readFileSync(`${folder}/${name}`)));
const python = await begun(unzipped("packages.bin"), unzipped("memory.bin"), { indexURL: `${folder}/pyodide` });
if (!python.globals.get("rehearsed")) throw new Error("the memory that was built was not resumed");
process.stdout.write(python.runPython(readFileSync(0, "utf8")));
