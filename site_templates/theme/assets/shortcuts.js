/* Keys that act by themselves, in whoever's script: they can be switched off, and none leaves the
   page. Somebody who speaks to the computer, or whose hands shake, presses them unasked. */

import { announce, isTyping } from "./elements.js";
import { keep, kept, watch } from "./keep.js";

const KEY = "shortcuts";
const UNKEPT = "This browser keeps nothing for this site, so that holds until you leave this page.";

/** Material's, for the pages before and after this one. */
const LEAVING = ["p", ",", "n", "."];

/** @type {boolean | null} */
let here = null; // what was chosen, where nothing can be kept

const areOn = () => here ?? kept(KEY) !== false;

// Before everybody else who listens. What belongs to a box with its results is left to it.
addEventListener(
  "keydown",
  (event) => {
    const { key, target, ctrlKey, metaKey } = event;
    const isSign = [...key].length === 1 && key !== " " && !ctrlKey && !metaKey;
    if (!isSign || isTyping(target) || (target instanceof Element && target.closest(".md-search"))) return;
    if (!areOn() || LEAVING.includes(key.toLowerCase())) event.stopImmediatePropagation();
  },
  { capture: true },
);

/** The box that switches them, where they are explained. */
const control = /** @type {HTMLInputElement | null} */ (document.querySelector(".ps-keys input"));

if (control) {
  const show = () => (control.checked = areOn());
  show();
  watch(KEY, show);
  addEventListener("pageshow", show);
  control.addEventListener("change", () => {
    here = keep(KEY, control.checked) ? null : control.checked;
    if (here !== null) announce(UNKEPT, { isSeen: true });
  });
}
