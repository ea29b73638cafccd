// What becomes known of a breach: each change is a further revision.
import { Problem, answer, api } from "../shared/api.js";
import { choice, field, submit, tick, valuesOf } from "../shared/forms.js";
import { h } from "../shared/page.js";
import { fieldOf, instantOf, unchanged, words } from "./parts.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["BreachView"]} Breach */
/** @typedef {Schemas["BreachRequest"]} Change */

const dataClasses = ["identity", "contact", "delivery", "order_fiscal", "payment_reference", "consent", "note", "staff"];
const authorityCodes = ["risk_unlikely", "data_unintelligible", "contained_in_time", "no_personal_data", "other"];
const peopleCodes = ["no_high_risk", "data_unintelligible", "risk_averted", "told_publicly", "other"];

/** Which data, and about how many people and records. @param {Breach["scope"]} scope */
export function classFields(scope) {
  return h("fieldset", null, h("legend", null, "Which data, and how much"),
    ...dataClasses.map((name) => tick(`class.${name}`, words(name), scope?.dataClasses.some((known) => known === name) ?? false)),
    h("div", { class: "pair" },
      field("scope.people", "People, about", scope?.people === undefined ? "" : String(scope.people), { optional: true, autocomplete: "off" }),
      field("scope.records", "Records, about", scope?.records === undefined ? "" : String(scope.records), { optional: true, autocomplete: "off" })));
}

/** As people write it: "1,200" or "about 300". Undefined where it is empty. @param {Record<string, string>} values @param {string} path */
function countOf(values, path) {
  const text = values[path];
  if (!text) return undefined;
  const match = /^(?:about |ca\.? |~ ?)?(\d{1,3}(?:[, ]\d{3})+|\d+)$/i.exec(text);
  if (!match) throw refused({ [path]: ["A whole number, please, for instance 1,200."] });
  return Number(match[1]?.replaceAll(/[, ]/g, ""));
}

/** @param {Record<string, string[]>} errors */
const refused = (errors) => new Problem(0, { errors });

/** Nothing where nothing is known yet. @param {Record<string, string>} values @returns {Change["scope"]} */
export function scopeOf(values) {
  const classes = /** @type {NonNullable<Schemas["ScopeRequest"]["dataClasses"]>} */ (dataClasses.filter((name) => values[`class.${name}`] === "true"));
  const [people, records] = [countOf(values, "scope.people"), countOf(values, "scope.records")];
  return classes.length === 0 && people === undefined && records === undefined ? undefined : { ...(classes.length > 0 && { dataClasses: classes }), people, records };
}

/** @param {Breach} breach @param {() => string} etag @param {(next: { body: Breach, etag: string }) => void} changed */
export function breachForm(breach, etag, changed) {
  const change = async (/** @type {Record<string, string>} */ values) => changed(await unchanged(answer(api.PATCH("/privacy/breaches/{id}", {
    params: { path: { id: breach.id } }, headers: { "If-Match": etag() }, body: requestOf(values, before),
  }))));
  const { reportedToAuthority: report, toldPeople: told } = breach;
  const codes = (/** @type {string[]} */ list) => /** @type {[string, string][]} */ ([["", "–"], ...list.map((code) => [code, words(code)])]);
  const form = h("form", { class: "card", novalidate: true, "aria-labelledby": "change-title", submit: (event) => submit(event, change) },
    h("h2", { id: "change-title" }, "What has become known"),
    h("div", { class: "problems" }),
    field("whatHappened", "What happened", breach.whatHappened, { type: "textarea" }),
    classFields(breach.scope),
    field("likelyConsequences", "Likely consequences", breach.likelyConsequences, { optional: true, type: "textarea" }),
    field("measures", "Measures taken or proposed", breach.measures, { optional: true, type: "textarea" }),
    field("contactPoint", "Who can be asked for more", breach.contactPoint, { optional: true, type: "textarea" }),
    h("fieldset", null, h("legend", null, "The authority"),
      h("div", { class: "pair" },
        field("reportedToAuthority.at", "Told (UTC)", fieldOf(report?.at), { optional: true, type: "datetime-local" }),
        field("reportedToAuthority.reference", "Its reference", report?.reference, { optional: true, autocomplete: "off" })),
      field("reportedToAuthority.lateReason", "Why later than 72 hours", report?.lateReason, { optional: true, type: "textarea" }),
      choice("reportedToAuthority.notNeededReason", "Or why it need not be told", codes(authorityCodes), report?.notNeededReason ?? ""),
      field("reportedToAuthority.note", "Note on that", report?.note, { optional: true, autocomplete: "off" })),
    h("fieldset", null, h("legend", null, "The people affected"),
      h("div", { class: "pair" },
        field("toldPeople.at", "Told (UTC)", fieldOf(told?.at), { optional: true, type: "datetime-local" }),
        field("toldPeople.how", "How", told?.how, { optional: true, autocomplete: "off" })),
      choice("toldPeople.notNeededReason", "Or why they need not be told", codes(peopleCodes), told?.notNeededReason ?? ""),
      field("toldPeople.note", "Note on that", told?.note, { optional: true, autocomplete: "off" })),
    !breach.closedAt && tick("closed", "Close it for good"),
    h("button", { type: "submit" }, "Add it to the register"));
  const before = valuesOf(form);
  return form;
}

const texts = ["whatHappened", "likelyConsequences", "measures", "contactPoint", "scope.people", "scope.records"];
const groups = ["class.", "reportedToAuthority.", "toldPeople."];

/** The register lets nothing go back to nothing: fields, and groups as a whole, that were filled and are empty. @param {Record<string, string>} values @param {Record<string, string>} before */
function emptiedIn(values, before) {
  const firstOf = (/** @type {string} */ group) => Object.keys(before).find((path) => path.startsWith(group) && before[path]);
  const hasSome = (/** @type {string} */ group) => Object.entries(values).some(([path, value]) => path.startsWith(group) && value);
  return [
    ...texts.filter((path) => before[path] && !values[path]),
    ...groups.flatMap((group) => (hasSome(group) ? [] : firstOf(group) ?? [])),
  ];
}

/**
 * What is left out stays as it was, and what is given replaces the whole of it: so only what somebody has changed is sent.
 * @param {Record<string, string>} values @param {Record<string, string>} before @returns {Change}
 */
function requestOf(values, before) {
  const emptied = emptiedIn(values, before);
  if (emptied.length > 0) throw refused(Object.fromEntries(emptied.map((path) => [path, ["What is on record can be corrected, and not be taken back."]])));
  const isChanged = (/** @type {string} */ prefix) => Object.keys({ ...before, ...values }).some((path) => path.startsWith(prefix) && values[path] !== before[path]);
  const text = (/** @type {string} */ path) => (isChanged(path) ? values[path] || undefined : undefined);
  const group = (/** @type {string} */ prefix) => {
    const given = Object.entries(values).filter(([path, value]) => path.startsWith(prefix) && value);
    return isChanged(prefix) && given.length > 0 ? Object.fromEntries(given.map(([path, value]) => [path.slice(prefix.length), path.endsWith(".at") ? instantOf(value) : value])) : undefined;
  };
  return {
    whatHappened: text("whatHappened"), likelyConsequences: text("likelyConsequences"), measures: text("measures"), contactPoint: text("contactPoint"),
    scope: isChanged("class.") || isChanged("scope.") ? scopeOf(values) : undefined,
    reportedToAuthority: group("reportedToAuthority."),
    toldPeople: group("toldPeople."),
    ...(values.closed === "true" && { closed: true }),
  };
}
