/* Marks the words that led here from a search: `?h=mixture+experts`. */

import { element } from "./elements.js";
import { marked } from "./search/snippets.js";
import { fold } from "./search/words.js";

const sought = fold(new URLSearchParams(location.search).get("h")).split(" ").filter(Boolean);
const isOne = (part) => sought.some((start) => part === start || (start.length > 2 && part.startsWith(start)));
const isSought = (word) => fold(word).split(" ").some(isOne);

const text = document.createNodeIterator(document.querySelector("article"), NodeFilter.SHOW_TEXT);
const nodes = [];
for (let node = text.nextNode(); node; node = text.nextNode()) {
  if (!node.parentElement.closest(".ps-cite, button, math, mark, pre, script, style, svg, textarea")) nodes.push(node);
}
for (const node of nodes) {
  const pieces = marked(node.data, isSought);
  if (!pieces.some(([, isMarked]) => isMarked)) continue;
  node.replaceWith(
    ...pieces.map(([piece, isMarked]) => (isMarked ? element("mark", { "data-md-highlight": true }, piece) : piece)),
  );
}
