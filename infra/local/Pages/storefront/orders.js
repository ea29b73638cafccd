// The order history, and one order kept up to date: how it stands, what it holds, what has happened to it.
import { Problem, answer, api, body } from "../shared/api.js";
import { problemBox } from "../shared/forms.js";
import { announce, badge, find, goods, h, money, show, when } from "../shared/page.js";
import { actionsOf, aheadOf, documentsOf, linesOf, statusOf, stepsOf } from "./order-parts.js";
import { confirmPayment, isProvider, takeNote } from "./payment.js";
import { follow } from "./tracking.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["OrderView"]} Order */
/** @typedef {{ status: HTMLElement, lines: HTMLElement, documents: HTMLElement, steps: HTMLElement }} Parts */

const pageSize = 10;
let watching = new AbortController();

/** Ends the following of whatever order was shown. */
export const stopWatching = () => watching.abort();

/**
 * Shows the order and keeps it up to date until another view is shown.
 * @param {string} id @param {string | null} from The provider whose page the customer comes from; null for everybody else.
 */
export async function showOrder(id, from) {
  stopWatching();
  const { signal } = watching = new AbortController();
  const returned = isProvider(from) ? from : null;
  let { body: order, etag } = await answer(api.GET("/orders/{id}", { params: { path: { id } } }));
  if (signal.aborted) return;
  const parts = partsOf();
  const note = takeNote();
  show(`Order ${order.number}`, note !== null && problemBox(note), parts.status, h("div", { class: "columns" }, h("div", null, parts.lines, parts.documents), parts.steps));
  renderOrder(parts, order, returned);
  await showDocuments(parts.documents, order);

  const look = async () => {
    const news = await answer(api.GET("/orders/{id}", { params: { path: { id } }, headers: { "If-None-Match": etag }, signal }));
    if (signal.aborted || news.status === 304) return;
    const before = order.payment.status;
    ({ body: order, etag } = news);
    renderOrder(parts, order, returned);
    if (order.payment.status !== before) announce(badge(order.payment).textContent ?? "");
    await showDocuments(parts.documents, order);
  };
  parts.status.addEventListener("changed", () => quietly(look));
  if (returned && isToPay(order)) void confirm(id, returned, parts.status, look);
  void follow(id, async (tracking) => {
    parts.steps.replaceChildren(...stepsOf(tracking), ...aheadOf(tracking));
    await quietly(look);
  }, signal);
}

/** @returns {Parts} */
function partsOf() {
  return {
    status: h("section", { class: "card status", "aria-labelledby": "status-title" }),
    lines: h("section", { class: "card" }),
    documents: h("section", { class: "card", hidden: true, "aria-labelledby": "documents-title" }),
    steps: h("section", { class: "card", "aria-labelledby": "steps-title" }, h("h2", { id: "steps-title" }, "What has happened"), h("p", { class: "hint" }, "One moment …")),
  };
}

/** @param {Parts} parts @param {Order} order @param {import("./payment.js").Provider | null} returned */
function renderOrder(parts, order, returned) {
  const { status } = parts;
  const focused = status.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  // While the same can be done, the buttons stay: one that asks to be pressed once more would forget that it has asked.
  const [before, after] = [status.querySelector(".actions"), actionsOf(order, returned, isToPay(order))];
  const actions = before instanceof HTMLElement && before.dataset.offers === after.dataset.offers ? before : after;
  status.replaceChildren(...statusOf(order, returned, isToPay(order), actions));
  if (focused) (status.contains(focused) ? focused : find(status, "h2")).focus();
  parts.lines.replaceChildren(...linesOf(order));
}

/** @param {Order} order */
const isToPay = (order) => !order.cancelled && (order.payment.status === "awaiting" || order.payment.status === "failed");

/** Only what was declined needs the customer; everything else the page follows by itself. @param {string} id @param {import("./payment.js").Provider} provider @param {HTMLElement} status @param {() => Promise<void>} look */
async function confirm(id, provider, status, look) {
  try {
    await confirmPayment(id, provider);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 409) status.before(problemBox(problem));
  }
  await quietly(look);
}

/** The shop may be away for a moment: what is shown stays, and the next look tells. @param {() => Promise<void>} look */
async function quietly(look) {
  try {
    await look();
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof DOMException)) throw error;
  }
}

/** While they cannot be had, the page goes on without news of them. @param {HTMLElement} place @param {Order} order */
async function showDocuments(place, order) {
  if (order.payment.received.amount === 0) return;
  await quietly(async () => {
    const { items } = await body(api.GET("/orders/{id}/documents", { params: { path: { id: order.id } } }));
    place.hidden = items.length === 0;
    place.replaceChildren(...documentsOf(order, items));
  });
}

/** The order history, a page at a time. */
export async function showOrders() {
  const list = h("ul", { class: "orders" });
  const more = h("div", { class: "more" });
  const load = async (/** @type {string | undefined} */ continuation) => {
    const page = await body(api.GET("/orders", { params: { query: { limit: pageSize, continuation } } }));
    const items = page.items.map(itemOf);
    list.append(...items);
    const next = async (/** @type {{ target: HTMLButtonElement }} */ { target }) => {
      target.disabled = true;
      try {
        await load(page.continuation);
      } catch (error) {
        more.replaceChildren(problemBox(error, () => next({ target })));
      }
    };
    more.replaceChildren(page.continuation ? h("button", { type: "button", class: "quiet", click: next }, "Older orders") : h("p", { class: "hint" }, "These are all your orders."));
    if (continuation) items[0]?.querySelector("a")?.focus();
    return items.length;
  };
  const count = await load(undefined);
  if (count === 0) show("Your orders", h("p", null, "You have not ordered anything yet."), h("p", null, h("a", { href: "#/" }, "See the products")));
  else show("Your orders", list, more);
}

/** @param {Schemas["OrderItem"]} order */
function itemOf(order) {
  return h("li", { class: "card" },
    h("div", null, h("a", { href: `#/orders/${order.id}` }, `Order ${order.number}`), h("span", { class: "hint" }, when(order.placedAt))),
    h("span", { class: "amount" }, money(order.gross)),
    order.cancelled ? goods({ status: "cancelled" }) : badge(order.payment));
}
