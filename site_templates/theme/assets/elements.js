/* How scripts make parts of a page. Text goes into text nodes, never into markup. */

/** A number as people read it: 1,234. */
export const number = (value) => value.toLocaleString("en-US");

/** How many there are of something: 1 paper, 1,234 papers. */
export const counted = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;

/** An element with attributes and children; strings become text. What is empty is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value || value === 0) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child));
  return made;
}

/** The link of an entry of a list to its paper: its title. */
export const titleOf = (entry) => entry.querySelector("a");

/** The id of the paper of an entry: part of the address that it leads to. */
export const idOf = (entry) => entry.dataset.id ?? decodeURIComponent(titleOf(entry).pathname.split("/").at(-2));

/** The id of the paper whose page this is. */
export const idHere = () => decodeURIComponent(new URL("./", document.baseURI).pathname.split("/").at(-2));

/** Whether keys go to what somebody is writing or choosing in. */
export function isTyping(target) {
  return (
    target.isContentEditable ||
    ["TEXTAREA", "SELECT"].includes(target.tagName) ||
    (target.tagName === "INPUT" && !["checkbox", "radio"].includes(target.type))
  );
}

let told = null;

/** Say something to those who listen; where it is bad news, also to those who look. */
export function announce(message, { isSeen = false } = {}) {
  if (!told?.isConnected) {
    told = element("p", { role: "status" });
    document.querySelector("article, body").append(told);
  }
  told.className = isSeen ? "ps-told-all" : "ps-unseen";
  told.textContent = "";
  setTimeout(() => (told.textContent = message), 50); // the same again is news, too
}
