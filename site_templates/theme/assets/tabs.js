/* Opens the tabs of a page written by hand: those last chosen elsewhere, where the theme is told to
   link them, and the one that the address names. */

/* global __md_get */

{
  const { dataset } = /** @type {HTMLElement} */ (document.currentScript);
  /** @type {unknown} */
  const chosen = "linked" in dataset ? __md_get("__tabs") : null;
  if (Array.isArray(chosen)) {
    for (const set of document.querySelectorAll(".tabbed-set")) {
      /** @type {NodeListOf<HTMLLabelElement>} */
      const found = set.querySelectorAll(".tabbed-labels label");
      const labels = [...found];
      const named = chosen.map((name) => labels.find((label) => label.innerText.trim() === name));
      const label = named.find(Boolean);
      if (label?.control instanceof HTMLInputElement) label.control.checked = true;
    }
  }
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLInputElement && target.name.startsWith("__tabbed_")) target.checked = true;
}
