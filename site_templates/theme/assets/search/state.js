/* What a search asks for, and how an address says so: a search can be shared, and gone back to. */

/** @import { Sort } from "./client.js" */
/** @import { Refinement } from "./facets.js" */

/** @typedef {{ query: string, refine: Refinement, sort: string, page: number }} State of the page of results. */

/**
 * What results can be narrowed by.
 *
 * @type {Record<string, string>}
 */
export const FACETS = { topic: "Topic", year: "Year", venue: "Venue", has: "With" };

const KEYS = Object.keys(FACETS);

/** @type {Sort[]} */
const SORTS = ["relevance", "newest", "upvotes"];

const MOST_VALUES = 50;
const MOST_PAGES = 1e6;

/**
 * The query and the filters of an address; whatever makes no sense is left out.
 *
 * @param {URLSearchParams} parameters
 * @returns {{ query: string, refine: Refinement }}
 */
export function sought(parameters) {
  /** @param {string} key */
  const values = (key) => [...new Set(parameters.getAll(key))].filter(Boolean).slice(0, MOST_VALUES);
  return { query: parameters.get("q") ?? "", refine: Object.fromEntries(KEYS.map((key) => [key, values(key)])) };
}

/**
 * All that an address asks for.
 *
 * @param {URLSearchParams} parameters
 * @returns {State}
 */
export function read(parameters) {
  const { query, refine } = sought(parameters);
  const page = Number(parameters.get("page"));
  const sort = SORTS.find((name) => name === parameters.get("sort")) ?? "";
  return {
    query,
    refine,
    sort: query.trim() || sort !== "relevance" ? sort : "",
    page: Number.isInteger(page) && page > 1 && page < MOST_PAGES ? page : 1,
  };
}

/** @param {State} state whose part of an address this is, with its `?`: the same search always has the same. */
export function written({ query, refine, sort, page }) {
  const parameters = new URLSearchParams();
  if (query) parameters.append("q", query);
  for (const key of KEYS) for (const value of refine[key]) parameters.append(key, value);
  // Of all papers, without words and filters, any order is worth a word: without it nothing is asked.
  const isUsual = sort === usual(query) && String(parameters);
  if (sort && !isUsual) parameters.append("sort", sort);
  if (page > 1) parameters.append("page", String(page));
  return String(parameters) && `?${parameters}`;
}

/** @param {string} query whose order this is where none is asked for: without words nothing is more relevant. */
export const usual = (query) => (query.trim() ? "relevance" : "newest");

/** @param {State} state how many values of facets are chosen in it. */
export const chosenIn = ({ refine }) => KEYS.reduce((sum, key) => sum + refine[key].length, 0);

/** @param {State} state whether it has anything to look for: words, filters, or all papers in some order. */
export const asks = (state) => Boolean(state.query.trim() || state.sort || chosenIn(state));

/**
 * The same search without filters, from its first page.
 *
 * @param {State} state
 * @returns {State}
 */
export const unrefined = (state) => ({
  ...state,
  refine: sought(new URLSearchParams()).refine,
  sort: state.sort || usual(state.query),
  page: 1,
});
