/* The page of search results: asks the worker, shows the answer, and keeps all of its state in the
   address, so that a search can be shared, bookmarked and gone back to. */

import { counted, element, find, isTyping, number } from "../elements.js";
import { entry, Facets, isTemporary, pager, reason } from "./page-view.js";
import { asks, chosenIn, read, unrefined, usual, written } from "./state.js";

/** @import { Client, Answer, Cited, Failure, Request, Result } from "./client.js" */
/** @import { Names } from "./page-view.js" */
/** @import { State } from "./state.js" */

const PER_PAGE = 10;
const PATIENCE = 200; // milliseconds before anything says that it is being searched
const LONGEST = 200; // characters of a query that are repeated to people
const WIDE = matchMedia("(min-width: 60em)");

const base = new URL("../../", import.meta.url);
const root = find(document, "[data-search-state]");
const form = find(root, "form", HTMLFormElement);
const box = find(root, "[name=q]", HTMLInputElement);
const sort = find(root, "[name=sort]", HTMLSelectElement);
const help = find(root, ".ps-help", HTMLDetailsElement);
const filters = find(root, ".ps-facets", HTMLDetailsElement);
const list = find(root, ".ps-list", HTMLOListElement);
const note = find(root, ".ps-note");
const pages = find(root, ".ps-pager");
const failed = find(root, ".ps-failed");
const facets = new Facets(find(filters, "div"));
const plainTitle = document.title;
/** @type {Names} */
const names = new Map(Object.entries(JSON.parse(root.dataset.topics ?? "{}")));

let asked = read(new URLSearchParams(location.search)); // what the address says
/** @type {State | null} */
let answered = null; // what is shown
let turn = 0; // an outdated answer never overwrites a newer one
/** @type {Promise<Client> | null} */
let client = null;
let attempts = 0;

/** @param {State} state */
const address = (state) => location.pathname + written(state);

// Places in the history, and how far each was scrolled

const STORE = "papershelf-scrolled";
/** @type {string} */
let place = history.state?.place ?? newPlace();

function newPlace() {
  return `${Date.now()}-${Math.random()}`;
}

/** @returns {Record<string, number>} */
function scrolled() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "{}");
  } catch {
    return {}; // where nothing may be stored, pages start at their top
  }
}

function rememberScroll() {
  const latest = Object.entries(scrolled()).filter(([key]) => key !== place);
  const kept = Object.fromEntries([...latest.slice(-49), [place, scrollY]]);
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // As above.
  }
}

function restoreScroll() {
  const top = scrolled()[place];
  if (top !== undefined) scrollTo({ top, behavior: "instant" });
}

/**
 * Go to another search, as a link would.
 *
 * @param {State} state
 */
function go(state, { top = true } = {}) {
  const to = address(state);
  if (to !== address(asked)) {
    rememberScroll();
    place = newPlace();
    history.pushState({ place }, "", to);
  }
  show(state, () => {
    if (top) scrollTo({ top: 0, behavior: "instant" });
  });
}

// Asking

/**
 * @template {Request} Asked
 * @param {Asked} request
 */
async function ask(request) {
  client ??= start();
  return (await client).ask(request);
}

/** @returns {Promise<Client>} */
async function start() {
  try {
    // What could not be fetched is asked for by another name: browsers may remember the failure.
    const { Client } = await import(attempts ? `./client.js?${attempts}` : "./client.js");
    return new Client(base);
  } catch (error) {
    attempts += 1;
    client = null;
    throw Object.assign(/** @type {Error} */ (error), { kind: "network" });
  }
}

/**
 * Show what a state asks for, then call `arrive`.
 *
 * @param {State} state
 * @param {() => void} arrive
 */
async function show(state, arrive) {
  const mine = ++turn;
  const same = answered?.query === state.query;
  asked = state;
  box.value = state.query;
  sort.value = state.sort || usual(state.query);
  failed.hidden = true;
  announce("");
  const page = state.page > 1 ? `, page ${number(state.page)}` : "";
  const query = state.query.trim().slice(0, LONGEST);
  document.title = query ? `${query}${page} · ${plainTitle}` : plainTitle;
  if (!asks(state)) {
    empty("idle");
    help.open = true;
    return arrive();
  }
  if (!same) help.open = false;
  root.dataset.searchState = "busy";
  const slow = setTimeout(() => {
    if (mine === turn) root.setAttribute("aria-busy", "true");
  }, PATIENCE);
  const began = performance.now();
  try {
    const request = requested(state);
    const start = (state.page - 1) * PER_PAGE;
    const answer = await ask({ ...request, start, count: PER_PAGE, facets: "soon" });
    if (mine !== turn) return;
    render(state, answer, performance.now() - began);
    if (!answer.facets) showFilters(state, { ...request, start: 0, count: 0, facets: true }, mine);
  } catch (error) {
    if (mine !== turn) return;
    fail(/** @type {Failure} */ (error));
  } finally {
    clearTimeout(slow);
  }
  root.removeAttribute("aria-busy");
  root.dataset.searchState = "done";
  arrive();
}

/** @param {State} state as the worker is asked for it, all but how many results. */
const requested = ({ query, refine, sort: sorted }) => ({ query, refine, sort: sorted || usual(query) });

/**
 * Show the filters of what is shown already.
 *
 * @param {State} state
 * @param {Request} request
 * @param {number} mine
 */
async function showFilters(state, request, mine) {
  await painted(); // the results first
  if (mine !== turn) return;
  try {
    const answer = await ask(request);
    if (mine === turn) renderFilters(state, answer);
  } catch {
    // The results are there; what refines them comes with the next search.
  }
}

/** Until what is shown has been painted; a page in the background is not. */
function painted() {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
    requestAnimationFrame(() => setTimeout(resolve, PATIENCE / 2));
  });
}

/** @param {string} searchState in which nothing is shown: no results, no counts. */
function empty(searchState) {
  answered = null;
  root.dataset.searchState = searchState;
  root.removeAttribute("aria-busy");
  for (const part of [list, note, pages]) part.replaceChildren();
  facets.clear();
  say([]);
}

/** @param {Failure} error */
function fail(error) {
  empty("done");
  if (error.kind === "network") client = null; // its worker may never have started
  const message = reason(error);
  find(failed, "p").textContent = message;
  find(failed, "button").hidden = !isTemporary(error);
  failed.hidden = false;
  announce(message);
}

// Showing

/**
 * The line above the list: how many there are, and what else is to be said of that.
 *
 * @param {(Node | string)[]} more
 * @param {number | null} total
 */
function say(more, total = null, took = "") {
  const found = find(root, "[data-search-total]");
  found.dataset.searchTotal = String(total ?? "");
  found.textContent = total === null ? "" : number(total);
  find(root, ".ps-found-more").replaceChildren(...more);
  find(root, ".ps-took").textContent = took;
}

/** @param {string} message */
function announce(message) {
  find(root, "[role=status]").textContent = message;
}

/**
 * @param {State} state
 * @param {Answer} answer
 * @param {number} milliseconds
 */
function render(state, answer, milliseconds) {
  const { total, results } = answer;
  const count = Math.ceil(total / PER_PAGE);
  const lost = [list, pages].some((part) => part.contains(document.activeElement));
  renderFilters(state, answer);

  const on = state.page > 1 ? `, page ${number(state.page)} of ${number(count)}` : "";
  const took = `, ${(milliseconds / 1000).toFixed(2)} s`;
  say([(total === 1 ? "paper" : "papers") + on, ...strict(state, answer)], total, took);
  announce(total ? counted(total, "paper") + on : nothing(state));

  note.replaceChildren(...notes(state, answer, count));
  list.replaceChildren(...results.map((one) => result(one, answer.words)));
  list.start = (state.page - 1) * PER_PAGE + 1;
  pages.replaceChildren(...pager(state.page, count, (page) => address({ ...state, page })));
  answered = state;
  if (lost) list.focus({ preventScroll: true });
  bookmarks().then(
    ({ dress }) => dress(list),
    () => {},
  );
  showExport(total);
}

/**
 * @param {Result} one
 * @param {string[]} words
 */
function result(one, words) {
  const made = entry(one, words, base, names);
  made.dataset.searchResult = one.id;
  return made;
}

// What can be taken along; it comes after the results

/** The buttons that save papers, and the key. */
const bookmarks = async () => import("../saved.js");

/** @type {ReturnType<typeof import("../take.js").taking> | null} */
let exported = null;

/** @param {number} total papers, whose citations are offered. */
async function showExport(total) {
  const place = find(root, ".ps-export");
  place.hidden = !total;
  try {
    const { MOST, clear, taking } = await import("../take.js");
    /** @type {import("../take.js").Papers} */
    const papers = (_, isFresh) => ask({ ...requested(answered ?? asked), cited: MOST, fresh: isFresh });
    if (!exported) {
      exported = taking(papers, () => "search");
      place.append(element("div", { class: "ps-buttons" }, exported.buttons), exported.line);
    } else clear(exported.line);
  } catch {
    // The results are there; what takes them along comes with the next search.
  }
}

/**
 * The facets, and the orders that make sense; some are known only where facets were asked for.
 *
 * @param {State} state
 * @param {Answer} answer
 */
function renderFilters(state, answer) {
  for (const option of sort.options) {
    option.hidden = option.disabled = !answer.sorts.some((name) => name === option.value);
  }
  find(root, ".ps-sort").hidden = answer.sorts.length < 2;
  const chosen = chosenIn(state);
  find(filters, "summary").textContent = chosen ? `Filters (${chosen} chosen)` : "Filters";
  if (!answer.facets) return;
  for (const topic of answer.facets.topic ?? []) names.set(topic.value, topic.name);
  facets.show(answer.facets, state.refine, state.query, address(unrefined(state)));
}

/**
 * How many papers have all the words, as a link to these alone.
 *
 * @param {State} state
 * @param {Answer} answer
 */
function* strict(state, answer) {
  if (!answer.strict) return;
  const href = address({ ...state, query: answer.strict.query, page: 1 });
  yield ", ";
  yield element("a", { href }, `${number(answer.strict.total)} with all words`);
}

/** @param {State} state */
const nothing = ({ query }) =>
  query.trim() ? `Nothing matches “${query.trim().slice(0, LONGEST)}”` : "There are no papers";

/**
 * What is said before the list.
 *
 * @param {State} state
 * @param {Answer} answer
 * @param {number} last page.
 */
function* notes(state, { total, suggestion, problem, results }, last) {
  if (problem) yield element("p", { dir: "auto" }, problem);
  if (!total) {
    yield element("p", { dir: "auto" }, `${nothing(state)}${chosenIn(state) ? " with these filters" : ""}.`);
    if (chosenIn(state)) {
      const href = address(unrefined(state));
      yield element("p", {}, element("a", { href }, "Search without filters"));
    }
  } else if (!results.length) {
    const href = address({ ...state, page: last });
    yield element("p", {}, "There are no more papers. ", element("a", { href }, "Go to the last page"));
  }
  if (suggestion) {
    const href = address({ ...state, query: suggestion, page: 1 });
    yield element("p", { dir: "auto" }, "Did you mean ", element("a", { href }, suggestion), "?");
  }
}

// What people do

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (failed.contains(event.submitter)) return show(asked, () => {});
  if (matchMedia("(hover: none)").matches) box.blur(); // the keyboard on a phone hides what is found
  const query = box.value.trim();
  const isNamed = asked.sort && asked.sort !== usual(asked.query);
  go({ ...asked, query, sort: isNamed ? asked.sort : "", page: 1 });
});

sort.addEventListener("change", () => go({ ...asked, sort: sort.value, page: 1 }));

filters.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  const { name, value, checked } = target;
  const others = asked.refine[name].filter((one) => one !== value);
  const refine = { ...asked.refine, [name]: checked ? [...others, value] : others };
  // Where the last filter goes, all papers are left.
  go({ ...asked, refine, sort: asked.sort || usual(asked.query), page: 1 }, { top: false });
});

root.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a");
  const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || event.defaultPrevented) return;
  if (link.origin !== location.origin || link.pathname !== location.pathname || link.hash) return;
  event.preventDefault();
  go(read(new URL(link.href).searchParams));
});

/** @param {number} step to the result to mark; the first one if none is marked. */
function move(step) {
  const results = [...list.children];
  const at = results.findIndex((result) => result.contains(document.activeElement));
  const next = results[at < 0 ? (step > 0 ? 0 : -1) : at + step];
  if (!next) return;
  find(next, "h2 a").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (key === "Escape" && target instanceof HTMLElement && (target === box || list.contains(target))) {
    target.blur();
  } else if (key === "ArrowDown" && target === box && list.children.length) {
    move(+1);
  } else if (isTyping(target)) {
    return;
  } else if (key === "/") {
    box.focus();
    box.select();
    scrollTo({ top: 0, behavior: "instant" });
  } else if (key === "j" || key === "k") {
    move(key === "j" ? +1 : -1);
  } else {
    return;
  }
  event.preventDefault();
});

addEventListener("popstate", (event) => {
  rememberScroll();
  place = event.state?.place ?? newPlace();
  show(read(new URLSearchParams(location.search)), restoreScroll);
});

addEventListener("pagehide", rememberScroll);

addEventListener("pageshow", (event) => {
  if (event.persisted && root.dataset.searchState === "busy") show(asked, restoreScroll);
});

WIDE.addEventListener("change", () => {
  filters.open = WIDE.matches;
});

history.scrollRestoration = "manual";
history.replaceState({ ...history.state, place }, "");
show(asked, restoreScroll);
