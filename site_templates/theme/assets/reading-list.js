/* The page of the reading list: what was saved here, and what somebody else's link brings. */

import { copyButton } from "./copy.js";
import { announce, counted, element, find, idIn, number } from "./elements.js";
import { base } from "./keep.js";
import { Lookup } from "./lookup.js";
import { each, Gone, page } from "./pages.js";
import * as saved from "./saved.js";
import { entry } from "./search/page-view.js";
import { clear, MOST, taking } from "./take.js";

/** @import { Outcome } from "./pages.js" */
/** @import { Paper } from "./search/packs.js" */

/** @typedef {{ at: number, title: string }} Removed a paper that can be brought back: where it was, and what. */

const SHOWN = 50;
const PATIENCE = 200; // milliseconds before anything says that it is being loaded
const FRAGMENT = "#papers=";

const root = find(document, "[data-reading]");
const theirPlace = find(root, ".ps-brought");
const ownPlace = find(root, ".ps-own");
const ownList = find(ownPlace, ".ps-list");
const add = find(root, ".ps-add");
/** @type {Map<string, string>} */
const names = new Map(Object.entries(JSON.parse(root.dataset.topics ?? "{}"))); // of topics, by slug

const lookup = new Lookup();
/** @type {Map<string, Promise<Paper | null>>} */
const records = new Map();

/**
 * What the catalog knows of a paper, by whatever id; nothing where it is gone.
 *
 * @param {string} id
 */
function record(id) {
  const before = records.get(id);
  if (before) return before;
  const known = fetchRecord(id);
  records.set(id, known);
  known.catch(() => records.delete(id));
  return known;
}

/** @param {string} path below the site's root. */
const at = (path) => new URL(path, base);

/**
 * @param {string} id
 * @returns {Promise<Paper | null>}
 */
async function fetchRecord(id) {
  const paper = await lookup.result(id);
  if (paper) return paper;
  try {
    // An id that a paper had before leads to its page.
    const { url } = await page(at(`papers/${encodeURIComponent(id)}/`));
    const now = idIn(url);
    return now === id ? null : await record(now);
  } catch (error) {
    if (error instanceof Gone) return null;
    throw error;
  }
}

/** A list of papers of which only ids are known. */
class Papers {
  #place;
  #line;
  #ids;
  #turn = 0;
  #most = SHOWN;

  /**
   * @param {HTMLElement} place
   * @param {() => string[]} ids of the papers, in their order.
   */
  constructor(place, ids) {
    this.#place = place;
    this.#ids = ids;
    this.#line = element("p", { class: "ps-note", role: "status" });
    place.after(this.#line);
  }

  /** @param {Map<string, Removed>} removed those that can be brought back, beside what is to be shown now. */
  async show(removed = new Map()) {
    const mine = ++this.#turn;
    const all = this.#ids();
    for (const [id, { at: place }] of removed) if (!all.includes(id)) all.splice(place, 0, id);
    const ids = all.slice(0, this.#most);
    const slow = setTimeout(() => mine === this.#turn && this.#say("Loading …"), PATIENCE);
    const results = await each(ids, (id) => (removed.has(id) ? null : record(id)));
    clearTimeout(slow);
    if (mine !== this.#turn) return;
    /** @type {HTMLElement | null | undefined} */
    const focused = document.activeElement?.closest("li[data-id]");
    const rows = ids.flatMap((id, place) => row(id, results[place], removed.get(id)) ?? []);
    this.#place.replaceChildren(...rows);
    saved.dress(this.#place);
    const again = rows.find(({ dataset }) => dataset.id === focused?.dataset.id);
    /** @type {HTMLElement | null | undefined} */
    const button = again?.querySelector(".ps-undo, .ps-save, button");
    button?.focus({ preventScroll: true });

    const failed = results.filter(({ error }) => error).length;
    const rest = all.length - ids.length;
    if (failed) {
      const retry = element("button", { type: "button" }, "Try again");
      retry.addEventListener("click", () => this.show(removed));
      this.#say(`${number(failed)} of ${counted(ids.length, "paper")} could not be loaded. `, retry);
    } else if (rest) {
      const more = element(
        "button",
        { type: "button" },
        `Show ${number(Math.min(SHOWN, rest))} more of ${counted(rest, "paper")}`,
      );
      more.addEventListener("click", async () => {
        this.#most += SHOWN;
        await this.show(removed);
        this.#place.children[ids.length]?.querySelector("a")?.focus();
      });
      this.#say(more);
    } else this.#say();
  }

  /** @param {(Node | string)[]} parts */
  #say(...parts) {
    this.#line.replaceChildren(...parts);
  }
}

/**
 * One paper; or that it is gone, or was removed and can be brought back.
 *
 * @param {string} id
 * @param {Outcome<Paper | null>} outcome
 * @param {Removed | undefined} removed
 */
function row(id, { value: paper, error }, removed) {
  if (error) return null;
  if (removed) {
    const undo = element("button", { type: "button", class: "ps-undo" }, "Undo");
    undo.addEventListener("click", () => restore(id));
    return note(id, `Removed: ${removed.title}. `, undo);
  }
  if (!paper) {
    const remove = element("button", { type: "button" }, "Remove");
    remove.addEventListener("click", () => saved.remove(id));
    return note(id, `${id} is no longer in this catalog. `, saved.ids().includes(id) && remove);
  }
  const made = entry({ id, paper }, [], base, names);
  made.dataset.id = id; // also where that is a former one
  return made;
}

/** @type {(id: string, ...parts: import("./elements.js").Child[]) => HTMLLIElement} */
const note = (id, ...parts) => element("li", { class: "ps-missing", "data-id": id }, element("p", {}, parts));

// What was saved here

/** @type {Map<string, Removed>} */
const removed = new Map(); // papers of this list, since it was opened: by id, where and what
let order = saved.ids();
/** @type {Promise<void> | null} */
let current = null; // done once what was saved is shown

const mine = new Papers(ownList, saved.ids);
const { buttons, line } = taking(
  async () => {
    await current; // by then every paper has the id that it has now
    return { ids: saved.ids().slice(0, MOST), total: saved.ids().length };
  },
  () => "reading-list",
);
const link = element("input", { type: "text", readonly: true, "aria-label": "Link to this list" });
link.hidden = true;
const copy = copyButton(() => Object.assign(link, { value: shared(saved.ids()) }), "Copy link", "to this list");
const tools = find(ownPlace, ".ps-buttons");
tools.append(...buttons, copy);
tools.after(link, line);

/** @param {string[]} ids of papers; the address that brings them to somebody else. */
function shared(ids) {
  return at(`reading-list/${FRAGMENT}${ids.map(encodeURIComponent).join(",")}`).href;
}

async function showOwn() {
  const ids = saved.ids();
  for (const id of removed.keys()) if (ids.includes(id)) removed.delete(id);
  find(ownPlace, ".ps-reading-tools").hidden = !ids.length;
  find(ownPlace, ".ps-none").hidden = Boolean(ids.length || removed.size || !saved.isPossible);
  find(ownPlace, ".ps-unkept").hidden = saved.isPossible;
  find(root, ".ps-count").textContent = ids.length ? `${counted(ids.length, "paper")}. ` : "";
  await mine.show(removed);
  for (const id of saved.ids()) {
    const now = (await record(id).catch(() => null))?.id;
    if (!now || now === id) continue;
    order = order.map((one) => (one === id ? now : one));
    saved.rename(id, now);
  }
}

function changed() {
  const ids = saved.ids();
  for (const id of order.filter((one) => !ids.includes(one))) {
    const shown = [...ownList.children].find((one) => one instanceof HTMLElement && one.dataset.id === id);
    const title = shown?.querySelector("h2 a")?.textContent ?? id;
    removed.set(id, { at: order.indexOf(id), title });
  }
  order = ids;
  clear(line);
  link.hidden = true;
  current = showOwn();
  showShared();
}

/** @param {string} id */
function restore(id) {
  saved.save([id], removed.get(id)?.at);
  announce("Saved again");
}

// What a link brings

/** @type {string[]} */
let brought = [];
const theirs = new Papers(find(theirPlace, ".ps-list"), () => [...brought]);

function readLink() {
  if (!location.hash.startsWith(FRAGMENT)) return [];
  const parts = location.hash.slice(FRAGMENT.length).split(",");
  return [...new Set(parts.map(decoded).filter(saved.isId))].slice(0, MOST);
}

/** @param {string} part of an address. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

function showShared() {
  theirPlace.hidden = !brought.length;
  if (!brought.length) return;
  const known = new Set(saved.ids());
  const fresh = brought.filter((id) => !known.has(id)).length;
  const all = fresh === brought.length;
  const some = all ? counted(fresh, "paper") : `the ${number(fresh)} that ${fresh === 1 ? "is" : "are"} new`;
  find(theirPlace, ".ps-brought-count").textContent = fresh
    ? `A link brought ${counted(brought.length, "paper")}${all ? "" : `, of which you have ${number(brought.length - fresh)}`}.`
    : `A link brought ${counted(brought.length, "paper")}; you have ${brought.length === 1 ? "it" : "all of them"}.`;
  add.textContent = `Save ${some}`;
  add.hidden = !fresh || !saved.isPossible;
}

function leaveLink() {
  history.replaceState(history.state, "", location.pathname + location.search);
  brought = [];
  showShared();
  ownPlace.focus({ preventScroll: true });
}

add.addEventListener("click", () => {
  const count = brought.filter((id) => !saved.ids().includes(id)).length;
  if (!saved.save(brought)) return;
  announce(`${counted(count, "paper")} saved`);
  leaveLink();
});

find(theirPlace, ".ps-dismiss").addEventListener("click", leaveLink);

function bring() {
  brought = readLink();
  showShared();
  if (brought.length) theirs.show();
}

saved.changes.addEventListener("change", changed);
addEventListener("hashchange", bring);
find(root, ".ps-reading-parts").hidden = false;
bring();
current = showOwn();
