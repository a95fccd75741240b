/* Beside each way to cite a paper: a button to copy it, and one to download what programs read. */

import { FORMATS, download } from "./citations.js";
import { copyButton } from "./copy.js";
import { element } from "./elements.js";

const cite = document.querySelector("#cite");

for (const part of cite.querySelectorAll("[data-cite]")) {
  const format = part.dataset.cite;
  const heading = part.firstElementChild;
  const source = part.querySelector("pre, p");
  const name = heading.textContent;
  const buttons = [copyButton(() => source, "Copy", name)];
  if (FORMATS[format]) {
    const button = element("button", { type: "button" }, "Download", element("span", { class: "ps-unseen" }, ` ${name}`));
    button.addEventListener("click", () => download(cite.dataset.key, format, [source.textContent.trim()]));
    buttons.push(button);
  }
  heading.after(element("div", { class: "ps-buttons" }, buttons));
}

cite.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !cite.open) return;
  cite.open = false;
  cite.querySelector("summary").focus();
  event.stopPropagation();
});
