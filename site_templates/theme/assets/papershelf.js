/* The page works without this: it only joins our search form to Material's search box. */

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
