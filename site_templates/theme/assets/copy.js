/* Copying with one click. Where the browser refuses, what was to be copied is selected instead. */

import { announce, element } from "./elements.js";

const SAID = 2000; // milliseconds for which a button says what it did
const REFUSED = "The browser did not allow copying. The text is selected: copy it as you copy any other.";

/**
 * A button that copies what an element shows.
 *
 * @param {() => HTMLElement} source the element, when it is asked for.
 * @param {string} label
 * @param {string} what is said to those who listen.
 */
export function copyButton(source, label, what = "") {
  const shown = document.createTextNode(label);
  const button = element(
    "button",
    { type: "button" },
    shown,
    what && element("span", { class: "ps-unseen" }, ` ${what}`),
  );
  let back = 0;
  /** @param {string} word */
  const say = (word) => (shown.data = word);
  button.addEventListener("click", async () => {
    const isCopied = await copy(source());
    say(isCopied ? "Copied" : "Selected");
    announce(isCopied ? "Copied" : REFUSED, { isSeen: !isCopied });
    clearTimeout(back);
    back = setTimeout(say, SAID, label);
  });
  return button;
}

/** @param {HTMLElement} source to copy, with its italics where it is a sentence; whether that worked. */
async function copy(source) {
  const text = source instanceof HTMLInputElement ? source.value : source.textContent;
  try {
    if (source.tagName === "P" && globalThis.ClipboardItem) {
      /** @type {(type: string, content: string) => Blob} */
      const as = (type, content) => new Blob([content], { type });
      const both = { "text/plain": as("text/plain", text), "text/html": as("text/html", source.innerHTML) };
      await navigator.clipboard.write([new ClipboardItem(both)]);
    } else {
      await navigator.clipboard.writeText(text);
    }
    return true;
  } catch {
    select(source);
    return false;
  }
}

/** @param {HTMLElement} source */
function select(source) {
  if (source instanceof HTMLInputElement) {
    source.hidden = false;
    source.focus();
    source.select();
  } else {
    getSelection()?.selectAllChildren(source);
  }
}
