/* The page works without this: it joins our search form to Material's search box, and mends two
   things that only show once a page is there. */

const form = document.querySelector(".ps-search");
const toggle = document.querySelector("[data-md-toggle=search]");
const query = document.querySelector("[data-md-component=search-query]");

/** Open Material's search box with what was typed so far. */
function openSearch(text) {
  query.value = text;
  if (!toggle.checked) toggle.click();
  query.focus();
  query.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
}

if (form && toggle && query) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    openSearch(form.elements.q.value);
  });
}

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
