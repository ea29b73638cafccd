// Building blocks of the page. Everything is made of elements and text, never of strings of HTML.

/** An element: h("a", { href: "#/" }, "Home"). Functions become listeners; false, null and undefined are left out. */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let shown = false;

/** Shows a view in the main landmark. The heading takes the focus when a person went there, not when the page has just been opened. */
export function show(title, ...content) {
  document.title = `${title} · Shop`;
  const heading = h("h1", { tabindex: "-1" }, title);
  document.getElementById("main").replaceChildren(heading, ...content.flat().filter(Boolean));
  if (shown) heading.focus({ preventScroll: true });
  shown = true;
  window.scrollTo(0, 0);
}

/** Tells screen readers what changed without moving the focus. */
export function announce(text) {
  document.getElementById("news").textContent = text;
}

/** Minor units and ISO code, as the API gives them, to text: £123.45. */
export function money({ amount, currency }) {
  const format = new Intl.NumberFormat("en-GB", { style: "currency", currency });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

export function when(time) {
  return h("time", { datetime: time }, new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" }).format(new Date(time)));
}

/** An error as a person can act on it: what is to be done, what the API says of it, and, where only the shop can help, the number to name. */
export function problemBox(error, again) {
  const errors = Object.entries(error.errors ?? {}).sort(([a], [b]) => placeOf(a) - placeOf(b));
  return h("div", { class: "problem", role: "alert" },
    h("p", null, h("strong", null, errors.length > 0 ? "Please look again at what is marked." : error.title ?? error.message)),
    error.detail && h("p", null, error.detail),
    errors.length > 0 && h("ul", null, errors.map(([path, texts]) => h("li", null, linkTo(path), `: ${texts.join(" ")}`))),
    error.traceId && error.status >= 500 && h("p", { class: "trace" }, `If it stays like this, tell us this number: ${error.traceId}`),
    again && h("button", { type: "button", class: "quiet", click: again }, "Try again"));
}

/** Where a member's field is on the page, so that people read of them in the order in which they see them. */
const placeOf = (path) => [...document.querySelectorAll("input, select")].findIndex((input) => input.id === path);

/** In the summary each wrong member leads to its field, if the page has one. */
function linkTo(path) {
  const toField = (event) => {
    event.preventDefault();
    document.getElementById(path)?.focus();
  };
  return document.getElementById(path) ? h("a", { href: `#${path}`, click: toField }, labelOf(path)) : path;
}

function labelOf(path) {
  return document.querySelector(`label[for="${CSS.escape(path)}"]`)?.firstChild?.textContent.trim() ?? path;
}

/** A labelled text field whose name and id are the member's path in the request. */
export function field(path, label, value = "", { hint, autocomplete, optional = false, type = "text" } = {}) {
  const input = h("input", { id: path, name: path, type, value, autocomplete, "aria-required": optional ? null : "true" });
  return h("div", { class: "field" },
    h("label", { for: path }, label, optional && h("span", { class: "hint" }, " optional")),
    hint && h("p", { class: "hint" }, hint),
    input);
}

/** Marks the fields that the API found wrong, each with its text beside it. */
export function markFields(form, errors) {
  for (const old of form.querySelectorAll(".wrong")) old.remove();
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  for (const [path, texts] of Object.entries(errors ?? {})) {
    const input = form.elements.namedItem(path);
    if (!input) continue;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `${path}-wrong`);
    input.before(h("p", { class: "wrong", id: `${path}-wrong` }, texts.join(" ")));
  }
}

const keptIn = (storage) => ({
  get(name) {
    try {
      return JSON.parse(storage.getItem(`shop.${name}`) ?? "null");
    } catch {
      // Somebody else wrote there, or the browser was stopped in the middle: as good as nothing.
      return null;
    }
  },
  set: (name, value) => storage.setItem(`shop.${name}`, JSON.stringify(value)),
  drop: (name) => storage.removeItem(`shop.${name}`),
  clear: () => storage.clear(),
});

/** What this tab remembers, and forgets when it is closed. */
export const memory = keptIn(sessionStorage);

/** What all tabs remember: nothing about a person. */
export const common = keptIn(localStorage);

const paymentWords = {
  awaiting: "Waiting for payment", pending: "Payment on its way", paid: "Paid", partly_refunded: "Partly refunded",
  refunded: "Refunded", disputed: "Disputed", failed: "Payment failed", needs_review: "A person is looking at it", cancelled: "Cancelled",
};
const fulfilmentWords = {
  unfulfilled: "Not sent yet", part_shipped: "Partly on its way", shipped: "On its way", delivered: "Delivered", part_returned: "Partly come back", returned: "Come back", cancelled: "Cancelled",
};
export const refundWords = {
  requested: "Refund promised", pending: "Refund on its way", succeeded: "Refunded", failed: "Refund failed: a person looks at it", not_needed: "Settled another way",
};

/** The state of an order's payment or goods; one that this page does not know yet is shown as the API names it. */
export function badge(part, words = paymentWords) {
  return h("span", { class: `badge ${part.status}` }, words[part.status] ?? part.status.replaceAll("_", " "));
}

export const goods = (part) => badge(part, fulfilmentWords);
