/* The page works without this: it mends two things that only show once a page is there. */

/** What can be scrolled must be reachable without a mouse. */
function letKeyboardIn() {
  for (const formula of document.querySelectorAll("math")) {
    if (formula.scrollWidth > formula.clientWidth + 1) formula.tabIndex = 0;
    else formula.removeAttribute("tabindex");
  }
}

letKeyboardIn();
addEventListener("resize", letKeyboardIn);

// Material marks the topics of each search result as navigation, which they are not.
const found = document.querySelector(".md-search-result__list");
new MutationObserver(() => {
  for (const topics of found.querySelectorAll("nav:not([role])")) topics.setAttribute("role", "none");
}).observe(found, { childList: true, subtree: true });
