// The breach register, and one breach: its clock, what is missing, and what has become known.
import { answer, api, body, save } from "../shared/api.js";
import { field, submit } from "../shared/forms.js";
import { badge, h, when } from "../shared/page.js";
import { breachForm, classFields, scopeOf } from "./breach-form.js";
import { button, facts, fieldOf, instantOf, pages, part, present, showDesk, table, words } from "./parts.js";
import { privacyPages } from "./pages-of-desks.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["BreachView"]} Breach */

const pageSize = 20;
const hour = 3_600_000;
const everyMinute = 60_000;

export const stateWords = { running: "Running", overdue: "Time is up", reported: "Told", reported_late: "Told late", not_needed: "Need not be told" };

export function showBreaches() {
  showDesk("Breaches", privacyPages, h("div", { class: "columns" },
    part("The register", () => pages(
      (continuation) => body(api.GET("/privacy/breaches", { params: { query: { limit: pageSize, continuation } } })),
      (items) => h("ul", { class: "items" }, items.map((breach) => h("li", null,
        h("h3", null, h("a", { href: `#/privacy/breaches/${breach.id}` }, `Noticed on ${new Date(breach.noticedAt).toLocaleString("en-GB")}`)),
        clockOf(breach),
        facts([["Closed", breach.closedAt && when(breach.closedAt)]]))))), "No breach is on record."),
    enterForm()));
}

/** How the 72 hours stand, for the authority and for the people. @param {Breach} breach */
function clockOf({ clock }) {
  // By the shop's clock, which the one on this desk may not agree with.
  const end = Date.now() + (clock.hoursLeft ?? 0) * hour;
  const left = h("p", { class: "clock", role: "timer" });
  const tick = () => {
    const milliseconds = end - Date.now();
    const hours = Math.floor(Math.abs(milliseconds) / hour);
    const minutes = Math.floor((Math.abs(milliseconds) % hour) / everyMinute);
    left.textContent = `${hours} h ${String(minutes).padStart(2, "0")} min ${milliseconds >= 0 ? "left" : "over time"}`;
  };
  tick();
  if (clock.hoursLeft !== undefined) {
    const timer = setInterval(() => (left.isConnected ? tick() : clearInterval(timer)), everyMinute);
  }
  return h("div", null, ...present([
    clock.hoursLeft !== undefined && left,
    facts([["The authority", badge({ status: clock.state }, stateWords)], ["The people", badge({ status: clock.people }, stateWords)], ["Due", when(clock.dueAt)]]),
  ]));
}

function enterForm() {
  const enter = async (/** @type {Record<string, string>} */ values) => {
    const breach = await body(api.POST("/privacy/breaches", {
      body: { noticedAt: instantOf(values.noticedAt), awareAt: instantOf(values.awareAt), whatHappened: values.whatHappened, scope: scopeOf(values) },
    }));
    location.hash = `#/privacy/breaches/${breach.id}`;
  };
  return h("form", { class: "card", novalidate: true, "aria-labelledby": "enter-title", submit: (event) => submit(event, enter) },
    h("h2", { id: "enter-title" }, "Enter a breach"),
    h("p", null, "The clock runs from when somebody was aware of it, not from when it is entered. The rest can follow."),
    h("div", { class: "problems" }),
    field("noticedAt", "Noticed (UTC)", fieldOf(new Date().toISOString()), { type: "datetime-local" }),
    field("awareAt", "Aware of it since (UTC)", "", { optional: true, hint: "Empty when it is the same.", type: "datetime-local" }),
    field("whatHappened", "What happened", "", { type: "textarea" }),
    classFields(undefined),
    h("button", { type: "submit" }, "Enter it"));
}

/** @param {string} id */
export async function showBreach(id) {
  let { body: breach, etag } = await answer(api.GET("/privacy/breaches/{id}", { params: { path: { id } } }));
  const place = h("div", { class: "columns" });
  const render = () => place.replaceChildren(
    h("div", null, aboutBreach(breach), revisions(id), affected(breach)),
    breachForm(breach, () => etag, (next) => {
      ({ body: breach, etag } = next);
      render();
      place.querySelector("h2")?.focus();
    }));
  render();
  showDesk("A breach", privacyPages, place);
}

/** @param {Breach} breach */
function aboutBreach(breach) {
  const missing = Object.values(breach.missing ?? {}).flat();
  return h("section", { class: "card", "aria-labelledby": "breach-title" }, ...present([
    h("h2", { id: "breach-title", tabindex: "-1" }, breach.closedAt ? "Closed" : "Open"),
    clockOf(breach),
    facts([["Noticed", when(breach.noticedAt)], ["Aware", when(breach.awareAt)], ["Revision", String(breach.revision)], ["Closed", breach.closedAt && when(breach.closedAt)]]),
    h("p", null, breach.whatHappened),
    missing.length > 0 && h("h3", null, "Still missing"),
    missing.length > 0 && h("ul", null, missing.map((text) => h("li", null, text))),
    (breach.alerts?.length ?? 0) > 0 && table("Alerts", ["Hours left", "Raised", "Mailed"], (breach.alerts ?? []).map((alert) => [String(alert.hoursLeft), when(alert.raisedAt), alert.mailedAt ? when(alert.mailedAt) : "not yet"])),
  ]));
}

/** @param {string} id */
const revisions = (id) => part("Revisions", () => pages(
  (continuation) => body(api.GET("/privacy/breaches/{id}/revisions", { params: { path: { id }, query: { limit: pageSize, continuation } } })),
  (items) => table("Revisions", ["Revision", "When", "By"], items.map((item) => [String(item.revision), when(item.changedAt), h("code", null, item.changedBy)]))));

/** @param {Breach} breach */
const affected = ({ id, scope }) => h("section", { class: "card", "aria-labelledby": "affected-title" }, ...present([
  h("h2", { id: "affected-title" }, "Who is affected"),
  scope ? facts([
    ["Classes of data", scope.dataClasses.map((name) => words(name).toLowerCase()).join(", ")], ["People", scope.people === undefined ? "not known yet" : `${scope.atLeast ? "at least " : ""}${scope.people}`],
    ["Records", scope.records === undefined ? "not known yet" : String(scope.records)]]) : h("p", { class: "hint" }, "Not known yet."),
  (scope?.from || scope?.accounts !== undefined) && h("div", { class: "actions" }, button("Their addresses (CSV)", () => save(api.GET("/privacy/breaches/{id}/accounts.csv", { params: { path: { id } }, parseAs: "blob" }), "affected.csv"))),
]));
