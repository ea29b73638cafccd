// An order whose money is stuck: the facts, what it owes and since when, and the choices.
import { api } from "../shared/api.js";
import { submit } from "../shared/forms.js";
import { badge, goods, h, money, when } from "../shared/page.js";
import { facts, mustChoose, noteField, present, reasons, table, unchanged, words } from "./parts.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["ReviewView"]} Review */

const codes = ["agreed_with_customer", "provider_confirmed", "own_mistake", "not_worth_pursuing", "other"];

/** @type {Record<string, string>} */
const decisions = {
  accept: "Accept it: what has come is what is paid",
  refund: "Refund it: what has come goes back",
  write_off: "Write it off: what is gone is gone",
};

/** Where only its goods ask. @type {Record<string, string>} */
const goodsDecisions = { accept: "Leave it: nothing more of its price goes back" };

/** What is known of an order whose money is stuck, what it owes and since when, and what can be decided. @param {Review} review @param {() => Promise<void>} again */
export function reviewItem(review, again) {
  return h("li", { class: "review" }, ...present([
    h("h3", null, h("a", { href: `#/finance/orders/${review.orderId}` }, `Order ${review.number}`), " ", badge({ status: "needs_review" }, { needs_review: words(review.reason) })),
    facts([["Total", money(review.gross)], ["Placed", when(review.placedAt)], ["Goods", goods({ status: review.fulfilment })], ["Ended", review.cancelled && "yes"], ["Refund that fits", review.refundOffer && money(review.refundOffer)], ["Tried again", review.nextTryAt && when(review.nextTryAt)]]),
    review.concerns.length > 0 && h("ul", null, review.concerns.map((concern) => h("li", null, `${words(concern.reason)}: `, h("code", null, concern.fact), concern.detail && ` (${concern.detail})`))),
    review.owed.length > 0 && table(`What order ${review.number} owes`, ["Owed", "Since", "Why it has not gone", "Goes back from"], review.owed.map((owed) => [
      money(owed.amount), when(owed.since), words(owed.why), h("code", null, owed.capture)])),
    review.untaken.length > 0 && table(`What order ${review.number} could not take`, ["Payment", "Since", "Why"], review.untaken.map((untaken) => [
      h("code", null, untaken.checkout), when(untaken.since), words(untaken.why)])),
    factTable(review.facts, review.number),
    review.decisions.length > 0 && decisionForm(review, again),
  ]));
}

/** @param {Review["facts"]} known @param {string} number */
export const factTable = (known, number) => table(`What is known of the money of order ${number}`, ["What", "How it stands", "Amount", "When", "About"], known.map((fact) => [
  h("code", null, fact.key), words(fact.status), h("span", { class: "amount" }, money(fact.amount)), when(fact.at), fact.about ? h("code", null, fact.about) : "–"]));

/** @param {Review} review @param {() => Promise<void>} again */
export function decisionForm(review, again) {
  const prefix = `${review.number}.`;
  const decide = async (/** @type {Record<string, string>} */ values) => {
    await unchanged(api.POST("/reviews/{orderId}/resolve", {
      params: { path: { orderId: review.orderId } },
      headers: { "If-Match": review.eTag },
      body: { decision: values[`${prefix}decision`] ?? "", reason: values[`${prefix}reason`] ?? "", note: values[`${prefix}note`] || null },
    }));
    await again();
  };
  const isOfGoods = ["refund_offered", "not_delivered"].includes(review.reason);
  const labels = isOfGoods ? goodsDecisions : decisions;
  return h("details", { open: true }, h("summary", null, `Decide about order ${review.number}`),
    h("form", { novalidate: true, submit: (event) => submit(event, decide) },
      h("div", { class: "problems" }),
      isOfGoods && h("p", null, "A refund is promised on the order's own page, and takes it off this list."),
      mustChoose(`${prefix}decision`, "What is done", review.decisions.map((decision) => [decision, labels[decision] ?? words(decision)])),
      reasons(`${prefix}reason`, codes),
      noteField(`${prefix}note`),
      h("button", { type: "submit" }, "Decide")));
}
