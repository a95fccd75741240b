/* What can be done with a whole list: show it in another order, take its citations. */

import { announce, counted, element, find, idOf, number, titleOf } from "./elements.js";
import { base } from "./keep.js";
import { dress } from "./saved.js";
import { MOST, taking } from "./take.js";
import { mark } from "./visit.js";

/** @import { Client } from "./search/client.js" */

/** @typedef {(one: HTMLElement, other: HTMLElement) => number} Compare */

const SHOWN = 50;
const PATIENCE = 200; // milliseconds before anything says that it is being loaded

/** @type {Record<string, string>} */
const ORDERS = { newest: "Newest first", upvotes: "Most upvoted first", title: "By title" };

const tools = find(document, ".ps-tools");
const place = document.querySelector(".ps-columns .ps-list")?.parentElement;
/** @type {HTMLElement | null} */
const pager = document.querySelector("nav.ps-pager");
const { start = "", filter, order: served } = tools.dataset;
const pages = Number(tools.dataset.pages) || 1; // only the first page says how many there are
/** Whether the list is too long to be fetched: the first page does not name all others then. */
const isLong = (tools.dataset.names ?? "").split(" ").filter(Boolean).length + 1 < pages;

/** @param {string} name of an order; its page of results has the papers of a list that is too long to be fetched. */
const results = (name) => new URL(`search/?${filter}&sort=${name}`, base);

/**
 * Whether the list can be shown in an order that is not its own.
 *
 * @param {ParentNode} place
 * @param {string} name
 */
function isPossible(place, name) {
  if (name === served || (isLong && (!filter || name === "title"))) return false;
  return (
    name !== "upvotes" || "voted" in tools.dataset || asked() === name || Boolean(place.querySelector("[data-votes]"))
  );
}

const asked = () => new URLSearchParams(location.search).get("sort");

// Another order

class Order {
  #select = element("select", { autocomplete: "off" });
  #line = element("div", { class: "ps-taking", role: "status" });
  #place;
  #original;
  #offered;
  #turn = 0;

  /** @param {HTMLElement} place of the list. */
  constructor(place) {
    this.#place = place;
    this.#original = [...place.childNodes];
    this.#offered = Object.keys(ORDERS).filter((name) => isPossible(place, name));
    const said = find(document, ".ps-order");
    if (!this.#offered.length) return;
    this.#select.append(
      new Option(said.textContent.trim(), ""),
      ...this.#offered.map((name) => new Option(ORDERS[name], name)),
    );
    said.replaceChildren(element("label", {}, "Sort by ", this.#select));
    tools.append(this.#line);
    this.#select.addEventListener("change", () => this.#choose());
    addEventListener("popstate", () => this.#show());
    if (this.#wanted) this.#show();
  }

  /** The order that the address asks for; empty for the list's own. */
  get #wanted() {
    const name = asked() ?? "";
    return this.#offered.includes(name) ? name : "";
  }

  #choose() {
    const name = this.#select.value;
    const search = name && `?${new URLSearchParams({ sort: name })}`;
    const first = new URL(start, document.baseURI);
    if (name && isLong) {
      location.assign(results(name).href);
    } else if (first.pathname !== location.pathname) {
      location.assign(new URL(search, first).href); // the whole list, from its beginning
    } else {
      history.pushState({}, "", location.pathname + search);
      this.#show();
    }
  }

  /** Show the list as the address asks for it. */
  async #show() {
    const name = this.#wanted;
    const mine = ++this.#turn;
    const isLatest = () => mine === this.#turn;
    this.#select.value = name;
    this.#line.replaceChildren();
    if (!name) return this.#restore();
    if (isLong) return location.replace(results(name).href);
    let said = "";
    let isQuick = true;
    /** @param {string} sentence */
    const tell = (sentence) => {
      said = sentence;
      if (!isQuick && isLatest()) this.#line.textContent = said;
      return isLatest();
    };
    const slow = setTimeout(() => {
      isQuick = false;
      tell(said);
    }, PATIENCE);
    try {
      const { entries } = await import("./listing.js");
      const found = await entries(Infinity, tell);
      if (isLatest()) this.#render(found.entries, name);
    } catch {
      if (isLatest()) this.#fail();
    } finally {
      clearTimeout(slow);
    }
  }

  /**
   * @param {HTMLElement[]} entries
   * @param {string} name
   */
  #render(entries, name) {
    const sorted = entries.toSorted(COMPARED[name]).map((entry) => document.importNode(entry, true));
    const list = element("ol", { class: "ps-list" });
    const more = element("button", { type: "button", class: "ps-more-papers" });
    /** @param {number} count */
    const unfold = (count) => {
      const fresh = sorted.splice(0, count);
      list.append(...fresh);
      dress(list);
      mark(list);
      more.hidden = !sorted.length;
      more.textContent = `Show ${number(Math.min(SHOWN, sorted.length))} more of ${counted(sorted.length, "paper")}`;
      return fresh[0];
    };
    more.addEventListener("click", () => {
      titleOf(unfold(SHOWN)).focus();
      history.replaceState({ shown: list.children.length }, "");
    });
    unfold(Math.max(SHOWN, history.state?.shown ?? 0));
    this.#place.replaceChildren(list, more);
    this.#line.replaceChildren();
    this.#furniture(true);
    announce(`${counted(entries.length, "paper")}, ${ORDERS[name].toLowerCase()}`);
  }

  #restore() {
    if (this.#original.every((node) => node.parentElement === this.#place)) return;
    this.#place.replaceChildren(...this.#original);
    dress(this.#place);
    this.#furniture(false);
    announce(this.#select.options[0].text);
  }

  /** @param {boolean} isHidden what leads through the pages: it has no place beside all of them. */
  #furniture(isHidden) {
    /** @type {HTMLElement | null} */
    const said = document.querySelector(".ps-page");
    for (const part of [pager, said]) if (part) part.hidden = isHidden;
  }

  #fail() {
    const again = element("button", { type: "button" }, "Try again");
    again.addEventListener("click", () => this.#show());
    this.#line.replaceChildren(element("span", {}, "The other pages of the list could not be loaded."), " ", again);
    this.#restore();
  }
}

/** @param {HTMLElement} entry */
const title = (entry) => titleOf(entry).textContent;
const letters = new Intl.Collator("en", { ignorePunctuation: true, numeric: true });

/** @param {string} text as in the list of all titles: letters, then digits, then the rest. */
function kind(text) {
  const first = /[\p{L}\p{N}]/u.exec(text)?.[0] ?? "";
  if (/\p{Script=Latin}/u.test(first)) return 0;
  return /\p{N}/u.test(first) ? 1 : 2;
}

/** @type {Compare} */
const byDate = (one, other) => {
  const [a, b] = [one.dataset.date ?? "", other.dataset.date ?? ""];
  return a < b ? 1 : a > b ? -1 : 0;
};
/** @param {HTMLElement} entry */
const votes = ({ dataset }) => Number(dataset.votes ?? -1);

/** @type {Record<string, Compare>} */
const COMPARED = {
  newest: byDate,
  upvotes: (one, other) => votes(other) - votes(one) || byDate(one, other),
  title(one, other) {
    const [a, b] = [title(one), title(other)];
    return kind(a) - kind(b) || letters.compare(a, b);
  },
};

if (place?.querySelector(".ps-entry")) new Order(place);

// Citations

/** @type {Client | null} */
let client = null;

/**
 * Which papers are cited: of a list that a search finds, as it finds them, else those on its pages.
 *
 * @type {import("./take.js").Papers}
 */
async function papers(told, isFresh) {
  if (filter && served === "newest") {
    const [{ Client }, { sought }] = await Promise.all([import("./search/client.js"), import("./search/state.js")]);
    client ??= new Client(base);
    const request = { ...sought(new URLSearchParams(filter)), sort: served, listed: true };
    return client.ask({ ...request, cited: MOST, fresh: isFresh });
  }
  const { entries } = await import("./listing.js");
  const { entries: found, isWhole } = await entries(MOST, told);
  return { ids: found.map(idOf), total: isWhole ? found.length : undefined };
}

if (place?.querySelector(".ps-entry")) {
  let take = tools.querySelector(".ps-take");
  if (!take) tools.append((take = element("ul", { class: "ps-take", "aria-label": "All of this list" })));
  const name = () => new URL(start, document.baseURI).pathname.split("/").filter(Boolean).at(-1) ?? "papers";
  const { buttons, line } = taking(papers, name);
  take.append(...buttons.map((button) => element("li", {}, button)));
  tools.append(line);
}
