// What the page of one order is made of.
import { api, save } from "../shared/api.js";
import { act } from "../shared/forms.js";
import { announce, badge, day, goodsOf, h, money, refundWords, when } from "../shared/page.js";
import { settings } from "../shared/sign-in.js";
import { oneLine } from "./addresses.js";
import { isProvider, providers, startPayment } from "./payment.js";

/** @import { Schemas } from "../shared/api.js" */
/** @import { Order } from "./orders.js" */
/** @import { Provider } from "./payment.js" */

/** @param {(Node | false | null | undefined)[]} nodes @returns {Node[]} */
const present = (nodes) => nodes.filter((node) => node instanceof Node);

/** How it stands, and what the customer can do about it. @param {Order} order @param {Provider | null} returned @param {boolean} isToPay @param {HTMLElement} actions */
export function statusOf(order, returned, isToPay, actions) {
  const { received, refunded, withdrawn, payBefore } = order.payment;
  return present([
    h("h2", { id: "status-title", tabindex: "-1" }, badge(order.payment), " ", h("span", null, headline(order, returned))),
    h("dl", { class: "facts" },
      fact("Total", money(order.gross)),
      fact("Received", money(received)),
      refunded.amount > 0 && fact("Refunded", money(refunded)),
      withdrawn.amount > 0 && fact("Taken back", money(withdrawn)),
      fact("Goods", goodsOf(order)),
      payBefore && isToPay && fact("Pay before", when(payBefore))),
    (order.refunds?.length ?? 0) > 0 && h("ul", { class: "refunds" }, (order.refunds ?? []).map((refund) => refundLine(order, refund))),
    actions,
    received.amount > 0 && sandboxHint(),
  ]);
}

/** The buttons, and in words for programs what they offer: where that is the same, so are the buttons. @param {Order} order @param {Provider | null} returned @param {boolean} isToPay */
export const actionsOf = (order, returned, isToPay) =>
  h("div", { class: "actions", "data-offers": [isToPay && "pay", canCancel(order) && "cancel"].filter(Boolean).join(" ") },
    isToPay && Object.entries(providers).map(([provider, words]) =>
      h("button", { type: "button", class: returned ? "quiet" : null, click: (event) => act(event, () => startPayment(order.id, provider)) }, words.action)),
    canCancel(order) && cancelButton(order));

/** @param {string} name @param {Node | string} value */
const fact = (name, value) => h("div", null, h("dt", null, name), h("dd", null, value));

/** @param {Order} order @param {Schemas["RefundView"]} refund */
function refundLine({ lines }, refund) {
  const names = new Map(lines.map((line) => [line.sku, line.name]));
  const goods = (refund.lines ?? []).map((item) => `${item.quantity} × ${names.get(item.sku) ?? item.sku}`).join(", ");
  return h("li", null, badge(refund, refundWords), ` ${money(refund.amount)} `, when(refund.at), goods && ` for ${goods}`);
}

/** @param {Order} order */
const canCancel = (order) => !order.cancelled && order.fulfilment.status === "unfulfilled";

/** Asks once more before it is done. @param {Order} order */
function cancelButton(order) {
  const cancel = (/** @type {{ target: HTMLButtonElement }} */ event) => act(event, async () => {
    await api.POST("/orders/{id}/cancel", { params: { path: { id: order.id } }, body: {} });
    event.target.dispatchEvent(new Event("changed", { bubbles: true }));
  });
  const ask = (/** @type {{ target: HTMLButtonElement }} */ { target }) => {
    const sure = h("button", { type: "button", class: "quiet", click: cancel }, "Yes, cancel it");
    target.replaceWith(sure);
    sure.focus();
    announce("Press once more to cancel the order.");
  };
  return h("button", { type: "button", class: "link", click: ask }, "Cancel this order");
}

function sandboxHint() {
  const links = [[settings.stripeSandbox, "Stripe sandbox"], [settings.payPalSandbox, "PayPal sandbox"]].filter(([href]) => href)
    .map(([href, text]) => h("a", { href, target: "_blank", rel: "noopener" }, text));
  return links.length > 0 && h("p", { class: "hint" }, "Refund or dispute it in the ", links.flatMap((link, index) => (index > 0 ? [" or the ", link] : [link])), ", and watch this page follow.");
}

/** @param {Order} order @param {Provider | null} returned */
function headline(order, returned) {
  if (order.cancelled) return "This order is closed.";
  switch (order.payment.status) {
    case "awaiting": return isProvider(returned) ? `${providers[returned].name} has sent you back; we are waiting for its confirmation …` : "It is placed, and waits for your payment.";
    case "pending": return "Your bank has yet to confirm it.";
    case "paid": return "Thank you. Your payment has arrived.";
    case "failed": return "The payment did not go through. You can try again.";
    case "partly_refunded": return "Part of your payment is on its way back to you.";
    case "refunded": return "Your payment has gone back to you.";
    default: return "";
  }
}

/** @param {Order} order */
export function linesOf(order) {
  const { deliveryAddress: to, billingAddress: payer } = order;
  return present([
    h("h2", null, "What you ordered"),
    h("ul", { class: "lines" }, order.lines.map((line) => h("li", null,
      h("div", null, h("strong", null, line.name), h("span", { class: "hint" }, `${line.quantity} × ${money(line.unitNet)}, plus ${line.vatRate} % VAT`)),
      h("span", { class: "amount" }, money(line.net))))),
    h("dl", { class: "totals" },
      h("dt", null, "Net"), h("dd", null, money(order.net)),
      h("dt", null, "VAT"), h("dd", null, money(order.vat)),
      h("dt", { class: "sum" }, "Total"), h("dd", { class: "sum" }, money(order.gross))),
    to && h("h3", null, "Delivery to"),
    to && h("address", null, oneLine(to)),
    payer && h("h3", null, "Invoice to"),
    payer && h("address", null, oneLine(payer)),
    Boolean(order.purchaseOrderNumber) && h("p", { class: "hint" }, `Your purchase order ${order.purchaseOrderNumber}`),
  ]);
}

/** What has happened, the oldest first. @param {Schemas["ReadTrackingResponse"]} tracking */
export const stepsOf = ({ events }) => [
  h("h2", { id: "steps-title" }, "What has happened"),
  h("ol", { class: "steps" }, events.map((step) => h("li", { class: step.kind },
    h("span", null, step.text, step.amount && ` ${money(step.amount)}`, step.place && `, ${step.place}`), when(step.at)))),
];

/** What comes next, and where the carriers show the parcels. @param {Schemas["ReadTrackingResponse"]} tracking */
export const aheadOf = ({ next, parcels }) => present([
  next && h("p", { class: "next" }, `Next: ${next.text}`, next.expectedBy && next.kind !== "pay" && [" Expected by ", day(next.expectedBy), "."]),
  ...parcels.filter((parcel) => parcel.trackingUrl).map((parcel) => h("p", null,
    h("a", { href: parcel.trackingUrl, target: "_blank", rel: "noopener" }, `Parcel ${parcel.number} at ${parcel.carrier}`))),
]);

/** @param {Order} order @param {Schemas["ListDocumentsItem"][]} documents */
export const documentsOf = (order, documents) => [
  h("h2", { id: "documents-title" }, "Invoice and credit notes"),
  h("ul", { class: "lines" }, documents.map((document) => documentRow(order, document))),
];

/** @param {Order} order @param {Schemas["ListDocumentsItem"]} document */
function documentRow(order, { kind, number, issuedAt, gross }) {
  const name = `${kind === "invoice" ? "Invoice" : "Credit note"} ${number}`;
  const download = () => save(api.GET("/orders/{id}/documents/{number}", { params: { path: { id: order.id, number } }, headers: { Accept: "application/pdf" }, parseAs: "blob" }), `${number}.pdf`);
  return h("li", null,
    h("div", null, h("button", { type: "button", class: "link", click: (event) => act(event, download) }, `${name} (PDF)`), h("span", { class: "hint" }, day(issuedAt))),
    h("span", { class: "amount" }, money(gross)));
}
