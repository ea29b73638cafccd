// One order: how it stands, what it holds, what has happened to it. And the list of all of them.
import { call } from "./api.js";
import { announce, badge, goods, h, memory, money, problemBox, refundWords, show, when } from "./page.js";
import { settings } from "./sign-in.js";

const pageSize = 10;
let watching = 0;

/** Who can be paid through, and how this page speaks of it. */
export const providers = {
  stripe: { name: "Stripe", choice: "Card or bank debit", action: "Pay by card" },
  paypal: { name: "PayPal", choice: "PayPal", action: "Pay with PayPal" },
};

/** Leaves for the provider's page; comes back to the order, paid or not. */
export async function startPayment(id, provider) {
  const home = `${location.origin}/#/orders/${id}`;
  const { body } = await call("POST", `orders/${id}/payments`, { body: { provider, returnUrl: `${home}/returned/${provider}`, cancelUrl: home } });
  // Whoever comes back by the browser's own button finds the order, not the form that placed it.
  history.replaceState(null, "", `/#/orders/${id}`);
  location.assign(body.redirectUrl);
}

/** Ends the polling of whatever order was shown. */
export const stopWatching = () => { watching++; };

/**
 * Shows the order and keeps it up to date until another view is shown.
 * @param returned The provider whose page the customer comes from; null for everybody else.
 */
export async function showOrder(id, returned) {
  stopWatching();
  const mine = watching;
  const first = await call("GET", `orders/${id}`);
  if (mine !== watching) return;
  const parts = { status: h("section", { class: "card status", "aria-labelledby": "status-title" }), lines: h("section", { class: "card" }), steps: h("section", { class: "card" }) };
  const flash = memory.get("flash");
  memory.drop("flash");
  show(`Order ${first.body.number}`, flash && problemBox(flash), parts.status, h("div", { class: "columns" }, parts.lines, parts.steps));
  await render(parts, first.body, returned);
  if (providers[returned] && isToPay(first.body)) confirm(id, returned, parts.status);
  watch(id, first, (order) => render(parts, order, returned), mine);
}

/** Faster than the provider's webhook, which comes to the same: the page follows the order, and only what was declined needs the customer. */
const confirm = (id, provider, status) => call("POST", `orders/${id}/payments/confirm`, { body: { provider } })
  .catch((problem) => { if (problem.status === 409) status.before(problemBox(problem)); });

/** Asks with the tag of what is shown: 304 costs next to nothing, and what changes elsewhere shows here by itself. */
async function watch(id, shown, changed, mine) {
  let { etag, body } = shown;
  let wait = 1_000;
  while (mine === watching) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (mine !== watching) return;
    if (document.hidden) continue;
    wait = Math.min(wait * 1.2, 5_000);
    try {
      const news = await call("GET", `orders/${id}`, { headers: { "If-None-Match": etag } });
      if (mine !== watching || news.status === 304) continue;
      const before = body.payment.status;
      ({ etag, body } = news);
      await changed(body);
      wait = 1_000;
      if (body.payment.status !== before) announce(badge(body.payment).textContent);
    } catch {
      // The shop is away for a moment; what is shown stays, and the next look tells.
    }
  }
}

async function render(parts, order, returned) {
  const hadFocus = parts.status.contains(document.activeElement);
  parts.status.replaceChildren(...statusOf(order, returned).filter(Boolean));
  if (hadFocus) parts.status.querySelector("h2").focus();
  parts.lines.replaceChildren(...linesOf(order).filter(Boolean));
  await showDocuments(parts, order);
  const { body } = await call("GET", `orders/${order.id}/tracking`);
  parts.steps.replaceChildren(h("h2", null, "What has happened"), h("ol", { class: "steps" }, body.events.map((step) =>
    h("li", { class: step.kind }, h("span", null, step.text, step.amount && ` ${money(step.amount)}`), when(step.at)))), ...aheadOf(body));
}

/** Asks with the tag of those that are shown; while they cannot be had, the page goes on without news of them. */
async function showDocuments(parts, order) {
  if (order.payment.received.amount === 0) return;
  try {
    const news = await call("GET", `orders/${order.id}/documents`, parts.documents && { headers: { "If-None-Match": parts.documents.etag } });
    if (news.status !== 304) parts.documents = { etag: news.etag, items: news.body.items };
  } catch {
    // The next change of the order asks again.
  }
  if (parts.documents) parts.lines.append(documentsOf(order, parts.documents.items));
}

/** What comes next, and where the carriers show the parcels. */
const aheadOf = ({ next, parcels }) => [
  next && h("p", { class: "hint" }, `Next: ${next.text}`, next.expectedBy && [" Expected by ", when(next.expectedBy)]),
  ...parcels.filter((parcel) => parcel.trackingUrl).map((parcel) => h("p", { class: "hint" },
    h("a", { href: parcel.trackingUrl, target: "_blank", rel: "noopener" }, `Parcel ${parcel.number} at ${parcel.carrier}`))),
].filter(Boolean);

const isToPay = (order) => !order.cancelled && (order.payment.status === "awaiting" || order.payment.status === "failed");

function statusOf(order, returned) {
  const { received, refunded, withdrawn, payBefore } = order.payment;
  return [
    h("h2", { id: "status-title", tabindex: "-1" }, badge(order.payment), " ", h("span", null, headline(order, returned))),
    h("dl", { class: "facts" },
      h("dt", null, "Total"), h("dd", null, money(order.gross)),
      h("dt", null, "Received"), h("dd", null, money(received)),
      refunded.amount > 0 && [h("dt", null, "Refunded"), h("dd", null, money(refunded))],
      withdrawn.amount > 0 && [h("dt", null, "Taken back"), h("dd", null, money(withdrawn))],
      h("dt", null, "Goods"), h("dd", null, goods(order.cancelled && order.fulfilment.status === "unfulfilled" ? { status: "cancelled" } : order.fulfilment)),
      payBefore && isToPay(order) && [h("dt", null, "Pay before"), h("dd", null, when(payBefore))]),
    order.refunds?.length > 0 && h("ul", { class: "refunds" }, order.refunds.map(refundLine)),
    h("div", { class: "actions" },
      isToPay(order) && Object.entries(providers).map(([provider, words]) =>
        h("button", { type: "button", class: returned ? "quiet" : null, click: (event) => act(event, () => startPayment(order.id, provider)) }, words.action)),
      canCancel(order) && cancelButton(order)),
    received.amount > 0 && sandboxHint(),
  ];
}

const refundLine = (refund) => h("li", null, badge(refund, refundWords), ` ${money(refund.amount)} `, when(refund.at));

const canCancel = (order) => !order.cancelled && order.fulfilment.status === "unfulfilled";

/** Asks once more before it is done. */
function cancelButton(order) {
  const cancel = (event) => act(event, () => call("POST", `orders/${order.id}/cancel`));
  const ask = (event) => {
    const sure = h("button", { type: "button", class: "quiet", click: cancel }, "Yes, cancel it");
    event.target.replaceWith(sure);
    sure.focus();
    announce("Press once more to cancel the order.");
  };
  return h("button", { type: "button", class: "link", click: ask }, "Cancel this order");
}

/** Does what a button is for; what goes wrong is told beside it. */
async function act(event, work) {
  const button = event.target;
  button.disabled = true;
  button.parentElement.querySelector(".problem")?.remove();
  try {
    await work();
  } catch (error) {
    button.disabled = false;
    button.before(problemBox(error));
  }
}

function sandboxHint() {
  const links = [[settings.stripeSandbox, "Stripe sandbox"], [settings.payPalSandbox, "PayPal sandbox"]].filter(([href]) => href)
    .map(([href, text]) => h("a", { href, target: "_blank", rel: "noopener" }, text));
  return links.length > 0 && h("p", { class: "hint" }, "Refund or dispute it in the ", links.flatMap((link, index) => (index > 0 ? [" or the ", link] : [link])), ", and watch this page follow.");
}

function headline(order, returned) {
  if (order.cancelled) return "This order is closed.";
  switch (order.payment.status) {
    case "awaiting": return providers[returned] ? `${providers[returned].name} has sent you back; we are waiting for its confirmation …` : "It is placed, and waits for your payment.";
    case "pending": return "Your bank has yet to confirm it.";
    case "paid": return "Thank you. Your payment has arrived.";
    case "failed": return "The payment did not go through. You can try again.";
    case "partly_refunded": return "Part of your payment is on its way back to you.";
    case "refunded": return "Your payment has gone back to you.";
    default: return "";
  }
}

function linesOf(order) {
  const { deliveryAddress: to } = order;
  return [
    h("h2", null, "What you ordered"),
    h("ul", { class: "lines" }, order.lines.map((line) => h("li", null,
      h("div", null, h("strong", null, line.name), h("span", { class: "hint" }, `${line.quantity} × ${money(line.unitNet)}, plus ${line.vatRate} % VAT`)),
      h("span", { class: "amount" }, money(line.net))))),
    h("dl", { class: "totals" },
      h("dt", null, "Net"), h("dd", null, money(order.net)),
      h("dt", null, "VAT"), h("dd", null, money(order.vat)),
      h("dt", { class: "sum" }, "Total"), h("dd", { class: "sum" }, money(order.gross))),
    to && h("h3", null, "Delivery to"),
    to && h("address", null, [to.name, to.line1, to.line2, to.city, to.region, to.postcode, to.country].filter(Boolean).join(", ")),
    order.purchaseOrderNumber && h("p", { class: "hint" }, `Your purchase order ${order.purchaseOrderNumber}`),
  ];
}

const documentsOf = (order, documents) => h("div", { class: "actions" }, documents.map(({ kind, number }) =>
  h("button", { type: "button", class: "link", click: (event) => act(event, () => download(order, number, event.target)) }, `${kind === "invoice" ? "Invoice" : "Credit note"} ${number} (PDF)`)));

/** With the token, which a plain link would not carry. */
async function download(order, number, button) {
  const { body } = await call("GET", `orders/${order.id}/documents/${number}`, { headers: { Accept: "application/pdf" } });
  const href = URL.createObjectURL(body);
  h("a", { href, download: `${number}.pdf` }).click();
  URL.revokeObjectURL(href);
  button.disabled = false;
}

/** The order history, a page at a time. */
export async function showOrders() {
  const list = h("ul", { class: "orders" });
  const more = h("div", { class: "more" });
  const load = async (continuation) => {
    const query = new URLSearchParams({ limit: String(pageSize), ...(continuation && { continuation }) });
    const { body } = await call("GET", `orders?${query}`);
    const items = body.items.map(itemOf);
    list.append(...items);
    const next = async (event) => {
      event.target.disabled = true;
      try {
        await load(body.continuation);
      } catch (error) {
        more.replaceChildren(problemBox(error, next));
      }
    };
    more.replaceChildren(body.continuation ? h("button", { type: "button", class: "quiet", click: next }, "Older orders") : h("p", { class: "hint" }, "These are all your orders."));
    if (continuation) items[0]?.querySelector("a").focus();
    return items.length;
  };
  const count = await load();
  if (count === 0) show("Your orders", h("p", null, "You have not ordered anything yet."), h("p", null, h("a", { href: "#/" }, "See the products")));
  else show("Your orders", list, more);
}

function itemOf(order) {
  return h("li", { class: "card" },
    h("div", null, h("a", { href: `#/orders/${order.id}` }, `Order ${order.number}`), h("span", { class: "hint" }, when(order.placedAt))),
    h("span", { class: "amount" }, money(order.gross)),
    order.cancelled ? goods({ status: "cancelled" }) : badge(order.payment));
}
