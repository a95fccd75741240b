/* What this browser keeps for the site. Nothing of it leaves the browser. */

const PROBE = "probe";

/** Where the site is: there may be others on the same host. */
export const base = new URL("../", import.meta.url);

/** @param {string} key */
const named = (key) => `papershelf ${base.pathname} ${key}`;

/**
 * What was kept under a key; `null` where that is nothing, or nothing can be kept.
 *
 * @param {string} key
 * @returns {any} JSON, which anybody may have changed.
 */
export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(named(key)) ?? "null");
  } catch {
    return null;
  }
}

/**
 * Keep a value of JSON under a key; whether that worked.
 *
 * @param {string} key
 * @param {unknown} value
 */
export function keep(key, value) {
  try {
    localStorage.setItem(named(key), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Whether anything can be kept: browsers may forbid it. */
export function canKeep() {
  try {
    localStorage.setItem(named(PROBE), "");
    localStorage.removeItem(named(PROBE));
    return true;
  } catch {
    return kept("saved") !== null; // a full store can still be read, and emptied
  }
}

/**
 * Call `each` when another tab keeps something else under a key.
 *
 * @param {string} key
 * @param {() => void} each
 */
export function watch(key, each) {
  addEventListener("storage", (event) => {
    if (event.key === named(key) || event.key === null) each();
  });
}
