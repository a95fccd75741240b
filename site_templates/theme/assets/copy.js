/* Copying with one click. Where the browser refuses, what was to be copied is selected instead. */

import { announce, element } from "./elements.js";

const SAID = 2000; // milliseconds for which a button says what it did
const REFUSED = "The browser did not allow copying. The text is selected: copy it as you copy any other.";

/** A button that copies what `source()`, an element, shows; `what` is said to those who listen. */
export function copyButton(source, label, what = "") {
  const button = element(
    "button",
    { type: "button" },
    label,
    what && element("span", { class: "ps-unseen" }, ` ${what}`),
  );
  let back = 0;
  const say = (word) => (button.firstChild.data = word);
  button.addEventListener("click", async () => {
    const isCopied = await copy(source());
    say(isCopied ? "Copied" : "Selected");
    announce(isCopied ? "Copied" : REFUSED, { isSeen: !isCopied });
    clearTimeout(back);
    back = setTimeout(say, SAID, label);
  });
  return button;
}

/** Copy what an element shows, with its italics where it is a sentence; whether that worked. */
async function copy(source) {
  const text = source.value ?? source.textContent;
  try {
    if (source.tagName === "P" && globalThis.ClipboardItem) {
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

function select(source) {
  if (source.select) {
    source.hidden = false;
    source.focus();
    source.select();
  } else {
    getSelection().selectAllChildren(source);
  }
}
