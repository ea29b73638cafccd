// One order's money: what came and went, refunds, what is not sent any more, and its invoice and credit notes.
import { Problem, answer, api, body, newKey, save } from "../shared/api.js";
import { field, submit } from "../shared/forms.js";
import { badge, day, goodsOf, h, money, refundWords, when } from "../shared/page.js";
import { financePages } from "./pages-of-desks.js";
import { leftOf, packed, packing, quantitiesIn } from "./parcels.js";
import { button, facts, minorUnits, noteField, part, present, reasons, showDesk, sureButton, table, unchanged, words } from "./parts.js";
import { decisionForm, factTable } from "./reviews.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["OrderView"]} Order */

const refundCodes = ["returned", "faulty", "not_received", "wrong_item", "price", "goodwill", "other"];
const cancelCodes = ["customer_asked", "out_of_stock", "price_error", "suspected_fraud", "other"];

/** @param {string} id */
export async function showMoney(id) {
  let { body: order, etag } = await answer(api.GET("/orders/{id}", { params: { path: { id } } }));
  /** @type {(() => Promise<void>)[]} */
  const reloads = [];
  const again = async () => {
    ({ body: order, etag } = await answer(api.GET("/orders/{id}", { params: { path: { id } } })));
    await Promise.all(reloads.map((reload) => reload()));
  };
  const live = (/** @type {string} */ title, /** @type {() => import("./parts.js").Child[] | Promise<import("./parts.js").Child[]>} */ content, nothing = "None.") =>
    part(title, async (reload) => {
      if (!reloads.includes(reload)) reloads.push(reload);
      return content();
    }, nothing);
  showDesk(`Order ${order.number}`, financePages,
    live("Its money", () => [...stateOf(order), h("div", { class: "actions" }, button("Look again", again))]),
    h("div", { class: "columns" },
      h("div", null,
        live("What somebody has to decide", () => reviewOf(order, again), "Nothing: its money is not stuck."),
        live("What has come back or is not sent", () => offerOf(order, again), "Nothing that has yet to be refunded."),
        live("Refunds", () => (order.refunds ?? []).length > 0 ? [refundTable(order, again)] : []),
        refundForm(() => order, reloads, again)),
      h("div", null,
        live("Invoice and credit notes", () => documentsOf(order), "None has been issued."),
        live("What was ordered", () => [linesOf(order)]),
        live("End it", () => endings(order, () => etag, again), "There is nothing left to end."))));
}

/** @param {Order} order */
function stateOf({ gross, payment, fulfilment, placedAt, cancelled }) {
  return [facts([
    ["Payment", badge(payment)], ["Goods", goodsOf({ cancelled, fulfilment })], ["Placed", when(placedAt)],
    ["Total", money(gross)], ["Received", money(payment.received)], ["Refunded", money(payment.refunded)], ["Taken back", payment.withdrawn.amount > 0 && money(payment.withdrawn)],
  ])];
}

/** It is on the list of reviews when it is on any of its pages. @param {Order} order @param {() => Promise<void>} again */
async function reviewOf(order, again) {
  if (order.payment.received.amount === 0 && order.payment.status !== "needs_review") return [];
  /** @type {string | undefined} */
  let continuation;
  do {
    const page = await body(api.GET("/reviews", { params: { query: { limit: 100, continuation } } }));
    const review = page.items.find((item) => item.orderId === order.id);
    if (review) return present([factTable(review.facts, review.number), review.decisions.length > 0 && decisionForm(review, again)]);
    continuation = page.continuation;
  } while (continuation);
  return [];
}

/** @param {Order} order @param {() => Promise<void>} again */
function refundTable(order, again) {
  const takeBack = (/** @type {string} */ refundId) => async () => {
    await api.DELETE("/orders/{id}/refunds/{refundId}", { params: { path: { id: order.id, refundId } } });
    await again();
  };
  return table("Refunds", ["How it stands", "Amount", "When", "Why", ""], (order.refunds ?? []).map((refund) => [
    badge(refund, refundWords), money(refund.amount), when(refund.at), [refund.reason && words(refund.reason), goodsIn(order, refund.lines), refund.note].filter(Boolean).join(": ") || "–",
    refund.id && refund.status === "requested" ? sureButton("Take it back", "Yes, take the promise back", takeBack(refund.id), `the refund of ${money(refund.amount)}`) : ""]));
}

/** How many of what. @param {Order} order @param {Schemas["ShipmentItem"][] | null} [items] */
function goodsIn({ lines }, items) {
  const names = new Map(lines.map((line) => [line.sku, line.name]));
  return (items ?? []).map((item) => `${item.quantity} × ${names.get(item.sku) ?? item.sku}`).join(", ");
}

/** The refund that fits, with the lines that it is for. @param {Order} order @param {() => Promise<void>} again */
function offerOf(order, again) {
  const offer = order.fulfilment.refundOffer;
  if (!offer) return [];
  const [key, { amount, currency, lines }] = [newKey(), offer];
  const accept = async (/** @type {Record<string, string>} */ values) => {
    await api.POST("/orders/{id}/refunds", {
      params: { path: { id: order.id }, header: { "Idempotency-Key": key } },
      body: { amount: { amount, currency }, reason: values["offer.reason"] ?? "", lines: lines ?? null },
    });
    await again();
  };
  return present([
    lines && h("p", null, goodsIn(order, lines)),
    h("form", { novalidate: true, submit: (event) => submit(event, accept) },
      h("div", { class: "problems" }), reasons("offer.reason", refundCodes), h("button", { type: "submit" }, `Refund ${money(offer)}`))]);
}

/** What no refund that stands is for. @param {Order} order */
function unnamedIn({ lines, refunds }) {
  const named = quantitiesIn((refunds ?? []).filter((refund) => refund.status !== "withdrawn").flatMap((refund) => refund.lines ?? []));
  // Delivery is one thing, however many lines bear a share of its price.
  return [...new Map(lines.map((line) => [line.sku, line])).values()]
    .map((line) => ({ ...line, left: line.quantity - (named.get(line.sku) ?? 0) })).filter((line) => line.left > 0);
}

/** @param {() => Order} current @param {(() => Promise<void>)[]} reloads @param {() => Promise<void>} again */
function refundForm(current, reloads, again) {
  let [key, lines] = [newKey(), unnamedIn(current())];
  const goods = h("div", null, ...packing(lines, () => 0, "refund"));
  reloads.push(async () => goods.replaceChildren(...packing(lines = unnamedIn(current()), () => 0, "refund")));
  const refund = async (/** @type {Record<string, string>} */ values, /** @type {HTMLFormElement} */ form) => {
    const amount = values.amount ? minorUnits(values.amount) : undefined;
    if (amount === null) throw new Problem(0, { errors: { amount: ["An amount such as 12.50."] } });
    const named = packed(values, lines);
    await api.POST("/orders/{id}/refunds", {
      params: { path: { id: current().id }, header: { "Idempotency-Key": key } },
      body: { amount: amount === undefined ? null : { amount, currency: current().currency }, reason: values.reason ?? "", note: values.note || null, lines: named.length > 0 ? named : null },
    });
    key = newKey();
    form.reset();
    await again();
  };
  return h("form", { class: "card", novalidate: true, "aria-labelledby": "refund-title", submit: (event) => submit(event, (values) => refund(values, event.target)) },
    h("h2", { id: "refund-title" }, "Promise a refund"),
    h("div", { class: "problems" }),
    h("details", null, h("summary", null, "Only for some of what was ordered"), goods),
    field("amount", "Amount", "", { optional: true, hint: "Empty for what these come to, or for all that is left.", autocomplete: "off" }),
    reasons("reason", refundCodes),
    noteField("note"),
    h("button", { type: "submit" }, "Refund"));
}

/** @param {Order} order */
async function documentsOf(order) {
  const { items } = await body(api.GET("/orders/{id}/documents", { params: { path: { id: order.id } } }));
  const download = (/** @type {string} */ number) => () =>
    save(api.GET("/orders/{id}/documents/{number}", { params: { path: { id: order.id, number } }, headers: { Accept: "application/pdf" }, parseAs: "blob" }), `${number}.pdf`);
  return items.length === 0 ? [] : [table("Invoice and credit notes", ["What", "Issued", "Total", ""], items.map((item) => [
    `${item.kind === "invoice" ? "Invoice" : "Credit note"} ${item.number}`, day(item.issuedAt), money(item.gross), button("PDF", download(item.number), item.number)]))];
}

/** @param {Order} order */
const linesOf = (order) => table("What was ordered", ["Item", "Quantity", "Net", "VAT", "Total"], order.lines.map((line) => [
  line.name, String(line.quantity), money(line.net), `${money(line.vat)} (${line.vatRate} %)`, money(line.gross)]));

/** Cancelling it before anything has left, or sending no more of it afterwards. @param {Order} order @param {() => string} etag @param {() => Promise<void>} again */
function endings(order, etag, again) {
  if (order.cancelled) return [];
  if (order.fulfilment.status === "unfulfilled") return [cancelForm(order, again)];
  const isLeft = leftOf(order).length > 0;
  if (!isLeft && !order.fulfilment.notSent) return [];
  const close = async () => {
    await unchanged(api.POST("/orders/{id}/remainder/close", { params: { path: { id: order.id } }, headers: { "If-Match": etag() } }));
    await again();
  };
  if (!isLeft) return [h("p", null, "No more of it is sent, and the warehouse has it off its list within minutes."), h("div", { class: "actions" }, button("Take it off the list again", close))];
  return [h("p", null, "What is in no parcel comes off the warehouse's list. Its price has to be refunded first, by a refund that names it."),
    h("div", { class: "actions" }, sureButton("Send no more of it", "Yes, send no more", close))];
}

/** @param {Order} order @param {() => Promise<void>} again */
function cancelForm(order, again) {
  const cancel = async (/** @type {Record<string, string>} */ values) => {
    await api.POST("/orders/{id}/cancel", { params: { path: { id: order.id } }, body: { reason: values["cancel.reason"] || null, note: values["cancel.note"] || null } });
    await again();
  };
  return h("form", { novalidate: true, submit: (event) => submit(event, cancel) },
    h("div", { class: "problems" }),
    h("p", null, "Nothing of it has left. What was paid goes back."),
    order.payment.received.amount > 0 && reasons("cancel.reason", cancelCodes),
    order.payment.received.amount > 0 && noteField("cancel.note"),
    h("button", { type: "submit", class: "danger" }, "Cancel the order"));
}
