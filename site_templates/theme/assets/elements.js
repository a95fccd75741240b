/* How scripts make parts of a page. Text goes into text nodes, never into markup. */

/** @param {number} value as people read it: 1,234. */
export const number = (value) => value.toLocaleString("en-US");

/**
 * How many there are of something: 1 paper, 1,234 papers.
 *
 * @param {number} value
 * @param {string} noun
 */
export const counted = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;

/** @typedef {Node | string | 0 | false | null | undefined} Child what is empty is left out. */

/**
 * An element; strings become text, and what is empty is left out.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, unknown>} attributes
 * @param {(Child | Child[])[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value || value === 0) made.setAttribute(key, String(value));
  }
  for (const child of children.flat()) if (child) made.append(child);
  return made;
}

/**
 * What must be on a page for a script to work.
 *
 * @template {Element} [Kind=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} [kind]
 * @returns {Kind}
 */
export function find(root, selector, kind) {
  const first = root.querySelector(selector);
  if (first instanceof (kind ?? HTMLElement)) return /** @type {Kind} */ (first);
  throw new TypeError(`There is no ${selector} on this page.`);
}

/**
 * All elements that a selector names.
 *
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const all = (root, selector) => [...root.querySelectorAll(selector)].filter((one) => one instanceof HTMLElement);

/** @param {ParentNode} entry of a list; its title is the link to its paper. */
export const titleOf = (entry) => find(entry, "a", HTMLAnchorElement);

/** @param {HTMLElement} entry whose paper has an id: part of the address that it leads to. */
export const idOf = (entry) => entry.dataset.id ?? idIn(titleOf(entry));

/** The id of the paper whose page this is. */
export const idHere = () => idIn(new URL("./", document.baseURI));

/** @param {{ pathname: string }} address of the page of a paper, which has its id. */
export const idIn = ({ pathname }) => decodeURIComponent(pathname.split("/").at(-2) ?? "");

/**
 * Whether keys go to what somebody is writing or choosing in.
 *
 * @param {EventTarget | null} target
 */
export function isTyping(target) {
  if (target instanceof HTMLInputElement) return !["checkbox", "radio"].includes(target.type);
  const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
  return isField || (target instanceof HTMLElement && target.isContentEditable);
}

/** @type {HTMLElement | null} */
let told = null;

/**
 * Say something to those who listen; where it is bad news, also to those who look.
 *
 * @param {string} message
 */
export function announce(message, { isSeen = false } = {}) {
  if (!told?.isConnected) {
    told = element("p", { role: "status" });
    find(document, "article, body").append(told);
  }
  const line = told;
  line.className = isSeen ? "ps-told-all" : "ps-unseen";
  line.textContent = "";
  setTimeout(() => (line.textContent = message), 50); // the same again is news, too
}
