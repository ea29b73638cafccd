// Payments that a bank or a buyer asks to have back: they are answered at the provider, and until then the order waits.
import { api, body } from "../shared/api.js";
import { badge, h, money, when } from "../shared/page.js";
import { financePages } from "./pages-of-desks.js";
import { pages, part, showDesk, table } from "./parts.js";

/** @import { Schemas } from "../shared/api.js" */

const pageSize = 20;
const stages = { open: "Disputed", inquiry: "Asked about" };

export function showDisputes() {
  showDesk("Open disputes", financePages, part("To be answered at the provider", () => pages(read,
    (disputes) => table("Open disputes", ["Order", "How it stands", "Amount", "Since", "At the provider"], disputes.map(({ orderId, number, dispute }) => [
      h("a", { href: `#/finance/orders/${orderId}` }, number), badge(dispute, stages), h("span", { class: "amount" }, money(dispute.amount)), when(dispute.at),
      h("code", null, dispute.key.split(":").slice(1).join(" "))]))), "Nobody disputes a payment."));
}

/** Orders whose money is disputed stand among those that a person has to look at. @param {string | undefined} continuation */
async function read(continuation) {
  const reviews = await body(api.GET("/reviews", { params: { query: { limit: pageSize, continuation } } }));
  return { items: reviews.items.flatMap(disputesOf), continuation: reviews.continuation };
}

/** @param {Schemas["ReviewView"]} review */
const disputesOf = ({ orderId, number, facts }) => facts
  .filter((fact) => fact.key.startsWith("dispute:") && fact.status in stages)
  .map((dispute) => ({ orderId, number, dispute }));
