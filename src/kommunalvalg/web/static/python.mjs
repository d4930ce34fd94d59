// Python with the packages, in a browser or in Node: resumed from the memory of one that had started when the pages were
// built, or, where that cannot be had or is of other packages, started from the beginning.

import { loadPyodide } from "./pyodide/pyodide.mjs";

const BLOCK = 512; // bytes of a tar

// Resume, or start; of the archive of packages, a tar, and of the memory promises are given.
export async function begun(archive, memory, settings) {
  try {
    const [python, packages] = await Promise.all([resumed(memory, settings), archive]);
    if (python.globals.get("packages") !== sumOf(packages)) throw new Error("the memory is of other packages");
    unpacked(python, packages);
    const { rehearsed } = python.pyimport("kommunalvalg.web.in_browser");
    if (rehearsed() !== python.globals.get("rehearsed")) throw new Error("with that memory it answers otherwise");
    python.runPython("import random; random.seed()"); // which was remembered too
    return python;
  } catch (error) {
    console.info(`Python starts from the beginning: ${error.message}`);
    return started(await archive, settings);
  }
}

export async function started(archive, settings) {
  return unpacked(await loadPyodide(settings), archive);
}

export function sumOf(bytes) {
  let sum = 0;
  for (const word of new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)) sum = (Math.imul(31, sum) + word) | 0;
  return sum;
}

// Python unpacks too, but takes a third of the time that everything else takes.
function unpacked(python, archive) {
  const text = new TextDecoder();
  for (let at = 0; archive[at]; ) {
    const field = (from, to) => text.decode(archive.subarray(at + from, at + to)).split("\0")[0];
    const [path, size] = [`/packages/${field(0, 100)}`, parseInt(field(124, 136), 8)];
    at += BLOCK;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, archive.subarray(at, at + size), { canOwn: true });
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
  python.runPython('import sys\nif "/packages" not in sys.path: sys.path.insert(0, "/packages")');
  return python;
}

async function resumed(memory, settings) {
  const engine = import("./pyodide/pyodide.asm.mjs");
  return loadPyodide({
    ...settings,
    _loadSnapshot: memory,
    createPyodideModule: async (given) => {
      const module = await (await engine).default(given);
      const { buffer, length } = await memory;
      module.growMemory(length);
      // How this browser calls functions is noted in a place where the memory has how that was where it was made.
      const place = module.__PyRuntime + module.HEAP32[module.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET >>> 2];
      const [, head] = new Uint32Array(buffer, 0, 2);
      new DataView(buffer).setInt32(head + place, module.HEAP32[place >>> 2], true);
      return module;
    },
  });
}
