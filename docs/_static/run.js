// "Run the example": what a page shows of Python can be changed and run, by the calculator's worker. The output that
// the page was built with stays beneath.

const danish = document.documentElement.lang === "da";
const words = danish
  ? { copy: "Kopiér", copied: "Kopieret", run: "Kør eksemplet", again: "Kør igen", code: "Eksemplet", starts: "Starter Python …", none: "Intet at vise.", failed: "Python kunne ikke startes her: " }
  : { copy: "Copy", copied: "Copied", run: "Run the example", again: "Run again", code: "The example", starts: "Python is starting …", none: "Nothing to show.", failed: "Python could not be started here: " };
const HEAVY = /numpy|matplotlib|pandas|hypothesis|axes|Path\(|open\(|read_|write_|\.save\(|_plot|workbook|simulat|multiprocessing|testing|half_circle\(|quotient_race|kkr_members|show_in/;

const blocks = [...document.querySelectorAll(".doctest .highlight pre, .highlight-pycon .highlight pre")]
  .filter((pre) => !pre.closest("dl.py"))
  .map((pre) => ({ pre, source: source(pre.textContent) }))
  .filter(({ source }) => source && !HEAVY.test(source));

let worker = null;
let last = 0;
const waiting = new Map();

function source(text) {
  return text
    .split("\n")
    .filter((line) => /^(>>>|\.\.\.)( |$)/.test(line))
    .map((line) => line.slice(4))
    .join("\n");
}

function ask(run) {
  if (!worker) {
    const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
    worker = new Worker(new URL("beregner/worker.js", root), { type: "module" });
    const fail = (why) => {
      worker?.terminate();
      worker = null;
      for (const give of waiting.values()) give(words.failed + why);
      waiting.clear();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message || "?");
    };
    worker.onmessage = ({ data }) => {
      if (data.failed) return fail(data.failed);
      waiting.get(data.number)?.(data.printed);
      waiting.delete(data.number);
    };
  }
  return new Promise((give) => {
    waiting.set(++last, give);
    worker.postMessage({ number: last, run });
  });
}

function offer({ pre, source }, at) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "run";
  button.textContent = words.run;
  const shown = pre.closest(".doctest, .highlight-pycon");
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "run";
  copy.textContent = words.copy;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(`${source}\n`);
    copy.textContent = words.copied;
  });
  shown.after(button, " ", copy);
  button.addEventListener("click", () => {
    const code = document.createElement("textarea");
    code.value = source;
    code.rows = source.split("\n").length + 1;
    code.spellcheck = false;
    code.setAttribute("aria-label", words.code);
    const output = document.createElement("output");
    const again = document.createElement("button");
    again.type = "button";
    again.className = "run";
    again.textContent = words.again;
    const box = document.createElement("div");
    box.className = "running";
    box.append(code, again, output);
    shown.before(box);
    button.remove();
    const run = async () => {
      output.textContent = words.starts;
      // What stands above on the page is run first, since examples go on from each other.
      const before = blocks.slice(0, at).map((each) => each.source);
      output.textContent = (await ask([...before, code.value])) || words.none;
    };
    again.addEventListener("click", run);
    code.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
    });
    code.focus();
    run();
  });
}

if (window.Worker && location.protocol !== "file:") blocks.forEach(offer);
