// The operations desk: whether every part has what it needs, how far the providers' own lists have been read, and what is made good by hand.
import { Problem, api, body } from "../shared/api.js";
import { badge, h, when } from "../shared/page.js";
import { showCatalogue, showProduct } from "./catalogue.js";
import { showDeadLetters } from "./dead-letters.js";
import { operationsPages } from "./pages-of-desks.js";
import { button, facts, part, present, showDesk, table } from "./parts.js";
import { showReplay } from "./replay.js";

/** @import { Schemas } from "../shared/api.js" */

/** @type {Record<string, string>} */
const providers = { stripe: "Stripe", paypal: "PayPal" };
const markWords = { late: "Behind", on_time: "Up to date", unread: "Not read yet" };
const healthWords = { ready: "Ready", not_answering: "Does not answer", not_configured: "Not configured" };

/** @param {string} page @param {string} id */
export function showOperations(page, id) {
  if (page === "dead-letters") return showDeadLetters();
  if (page === "replay") return showReplay();
  if (page === "catalogue") return id ? showProduct(id) : showCatalogue();
  showDesk("How it stands", operationsPages, h("div", { class: "columns" },
    part("Health", async () => healthOf(await readiness())),
    part("Reconciliation", async () => (await body(api.GET("/operations/reconciliation"))).items.flatMap(markOf), "No provider's list has been read yet."),
    part("The warehouse's list", async () => [rebuild()])));
}

/** It answers 503 while a part is missing, and says which; to operators also why. @returns {Promise<Schemas["ReportReadinessResponse"]>} */
async function readiness() {
  try {
    return await body(api.GET("/health/ready"));
  } catch (error) {
    if (error instanceof Problem && error.status === 503 && "parts" in error.body) return /** @type {Schemas["ReportReadinessResponse"]} */ (error.body);
    throw error;
  }
}

/** @param {Schemas["ReportReadinessResponse"]} health */
const healthOf = ({ ready, parts }) => [
  h("p", null, ready ? "Every part has what it needs." : "A part lacks what it needs: customers cannot do everything."),
  table("Parts of the shop", ["Part", "How it stands"], parts.map(({ name, status, detail }) => [name, h("div", null, badge({ status }, healthWords), detail ? moreOf(detail) : "")])),
];

/** What only operators are told of a part. @param {Schemas["ReportReadinessDetail"]} detail */
const moreOf = ({ failure, lastSuccessAt, lagSeconds, isLate }) => facts([
  ["Failure", failure && h("code", null, failure)], ["Last success", lastSuccessAt && when(lastSuccessAt)],
  ["Behind", typeof lagSeconds === "number" && `${duration(lagSeconds)}${isLate ? ", which is too far" : ""}`],
]);

/** How far a provider's own list of events has been read. @param {Schemas["ReadReconciliationItem"]} item */
function markOf(item) {
  return present([
    h("h3", null, providers[item.provider] ?? item.provider, " ", badge({ status: item.isLate ? "late" : item.readTo ? "on_time" : "unread" }, markWords)),
    facts([
      ["Read up to", item.readTo ? when(item.readTo) : "not yet"], ["Behind", item.lagSeconds === undefined ? null : duration(item.lagSeconds)], ["Last run", item.lastRunAt && when(item.lastRunAt)],
      ["Events read", String(item.events)], ["Found that no webhook had brought", String(item.found)],
      ["Payments asked about one by one", item.captures && `${item.captures.asked}, ${item.captures.found} of them found`],
    ]),
  ]);
}

/** @param {number} seconds */
const duration = (seconds) => seconds < 60 ? `${seconds} s` : seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;

/** Goes through all orders, a page at a time, as long as there are more. */
function rebuild() {
  const said = h("p", { role: "status" });
  const run = async () => {
    const sum = { orders: 0, added: 0, uninvoiced: 0, returned: 0, unreadable: 0 };
    /** @type {string | undefined} */
    let continuation;
    do {
      const page = await body(api.POST("/operations/fulfilment/rebuild", { params: { query: { continuation } } }));
      for (const name of /** @type {(keyof typeof sum)[]} */ (Object.keys(sum))) sum[name] += page[name];
      ({ continuation } = page);
      said.textContent = `${sum.orders} orders looked at: ${sum.added} put on the list, ${sum.uninvoiced} without an invoice or a credit note, ${sum.returned} with a parcel that came back or got lost, ${sum.unreadable} that cannot be read.${continuation ? " Going on …" : ""}`;
    } while (continuation);
  };
  return h("div", null,
    h("p", null, "Goes through all orders, puts right which are to be sent, and has those looked at that lack an invoice or a credit note, or have a parcel that came back or got lost."),
    h("div", { class: "actions" }, button("Put the list right", run)), said);
}

