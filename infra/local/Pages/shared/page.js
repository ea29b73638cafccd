// Building blocks of a page. Everything is made of elements and text, never of strings of HTML.

/** @typedef {Node | string | null | undefined | false | 0} Child */
/** @typedef {Record<string, string | boolean | null | undefined | ((event: any) => unknown)>} Attributes */

/**
 * An element: h("a", { href: "#/" }, "Home"). Functions become listeners; false, null and undefined are left out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Attributes | null} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...present(children));
  return element;
}

/** @param {(Child | Child[])[]} children @returns {(Node | string)[]} */
const present = (children) => /** @type {(Node | string)[]} */ (children.flat().filter((child) => child || child === ""));

/** @param {string} id */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element ${id}.`);
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {ParentNode} parent @param {K} name @param {string} [which] The rest of the selector.
 * @returns {HTMLElementTagNameMap[K]}
 */
export function find(parent, name, which = "") {
  const element = parent.querySelector(name + which);
  if (!element) throw new Error(`The page has no ${name}${which}.`);
  return /** @type {HTMLElementTagNameMap[K]} */ (element);
}

let shown = false;

/**
 * Shows a view in the main landmark. The heading takes the focus when a person went there, not when the page has just been opened.
 * @param {string} title
 * @param {...(Child | Child[])} content
 */
export function show(title, ...content) {
  document.title = `${title} · Shop`;
  const heading = h("h1", { tabindex: "-1" }, title);
  byId("main").replaceChildren(heading, ...present(content));
  if (shown) heading.focus({ preventScroll: true });
  shown = true;
  window.scrollTo(0, 0);
}

/** Says that a view is on its way, where it takes long enough to be noticed. Ends with the next show(). */
export function showLoading() {
  const main = byId("main");
  const before = main.firstChild;
  setTimeout(() => {
    if (main.firstChild === before) main.replaceChildren(h("p", { class: "loading", role: "status" }, "One moment …"));
  }, 300);
}

/** Tells screen readers what changed without moving the focus. @param {string} text */
export function announce(text) {
  byId("news").textContent = text;
}

/** The skip link jumps within a view: the address says which view is shown, so the jump leaves it alone. */
export function skipLink() {
  find(document, "a", ".skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
}

/** Minor units and ISO code, as the API gives them, to text: £123.45. @param {{ amount: number, currency: string }} money */
export function money({ amount, currency }) {
  const format = new Intl.NumberFormat("en-GB", { style: "currency", currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** @param {string} time ISO 8601 */
export function when(time) {
  return h("time", { datetime: time }, new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" }).format(new Date(time)));
}

/** @param {string} time ISO 8601 */
export function day(time) {
  return h("time", { datetime: time }, new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(new Date(time)));
}

/** @type {Record<string, string>} */
const paymentWords = {
  awaiting: "Waiting for payment", pending: "Payment on its way", paid: "Paid", partly_refunded: "Partly refunded",
  refunded: "Refunded", disputed: "Disputed", failed: "Payment failed", needs_review: "A person is looking at it", cancelled: "Cancelled",
};
/** @type {Record<string, string>} */
const fulfilmentWords = {
  unfulfilled: "Not sent yet", part_shipped: "Partly on its way", shipped: "On its way", delivered: "Delivered", part_returned: "Partly come back", returned: "Come back", cancelled: "Cancelled",
};
/** @type {Record<string, string>} */
export const refundWords = {
  requested: "Refund promised", pending: "Refund on its way", succeeded: "Refunded", failed: "Refund failed: a person looks at it", not_needed: "Settled another way", withdrawn: "Promise taken back",
};

/**
 * The state of an order's payment or goods; one that this page does not know yet is shown as the API names it.
 * @param {{ status: string }} part
 */
export function badge(part, words = paymentWords) {
  return h("span", { class: `badge ${part.status}` }, words[part.status] ?? part.status.replaceAll("_", " "));
}

/** @param {{ status: string }} part */
export const goods = (part) => badge(part, fulfilmentWords);

/** Of an order that ended before anything left, the goods are not waiting either. @param {{ cancelled: boolean, fulfilment: { status: string } }} order */
export const goodsOf = ({ cancelled, fulfilment }) => goods(cancelled && fulfilment.status === "unfulfilled" ? { status: "cancelled" } : fulfilment);
