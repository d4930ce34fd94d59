// The calculator's page: it takes what stands in the form, asks for the answer, and shows it. It knows no elections.

const settings = JSON.parse(document.getElementById("settings").textContent);
const { words, lang, tabs, most } = settings;
const VERSION = 1;
const PAUSE = 80; // ms after the last stroke
const PATIENCE = 120000; // ms until an answer is given up

const one = (selector, root = document) => root.querySelector(selector);
const every = (selector, root = document) => [...root.querySelectorAll(selector)];
const said = (message, values = {}) => message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const number = new Intl.NumberFormat(lang === "da" ? "da-DK" : "en-GB");

function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

// Who answers

class Server {
  async ask(message) {
    const response = await fetch("answer", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ lang, message }),
    });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return response.json();
  }
}

class InBrowser {
  constructor() {
    this.waiting = new Map();
    this.last = 0;
    this.start();
  }

  start() {
    this.worker?.terminate();
    this.worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => {
      if (data.ready) {
        tell(words.ready);
        // So that the first edit need not wait for what is read once.
        if (!this.last) this.ask({ do: "answer", sheet: settings.example.sheet }).catch(() => {});
        return;
      }
      if (data.failed) return this.fail(data.failed);
      const asked = this.waiting.get(data.number);
      this.waiting.delete(data.number);
      if (asked) {
        clearTimeout(asked.clock);
        asked.give(data.answer);
      }
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.fail(event.message || words.slow);
    };
    tell(words.starting);
  }

  ask(message) {
    return new Promise((give, refuse) => {
      const asked = { give, refuse, clock: setTimeout(() => this.fail(words.slow), PATIENCE) };
      this.waiting.set(++this.last, asked);
      this.worker.postMessage({ number: this.last, lang, message });
    });
  }

  fail(why) {
    this.worker.terminate();
    for (const asked of this.waiting.values()) {
      clearTimeout(asked.clock);
      asked.refuse(new Error(why));
    }
    this.waiting.clear();
    stopped(why);
  }
}

class Nobody {
  async ask() {
    throw new Error(words.missing_engine);
  }
}

// What is told beside the answer

function tell(text) {
  one("#state").textContent = text === words.ready ? "" : text;
}

function hear(text) {
  one("#heard").textContent = text;
}

function trouble(...children) {
  one("#trouble").replaceChildren(...(children.length ? [make("div", {}, ...children)] : []));
}

function stopped(why) {
  tell("");
  busy(false);
  const again = make("button", { type: "button", onclick: restart }, words.restart);
  trouble(make("p", {}, said(words.failed, { why })), settings.engine ? again : null);
}

function restart() {
  trouble();
  engine.start?.();
  compute();
}

function busy(is) {
  one("#result").setAttribute("aria-busy", is);
}

// The form

let tab = "seats";
let draws = [];
let apart = false;
const kept = {}; // what stands in the other tabs

const panel = (key = tab) => one(`[data-panel="${key}"]`);
const gridBox = (grid, key = tab) => one(`[data-grid="${grid}"]`, panel(key));
const blank = () => ({ tab, fields: {}, tables: {}, draws: [], apart: false });

function buildGrids() {
  for (const [key, form] of Object.entries(tabs)) {
    for (const grid of form.grids) {
      const headings = grid.columns.map((column) => make("th", { scope: "col" }, column.label));
      const head = make("tr", {}, ...headings, make("td"));
      const table = make("table", { class: "grid" }, make("thead", {}, head), make("tbody"));
      gridBox(grid.key, key).append(table);
    }
  }
}

function field(column) {
  const common = { "data-column": column.key, autocomplete: "off", maxlength: most.signs };
  if (column.holds === "tick") return make("input", { ...common, type: "checkbox" });
  if (["together", "nested"].includes(column.holds)) return make("select", { ...common, "data-together": column.holds });
  if (column.among) return make("select", { ...common, "data-among": column.among });
  if (column.holds === "count") return make("input", { ...common, inputmode: "numeric", class: "count" });
  return make("input", common);
}

function addRow(grid, cells = []) {
  const body = one("tbody", gridBox(grid.key));
  const row = make("tr");
  grid.columns.forEach((column, at) => {
    const input = field(column);
    const width = column.holds === "count" ? column.key !== "votes" && "few" : column.holds;
    const cell = make("td", { class: width }, input);
    row.append(cell);
    put(input, cells[at] ?? "");
  });
  const remove = make("button", { type: "button" }, "×");
  remove.addEventListener("click", () => {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    tidyAll();
    one("input, select", next ?? body)?.focus();
    edited();
  });
  row.append(make("td", {}, remove));
  body.append(row);
}

function put(input, text) {
  if (input.type === "checkbox") {
    input.checked = text !== "";
    return;
  }
  if (input.matches("select") && text && ![...input.options].some((option) => option.value === text))
    input.append(make("option", { value: text }, text));
  input.value = text;
}

const value = (input) => (input.type === "checkbox" ? (input.checked ? "1" : "") : input.value.trim());

function offer(select) {
  const before = select.value;
  const offered = select.dataset.among ? namesIn(select.dataset.among) : numbersFor(select);
  const options = offered.map((each) => make("option", { value: each }, each));
  select.replaceChildren(make("option", { value: "" }, "–"), ...options);
  if (before) put(select, before);
}

function namesIn(grid) {
  return [...new Set(cellsOf(grid).map(([name]) => name).filter(Boolean))];
}

// What stands in a table, row by row; a row of which something stands, and no name, is called as its placeholder says.
function cellsOf(grid) {
  return every("tbody tr", gridBox(grid)).map((row) => {
    const [name, ...rest] = every("[data-column]", row);
    const cells = rest.map(value);
    return [value(name) || (cells.some(Boolean) ? (name.placeholder ?? "") : ""), ...cells];
  });
}

// The numbers by which rows stand together; where they nest, also those inside each that is used, and one more.
function numbersFor(select) {
  const numbers = new Set(["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  if (select.dataset.together === "nested") {
    const chosen = every("[data-together]", select.closest("tbody")).map(value).filter(Boolean);
    const upTo = (path) => path.split(".").map((_, at, parts) => parts.slice(0, at + 1).join("."));
    const used = new Set(chosen.flatMap(upTo));
    for (const path of used) {
      let next = 1;
      while (used.has(`${path}.${next}`)) next += 1;
      numbers.add(path).add(`${path}.${next}`);
    }
  }
  return [...numbers].sort(new Intl.Collator("en", { numeric: true }).compare);
}

// Keep one blank row at the end of each table, and the labels right.
function tidy(grid) {
  const rows = every("tbody tr", gridBox(grid.key));
  const isBlank = (row) => every("[data-column]", row).every((input) => value(input) === "");
  if ((!rows.length || !isBlank(rows.at(-1))) && rows.length < most.rows) addRow(grid);
  every("tbody tr", gridBox(grid.key)).forEach((row, at) => {
    grid.columns.forEach((column) => {
      const label = said(words.cell, { column: column.label.replaceAll("\u00ad", ""), number: at + 1 });
      one(`[data-column="${column.key}"]`, row).setAttribute("aria-label", label);
    });
    if (grid.unnamed) one("[data-column]", row).placeholder = said(grid.unnamed, { number: at + 1 });
    const remove = one("button", row);
    remove.setAttribute("aria-label", said(words.remove_row, { number: at + 1 }));
  });
}

function tidyAll() {
  tabs[tab].grids.forEach(tidy);
  every("[data-among], [data-together]", panel()).forEach(offer);
}

function take() {
  const fields = {};
  for (const input of every("[data-field]", panel())) fields[input.dataset.field] = value(input);
  const tables = {};
  for (const grid of tabs[tab].grids) {
    const rows = cellsOf(grid.key);
    while (rows.length && rows.at(-1).every((cell) => cell === "")) rows.pop();
    tables[grid.key] = rows;
  }
  return { tab, fields, tables, draws, apart };
}

const text = (given) => (["string", "number"].includes(typeof given) ? String(given).slice(0, most.signs) : "");

function fill(sheet) {
  showTab(sheet.tab);
  draws = Array.isArray(sheet.draws) ? sheet.draws : [];
  apart = Boolean(sheet.apart);
  for (const grid of tabs[tab].grids) {
    one("tbody", gridBox(grid.key)).replaceChildren();
    const rows = Array.isArray(sheet.tables?.[grid.key]) ? sheet.tables[grid.key] : [];
    for (const row of rows.slice(0, most.rows)) addRow(grid, Array.isArray(row) ? row.map(text) : []);
  }
  tidyAll();
  for (const input of every("[data-field]", panel())) put(input, text(sheet.fields?.[input.dataset.field]));
  unmark();
}

function showTab(key) {
  if (key !== tab) kept[tab] = take();
  tab = key;
  for (const button of every("[role=tab]")) {
    const chosen = button.dataset.tab === key;
    button.setAttribute("aria-selected", chosen);
    button.tabIndex = chosen ? 0 : -1;
  }
  for (const each of every("[data-panel]")) each.hidden = each.dataset.panel !== key;
  for (const each of every("[data-for]")) each.hidden = each.dataset.for !== key;
}

// Undo

const past = [];
let present = "";

function remember() {
  const now = JSON.stringify(take());
  if (present && now !== present) past.push(present);
  if (past.length > 200) past.shift();
  present = now;
  one("#undo").disabled = !past.length;
}

function undo() {
  if (!past.length) return;
  const before = JSON.parse(past.pop());
  fill(before);
  present = JSON.stringify(take());
  one("#undo").disabled = !past.length;
  compute();
}

// The question in the address

function written(sheet) {
  const bytes = new TextEncoder().encode(JSON.stringify(sheet));
  const signs = btoa(String.fromCodePoint(...bytes));
  return `#${VERSION}.${signs.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

function read(signs) {
  const bytes = Uint8Array.from(atob(signs.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.codePointAt(0));
  const sheet = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  if (!Object.hasOwn(tabs, sheet?.tab)) throw new Error(words.broken_link);
  return sheet;
}

function note(sheet) {
  history.replaceState(null, "", written(sheet));
  one("#other").href = `${one("#other").href.split("#")[0]}${location.hash}`;
}

async function follow() {
  const fragment = location.hash;
  const named = /^#([a-z0-9]+\/.+)$/.exec(fragment);
  const held = /^#(\d+)\.([\w-]*)$/.exec(fragment);
  if (named) {
    let name = named[1];
    try {
      name = decodeURIComponent(name);
    } catch {
      // a name that is no address is refused by who answers
    }
    return open(name);
  }
  if (held && Number(held[1]) > VERSION) return trouble(make("p", {}, words.later_link));
  if (fragment.length > 1) {
    let sheet;
    try {
      sheet = read(held[2]);
    } catch {
      return trouble(make("p", {}, words.broken_link));
    }
    fill(sheet);
    remember();
    return compute();
  }
}

async function open(name) {
  const answer = await asked({ do: "open", name });
  if (!answer) return;
  if (answer.error) return trouble(make("p", {}, answer.error.message));
  fill(answer.sheet);
  for (const select of every("[data-open]")) select.value = "";
  remember();
  await compute();
}

// Ask and show

let turn = 0;
let shown = null; // the last good answer and its sheet

async function asked(message) {
  try {
    return await engine.ask(message);
  } catch (error) {
    stopped(error.message);
    return null;
  }
}

let clock = 0;

function edited() {
  clearTimeout(clock);
  clock = setTimeout(() => {
    remember();
    compute();
  }, PAUSE);
}

function isBlank(sheet) {
  const cells = [...Object.values(sheet.fields), ...Object.values(sheet.tables).flat(2)];
  return cells.every((cell) => cell === "");
}

function showNothing() {
  shown = null;
  unmark();
  trouble();
  glance("");
  busy(false);
  one("#answer").replaceChildren(
    make("p", {}, words.nothing),
    make("button", { type: "button", onclick: showExample }, words.show_example),
  );
  one("#folds").replaceChildren();
  one("#takeaway").hidden = true;
}

function showExample() {
  fill(settings.examples[tab]);
  remember();
  compute();
}

async function compute() {
  const mine = ++turn;
  const sheet = take();
  note(sheet);
  if (isBlank(sheet)) return showNothing();
  busy(true);
  const answer = await asked({ do: "answer", sheet });
  if (mine !== turn || !answer) return;
  busy(false);
  if (answer.error) refused(answer.error);
  else show(answer, sheet);
}

function unmark() {
  for (const input of every("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  for (const each of every("#form .wrong")) each.remove();
}

function refused(error) {
  unmark();
  const input = error.at && at(error.at);
  if (input) {
    const wordsId = `wrong-${Math.random().toString(36).slice(2)}`;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", wordsId);
    const message = make("p", { class: "wrong", id: wordsId }, error.message);
    const table = input.closest("table");
    if (table) table.after(message);
    else input.closest(".field").append(message);
  }
  const out = make("button", { type: "button", onclick: () => forget() }, words.remove_lots);
  trouble(
    make("p", {}, make("strong", {}, error.lot ? words.lot_misfit : words.fix), ` ${error.message}`),
    shown ? make("p", {}, words.stale) : null,
    error.lot && draws.length ? out : null,
  );
}

function at(place) {
  if (place.length === 1) return one(`[data-field="${place[0]}"]`, panel());
  const row = every("tbody tr", gridBox(place[0]))[place[1]];
  return row && one(`[data-column="${place[2]}"]`, row);
}

function forget(gone = null) {
  draws = gone === null ? [] : draws.filter((_, at) => at !== gone);
  remember();
  compute();
}

function show(answer, sheet) {
  shown = { answer, sheet };
  one("#takeaway").hidden = false;
  unmark();
  trouble();
  one("#answer").replaceChildren(
    make("h3", { id: "title" }, answer.title),
    ...(answer.drawn.length && !sheet.apart ? [entered(answer)] : []),
    ...(answer.picture ? [markup("picture", answer.picture)] : []),
    ...(answer.rows.length ? [bars(answer)] : []),
    ...(answer.html ? [markup("told", answer.html, answer.title)] : []),
    ...answer.lots.map((lot, at) => lotBox(lot, at, sheet)),
    ...(answer.last ? [make("h3", {}, words.last_seat), make("p", {}, answer.last)] : []),
    ...(answer.alliances ? [make("p", {}, answer.alliances)] : []),
    ...answer.warnings.map((warning) => make("p", { class: "notice" }, warning)),
    ...(answer.united && tab === "seats" ? [apartSwitch()] : []),
  );
  keepTogether(one("#answer"));
  if (focusNext) one(focusNext)?.focus();
  focusNext = "";
  folds(answer, sheet);
  for (const button of every("[data-download=svg]")) button.disabled = !answer.picture;
  hear(answer.status);
  const seats = answer.rows.filter((row) => row.seats).map((row) => `${row.name}\u00a0${row.seats}`);
  const brief = [...seats, ...(answer.lots.length ? [words.lot_open] : [])].join(" · ");
  glance(brief || answer.status);
}

// On a phone the answer lies below the form; at the edge of the window stands what came out, and leads there.
function glance(text) {
  one("#glance").textContent = text && `${text} ↓`;
}

// What comes from Python as markup has every name in it escaped there.
function markup(name, content, title = "") {
  const box = make("div", { class: name });
  box.innerHTML = content;
  const first = one("p", box);
  if (first?.textContent.trim() === title) first.remove(); // it stands above
  for (const table of every("table", box)) {
    const wide = make("div", { class: "told", role: "group", tabindex: 0, "aria-label": captionOf(table) });
    table.replaceWith(wide);
    wide.append(table);
  }
  keepTogether(box);
  return box;
}

// Keep the signs of a provision on one line: § 27, stk. 3.
function keepTogether(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data } = texts.currentNode;
    const kept = data.replace(/(§|stk\.|nr\.) (?=\d)/g, "$1\u00a0");
    if (kept !== data) texts.currentNode.data = kept;
  }
}

function captionOf(table) {
  return table.caption?.textContent || table.getAttribute("aria-label") || words.result;
}

function bars(answer) {
  const largest = Math.max(1, ...answer.rows.map((row) => row.seats));
  const rows = answer.rows.map((row) => {
    const bar = make("i", { class: row.seats ? false : "none" });
    bar.style.width = `${(100 * row.seats) / largest}%`;
    bar.style.background = row.colour;
    const waits = row.lot ? make("span", { class: "waits" }, ` + ${words.awaits_lot}`) : null;
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, row.name),
      make("td", { class: "n" }, row.votes === null ? "–" : number.format(row.votes)),
      make("td", { class: "n" }, String(row.seats)),
      make("td", { class: "bar" }, bar, waits),
    );
  });
  const heads = [words.list, words.votes, words.seats].map((word, at) =>
    make("th", { scope: "col", class: at ? "n" : false }, word),
  );
  const head = make("thead", {}, make("tr", {}, ...heads, make("td")));
  return make("table", { class: "bars", "aria-labelledby": "title" }, head, make("tbody", {}, ...rows));
}

let focusNext = "";

function lotBox(lot, at, sheet) {
  const several = lot.places > 1;
  const form = make("form", { novalidate: true });
  const legend = several ? said(words.who_won_several, { places: lot.places }) : words.who_won;
  const choices = lot.among.map((name) => {
    const input = make("input", { type: several ? "checkbox" : "radio", name: `lot-${at}`, value: name });
    return make("label", { class: "choice" }, input, name);
  });
  const enter = make("button", { disabled: true }, words.enter_lot);
  form.append(make("fieldset", {}, make("legend", {}, legend), ...choices), enter);
  const chosen = () => every("input:checked", form).map((input) => input.value);
  form.addEventListener("change", () => (enter.disabled = chosen().length !== lot.places));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (chosen().length !== lot.places) return;
    const draw = { among: lot.among, chosen: chosen() };
    draws = [...draws, lot.place ? { ...draw, place: lot.place } : draw];
    focusNext = "#entered";
    remember();
    compute();
  });
  return make(
    "section",
    { class: "lot", "aria-label": `${words.lot_open} ${lot.where}` },
    make("h3", {}, lot.where ? `${words.lot_open}: ${lot.where}` : words.lot_open),
    make("ol", {}, ...lot.why.map((reason) => make("li", {}, reason))),
    make("p", {}, words.lot_people),
    sheet.apart ? null : form,
  );
}

function entered(answer) {
  const items = answer.drawn.map((draw, at) => {
    const out = make("button", { type: "button", onclick: () => forget(at) }, words.remove_lot);
    return make("li", {}, draw, " ", out);
  });
  return make(
    "section",
    { class: "notice lots", "aria-labelledby": "entered" },
    make("h3", { id: "entered", tabindex: -1 }, words.lots_entered),
    make("p", {}, words.lot_notice),
    make("ul", {}, ...items),
  );
}

function apartSwitch() {
  const input = make("input", { type: "checkbox", id: "apart" });
  input.checked = apart;
  input.addEventListener("change", () => {
    apart = input.checked;
    focusNext = "#apart";
    remember();
    compute();
  });
  return make("label", { class: "choice switch" }, input, words.apart);
}

// What is asked for apart

function folds(answer, sheet) {
  const box = one("#folds");
  const open = new Set(every("details[open]", box).map((each) => each.dataset.fold));
  box.replaceChildren(...answer.folds.map((key) => fold(key, sheet, open.has(key))));
}

function fold(key, sheet, open) {
  const inside = make("div");
  const details = make("details", { "data-fold": key }, make("summary", {}, words[key]), inside);
  details.load = async () => {
    if (details.asked) return details.asked;
    inside.textContent = words.computing;
    details.asked = asked({ do: key, sheet }).then((answer) => {
      if (!answer) return inside.replaceChildren();
      if (answer.error) return inside.replaceChildren(answer.error.message);
      inside.replaceChildren(answer.html ? markup("told", answer.html, words[key]) : minutes(answer.text));
    });
    return details.asked;
  };
  details.addEventListener("toggle", () => details.open && details.load());
  if (open) details.open = true;
  return details;
}

function minutes(content) {
  const box = make("div", { class: "minutes" }, content);
  const copy = make("button", { type: "button" }, words.copy);
  copy.addEventListener("click", async () => {
    if (await isCopied(content)) {
      hear(words.copied);
      copy.textContent = words.copied;
    } else getSelection().selectAllChildren(box); // so that a person can
  });
  return make("div", {}, box, copy);
}

// A browser may not let a page copy, and lets none that came without encryption from another machine.
async function isCopied(content) {
  try {
    await navigator.clipboard.writeText(content);
    return true;
  } catch {
    return false;
  }
}

async function print() {
  const all = every("#folds details");
  for (const details of all) details.open = true;
  await Promise.all(all.map((details) => details.load()));
  window.print();
}

// Tables in, files out

async function paste(content) {
  const answer = await asked({ do: "read", text: content });
  if (!answer) return;
  if (answer.error) {
    trouble(make("p", {}, answer.error.message), shown ? make("p", {}, words.stale) : null);
    return;
  }
  const grid = tabs[tab].grids[0];
  const before = new Map(take().tables[grid.key].map((row) => [row[0], row]));
  one("tbody", gridBox(grid.key)).replaceChildren();
  for (const [name, count] of answer.rows) addRow(grid, [name, count, ...(before.get(name) ?? []).slice(2)]);
  draws = [];
  tidyAll();
  remember();
  await compute();
  tell([said(words.pasted, { count: answer.rows.length }), ...answer.warnings].join(" "));
}

async function pasteFile(file) {
  if (!file) return;
  const bytes = await file.slice(0, 6_000_000).arrayBuffer();
  let content;
  try {
    content = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    content = new TextDecoder("windows-1252").decode(bytes);
  }
  await paste(content);
}

function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

async function download(format) {
  if (!shown) return;
  if (format === "svg") {
    const picture = shown.answer.picture.replaceAll("currentColor", "#1a1a1a");
    return save(`${shown.sheet.fields.name || "kommunalvalg"}.svg`, "image/svg+xml", picture);
  }
  const answer = await asked({ do: "download", format, sheet: shown.sheet });
  if (!answer) return;
  if (answer.error) return trouble(make("p", {}, answer.error.message));
  const bytes = answer.base64 && Uint8Array.from(atob(answer.base64), (sign) => sign.codePointAt(0));
  save(answer.name, answer.type, bytes ?? answer.text);
}

// What people do

function listen() {
  one("#form").addEventListener("input", (event) => {
    if (event.target.matches("[data-column]")) tidyAll();
    if (event.target.matches("[data-column], [data-field]")) edited();
  });
  one("#form").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-column]")) return;
    const next = event.target.closest("tr").nextElementSibling;
    if (next) one(`[data-column="${event.target.dataset.column}"]`, next).focus();
  });
  for (const select of every("[data-open]")) select.addEventListener("change", () => select.value && open(select.value));
  one("#empty").addEventListener("click", () => {
    fill(blank());
    remember();
    compute();
    one("[data-field]", panel()).focus();
  });
  one("#undo").addEventListener("click", undo);
  const buttons = every("[role=tab]");
  for (const button of buttons) {
    button.addEventListener("click", () => change(button.dataset.tab));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = buttons.at((buttons.indexOf(button) + step) % buttons.length);
      next.focus();
      change(next.dataset.tab);
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select");
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing) undo();
  });
  document.addEventListener("paste", (event) => {
    const content = event.clipboardData.getData("text/plain");
    if (event.target.matches?.("input") && !content.trim().includes("\n")) return;
    event.preventDefault();
    paste(content);
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) pasteFile(file);
    else paste(event.dataTransfer.getData("text/plain"));
  });
  one("#file").addEventListener("change", (event) => {
    pasteFile(event.target.files[0]);
    event.target.value = "";
  });
  one("#link").addEventListener("click", async () => {
    note(shown?.sheet ?? take());
    const said = (await isCopied(location.href)) ? words.link_copied : words.link_above;
    tell(said);
    hear(said);
  });
  one("#print").addEventListener("click", print);
  one("#glance").addEventListener("click", () => one("#what").scrollIntoView());
  for (const button of every("[data-download]")) button.addEventListener("click", () => download(button.dataset.download));
  window.addEventListener("hashchange", follow);
}

function change(key) {
  if (key === tab) return;
  const sheet = kept[key] ?? { ...blank(), tab: key };
  fill(sheet);
  remember();
  compute();
}

buildGrids();
listen();
fill(settings.example.sheet);
show(settings.example.answer, settings.example.sheet);
remember();
const engine = { server: () => new Server(), worker: () => new InBrowser(), "": () => new Nobody() }[settings.engine]();
if (settings.engine !== "server") for (const button of every("[data-download=xlsx]")) button.hidden = true;
if (!settings.engine) trouble(make("p", {}, words.missing_engine));
follow();
