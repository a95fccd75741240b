/* What is new since the last visit: papers of later days than any that was listed then. */

import { all, element, number, titleOf } from "./elements.js";
import { keep, kept } from "./keep.js";

const KEY = "visit";

/** A visit ends when no list was opened for so long. */
const LENGTH = 3 * 60 * 60 * 1000;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** The day after which papers are new; empty where that is not known. */
const before = visited();

/** The day to compare with, after noting what is seen now. */
function visited() {
  const front = document.querySelector(".ps-hero");
  const last = kept(KEY);
  const isKnown = DAY.test(last?.newest) && typeof last.at === "number";
  // An old list that a link led to says nothing about what was new: the front page begins.
  if (!isKnown && !front) return "";
  const now = Date.now();
  const isOver = isKnown && Math.abs(now - last.at) > LENGTH;
  const then = isOver ? last.newest : (last?.before ?? "");
  const newest = days().reduce((one, other) => (one > other ? one : other), isKnown ? last.newest : "");
  if (newest) keep(KEY, { at: now, before: isKnown ? then : "", newest });
  return isKnown && DAY.test(then) ? then : "";
}

/** The days of this page. One in the future, a slip of its source, would make nothing new ever. */
function days() {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  return all(document, ".ps-entry[data-date]")
    .map(({ dataset: { date = "" } }) => date)
    .filter((date) => DAY.test(date) && date <= tomorrow);
}

/** @param {HTMLElement} entry */
const isNew = ({ dataset: { date = "" } }) => before !== "" && date > before;

/** @param {ParentNode} root whose new entries are marked. */
export function mark(root) {
  for (const entry of all(root, ".ps-entry[data-date]:not(:has(.ps-new))")) {
    // With a direction of its own, it does not decide on that of the title.
    if (isNew(entry)) titleOf(entry).before(element("span", { class: "ps-new", dir: "ltr" }, "New"), " ");
  }
}

/** Say on the front page how many are new; more may be on other pages. */
function sum() {
  const summary = document.querySelector(".ps-day .ps-summary");
  const entries = all(document, ".ps-day .ps-entry");
  const fresh = entries.filter(isNew).length;
  if (!fresh || !summary) return;
  const isCut = fresh === entries.length && document.querySelector(".ps-more");
  const said = `${isCut ? "More than " : ""}${number(fresh)} new since your last visit`;
  summary.append(element("span", { class: "ps-news" }, element("span", { class: "ps-unseen" }, ". "), said));
}

mark(document);
sum();
