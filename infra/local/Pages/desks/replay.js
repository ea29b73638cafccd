// Replay: takes what a provider told in a period from the provider's own list and queues it as if it had just been delivered.
import { api, body } from "../shared/api.js";
import { choice, field, submit } from "../shared/forms.js";
import { h } from "../shared/page.js";
import { operationsPages } from "./pages-of-desks.js";
import { facts, fieldOf, instantOf, present, showDesk, table, words } from "./parts.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["ReplayEventsResponse"]} Page */

export function showReplay() {
  const result = h("div", { role: "status" });
  const replay = async (/** @type {Record<string, string>} */ values, dryRun = true) => {
    result.replaceChildren(h("p", { class: "loading" }, "One moment …"));
    const period = { provider: values.provider ?? "", from: instantOf(values.from) ?? "", to: instantOf(values.to) ?? "" };
    try {
      result.replaceChildren(...resultOf(await everyPage(period, dryRun)));
    } catch (error) {
      result.replaceChildren();
      throw error;
    }
  };
  showDesk("Replay", operationsPages, h("div", { class: "columns" },
    h("form", { class: "card", novalidate: true, submit: (event) => submit(event, (values) => replay(values, event.submitter?.name !== "replay")) },
      h("p", null, "For webhooks that were lost, refused or wrongly handled. What an order knows already changes nothing there."),
      h("div", { class: "problems" }),
      choice("provider", "Provider", [["stripe", "Stripe"], ["paypal", "PayPal"]], "stripe"),
      field("from", "From (UTC)", minutesFromNow(-24 * 60), { type: "datetime-local" }),
      field("to", "To (UTC)", minutesFromNow(0), { type: "datetime-local" }),
      h("div", { class: "actions" },
        h("button", { type: "submit" }, "See what it would do"),
        h("button", { type: "submit", class: "quiet", name: "replay" }, "Replay it"))),
    h("section", { class: "card", "aria-labelledby": "result-title" }, h("h2", { id: "result-title" }, "What it does"), result)));
}

/** @param {number} minutes */
const minutesFromNow = (minutes) => fieldOf(new Date(Date.now() + minutes * 60_000).toISOString());

/** A call takes 300 events: the next one goes on where it ended. @param {{ provider: string, from: string, to: string }} period @param {boolean} dryRun @returns {Promise<Page>} */
async function everyPage(period, dryRun) {
  /** @type {Page} */
  const sum = { dryRun, byType: {}, payments: [], setAside: [], ignored: 0 };
  /** @type {string | undefined} */
  let continuation;
  do {
    const page = await body(api.POST("/operations/replay", { body: { ...period, dryRun, continuation } }));
    for (const [type, count] of Object.entries(page.byType)) sum.byType[type] = (sum.byType[type] ?? 0) + count;
    sum.payments.push(...page.payments);
    sum.setAside.push(...page.setAside);
    sum.ignored += page.ignored;
    ({ continuation } = page);
  } while (continuation);
  return sum;
}

/** @param {Page} sum */
function resultOf({ dryRun, byType, payments, setAside, ignored }) {
  const rows = (/** @type {Page["payments"]} */ items) => items.map((item) => [item.type, h("code", null, item.id), item.orderId ? h("code", null, item.orderId) : "–", item.reason ? words(item.reason) : ""]);
  return present([
    h("p", null, dryRun ? "Nothing was changed. It would do this:" : "It is queued."),
    facts([["Queued", String(payments.length)], ["Set aside", String(setAside.length)], ["Not about payments", String(ignored)]]),
    Object.keys(byType).length > 0 && table("Events by type", ["Type", "Events"], Object.entries(byType).map(([type, count]) => [type, String(count)])),
    payments.length > 0 && table("Events that are queued", ["Type", "Event", "Order", ""], rows(payments)),
    setAside.length > 0 && table("Events that are set aside", ["Type", "Event", "Order", "Why"], rows(setAside)),
  ]);
}
