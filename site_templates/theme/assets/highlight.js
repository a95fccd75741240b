/* Marks the words that led here from a search: `?h=mixture+experts`. */

import { element, find } from "./elements.js";
import { marked } from "./search/snippets.js";
import { fold } from "./search/words.js";

const sought = fold(new URLSearchParams(location.search).get("h") ?? "")
  .split(" ")
  .filter(Boolean);
/** @param {string} part */
const isOne = (part) => sought.some((start) => part === start || (start.length > 2 && part.startsWith(start)));
/** @param {string} word */
const isSought = (word) => fold(word).split(" ").some(isOne);

const UNMARKED = ".ps-cite, button, math, mark, pre, script, style, svg, textarea";

const iterator = document.createNodeIterator(find(document, "article"), NodeFilter.SHOW_TEXT);
/** @type {Text[]} */
const nodes = [];
for (let node = iterator.nextNode(); node; node = iterator.nextNode()) {
  if (node instanceof Text && !node.parentElement?.closest(UNMARKED)) nodes.push(node);
}
for (const node of nodes) {
  const pieces = marked(node.data, isSought);
  if (!pieces.some(([, isMarked]) => isMarked)) continue;
  node.replaceWith(
    ...pieces.map(([piece, isMarked]) => (isMarked ? element("mark", { "data-md-highlight": true }, piece) : piece)),
  );
}
