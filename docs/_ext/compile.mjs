// Compile an archive of Python sources to bytecode, by the Python that will run it: node compile.mjs PYODIDE IN OUT.

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [folder, from, to] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const pyodide = await loadPyodide({ indexURL: folder });
pyodide.unpackArchive(new Uint8Array(readFileSync(from)), "zip", { extractDir: "/packages" });
pyodide.runPython(`
from io import BytesIO
from pathlib import Path
from py_compile import PycInvalidationMode, compile
from tarfile import USTAR_FORMAT, TarInfo, open as tar

root = Path("/packages")
with tar("/compiled.tar", "w", format=USTAR_FORMAT) as archive:
    for file in sorted(root.rglob("*")):
        if file.is_dir():
            continue
        name = file.relative_to(root).as_posix()
        if file.suffix == ".py":
            # Where the source would be, so that it is imported without one; as it is, whatever the source's date.
            code = file.with_suffix(".pyc")
            compile(str(file), str(code), name, doraise=True, optimize=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
            file, name = code, name + "c"
        assert len(name) < 100, name
        entry = TarInfo(name)
        entry.size = file.stat().st_size
        archive.addfile(entry, BytesIO(file.read_bytes()))
`);
writeFileSync(to, gzipSync(pyodide.FS.readFile("/compiled.tar"), { level: 9 }));
