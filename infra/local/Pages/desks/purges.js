// What a purge would do on a day, and what purges have done.
import { api, body } from "../shared/api.js";
import { field, submit } from "../shared/forms.js";
import { badge, day, h, when } from "../shared/page.js";
import { barChart } from "./chart.js";
import { facts, part, present, showDesk, table, words } from "./parts.js";
import { privacyPages } from "./pages-of-desks.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["PurgeCount"]} Count */

const mostRows = 200;
const mostReports = 30;

export function showPurges() {
  showDesk("Purges", privacyPages, previewPart(), part("What purges have done", async () => reportsOf(await body(api.GET("/privacy/purges")))));
}

/** What the purge would do on a day. */
function previewPart() {
  const result = h("div", { role: "status" });
  const preview = async (/** @type {Record<string, string>} */ { asOf = "" }) => {
    result.replaceChildren(h("p", { class: "loading" }, "One moment …"));
    try {
      result.replaceChildren(...previewOf(await everyPage(asOf)));
    } catch (error) {
      result.replaceChildren();
      throw error;
    }
  };
  return h("section", { class: "card", "aria-labelledby": "preview-title" },
    h("h2", { id: "preview-title" }, "What a purge would do"),
    h("form", { class: "look-up", novalidate: true, submit: (event) => submit(event, preview) },
      h("div", { class: "problems" }), field("asOf", "On which day", new Date().toISOString().slice(0, 10), { type: "date" }), h("button", { type: "submit" }, "Preview")),
    result);
}

/** @param {string} asOf @returns {Promise<Schemas["PreviewPurgeResponse"]>} */
async function everyPage(asOf) {
  const all = await body(api.GET("/privacy/purge-preview", { params: { query: { asOf } } }));
  for (let { continuation } = all; continuation;) {
    const page = await body(api.GET("/privacy/purge-preview", { params: { query: { asOf, continuation } } }));
    all.items.push(...page.items);
    all.counts.push(...page.counts);
    ({ continuation } = page);
  }
  return all;
}

/** @param {Schemas["PreviewPurgeResponse"]} preview */
function previewOf({ asOf, items, counts }) {
  if (counts.every(({ count }) => count === 0)) return [h("p", null, "Nothing is due by ", day(asOf), ".")];
  return present([
    h("h3", null, "By ", day(asOf)),
    ...chartOf("What the purge would do", counts),
    items.length > 0 && h("details", null, h("summary", null, `Row by row (${items.length})`),
      items.length > mostRows && h("p", { class: "hint" }, `The first ${mostRows} of them.`),
      table("Rows that are due", ["Rule", "What is done", "Row", "Held by", "Next"], items.slice(0, mostRows).map((item) => [
        item.rule, words(item.action), h("code", null, item.key), item.heldBy ? words(item.heldBy) : "–", item.nextRule ? `${item.nextRule}${item.nextDue ? `, ${item.nextDue}` : ""}` : "–"]))),
  ]);
}

/** @param {string} title @param {Count[]} counts */
function chartOf(title, counts) {
  /** @type {Map<string, { label: string, count: number, kind: string }>} */
  const sums = new Map();
  for (const { rule, action, count } of counts) {
    const label = `${rule}: ${words(action).toLowerCase()}`;
    const sum = sums.get(label) ?? { label, count: 0, kind: action };
    sums.set(label, { ...sum, count: sum.count + count });
  }
  const rows = [...sums.values()].filter((row) => row.count > 0).sort((a, b) => b.count - a.count);
  return rows.length === 0 ? [] : [barChart(`${title}, by rule`, rows), h("details", null, h("summary", null, "As a table"), table(title, ["Rule and action", "Rows"], rows.map((row) => [row.label, String(row.count)])))];
}

/** @param {Schemas["ReadPurgesResponse"]} purges */
function reportsOf({ verified, brokenAt, finishedThrough, runningSince, items }) {
  const latest = [...items].sort((a, b) => b.number - a.number).slice(0, mostReports);
  const rowsOf = (/** @type {Count[]} */ counts) => counts.reduce((sum, { count }) => sum + count, 0);
  return present([
    h("p", null, verified ? badge({ status: "whole" }, { whole: "The chain of hashes is whole" }) : badge({ status: "late" }, { late: `The chain of hashes is broken at report ${brokenAt}` })),
    facts([["Purged through", finishedThrough || "nothing yet"], ["Running since", runningSince && when(runningSince)]]),
    latest.length === 0 && h("p", { class: "hint" }, "No purge has run yet."),
    ...chartOf("What all purges have done", items.flatMap((report) => report.counts)),
    latest.length > 0 && barChart("Rows in each purge, the latest first", latest.map((report) => ({ label: `Report ${report.number}, ${report.through}`, count: rowsOf(report.counts) }))),
    latest.length > 0 && table("Reports of purges", ["Report", "Through", "Finished", "Rows", "Left", "Hash"], latest.map((report) => [
      String(report.number), report.through, when(report.finishedAt), String(rowsOf(report.counts)), String(report.left), h("code", null, report.hash.slice(0, 16))])),
  ]);
}
