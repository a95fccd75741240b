/* The page works without this. What only some pages have is fetched where it is. */

/** What can be scrolled must be reachable without a mouse. */
function letKeyboardIn() {
  for (const formula of document.querySelectorAll("math")) {
    if (formula.scrollWidth > formula.clientWidth + 1) formula.tabIndex = 0;
    else formula.removeAttribute("tabindex");
  }
}

letKeyboardIn();
addEventListener("resize", letKeyboardIn);

// A link that the edge of its row cuts off is shown whole when the keyboard comes to it.
for (const row of document.querySelectorAll(".ps-beside ul")) {
  row.addEventListener("focusin", ({ target }) => target.scrollIntoView({ block: "nearest", inline: "nearest" }));
}

// Material marks the topics of each search result as navigation, which they are not.
const found = document.querySelector(".md-search-result__list");
new MutationObserver(() => {
  for (const topics of found.querySelectorAll("nav:not([role])")) topics.setAttribute("role", "none");
}).observe(found, { childList: true, subtree: true });

const has = (selector) => document.querySelector(selector) !== null;

if (has(".ps-entry, [data-paper]")) import("./saved.js");
if (has(".ps-entry")) import("./visit.js");
if (has(".ps-tools")) import("./order.js");
if (has("[data-reading]")) import("./reading-list.js");

// Buttons to copy and download come when citations are looked at.
const cite = document.querySelector("#cite");
cite?.addEventListener("toggle", () => import("./cite.js"), { once: true });

function openCite() {
  if (location.hash === "#cite") cite.open = true;
}

if (cite) {
  openCite();
  addEventListener("hashchange", openCite);
}
