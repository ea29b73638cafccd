// What is on record: erasures, what staff did, who else gets data, and the policy's yearly review.
import { anyone, api, body } from "../shared/api.js";
import { day, h, when } from "../shared/page.js";
import { facts, pages, part, present, showDesk, sureButton, table, words } from "./parts.js";
import { privacyPages } from "./pages-of-desks.js";

const pageSize = 20;

export function showRecords() {
  showDesk("Records", privacyPages, h("div", { class: "columns" }, erasurePart(), reviewPart()), staffPart(), processorPart());
}

const staffPart = () => part("What staff did", () => pages(
  (continuation) => body(api.GET("/privacy/staff-actions", { params: { query: { limit: pageSize, continuation } } })),
  (items) => table("What staff read and did", ["When", "Role", "What", "About", "Why", "Who"], items.map((item) => [
    when(item.at), item.role, item.what, item.about ? h("code", null, item.about) : "–", item.reason ? words(item.reason) : "–", h("code", null, item.staffId)]))));

const erasurePart = () => part("Erasures", () => pages(
  (continuation) => body(api.GET("/privacy/erasures", { params: { query: { limit: pageSize, continuation } } })),
  (items) => table("Erasures", ["When", "Reference", "By", "Orders that stay", "Told"], items.map((erasure) => [
    erasure.at ? when(erasure.at) : "–", h("code", null, erasure.reference), words(erasure.by),
    erasure.stays.map((kept) => `${kept.orders} by ${kept.rule}${kept.until ? ` until ${kept.until}` : ""}`).join("; ") || "none",
    erasure.told.map(({ recipient, outcome }) => `${words(recipient)}: ${words(outcome).toLowerCase()}`).join("; ") || "–"]))), "Nobody has been erased.");

const processorPart = () => part("Who else gets data", async () => {
  const { processors } = await body(anyone.GET("/privacy/processors"));
  return [table("Processors", ["Who", "What for", "Which data", "By"], processors.flatMap((processor) => processor.disclosures.map((disclosure) => [
    processor.privacyPolicy ? h("a", { href: processor.privacyPolicy, target: "_blank", rel: "noopener" }, processor.name) : processor.name,
    disclosure.purpose, disclosure.dataClasses.map((name) => words(name).toLowerCase()).join(", "), `the ${disclosure.source}`])))];
});

const reviewPart = () => part("The policy's review", async (again) => {
  const { nextDueAt, decidedBy, items } = await body(api.GET("/privacy/policy/reviews"));
  const record = (/** @type {"unchanged" | "to_change"} */ outcome) => async () => {
    await api.POST("/privacy/policy/reviews", { body: { outcome } });
    await again();
  };
  return present([
    facts([["Next due", day(nextDueAt)], ["Decided by", decidedBy]]),
    items.length > 0 && table("Reviews of the policy", ["When", "Edition", "Outcome"], items.map((review) => [when(review.at), review.edition, words(review.outcome)])),
    h("div", { class: "actions" },
      sureButton("It stays as it is", "Yes, reviewed: it stays", record("unchanged")),
      sureButton("It has to change", "Yes, reviewed: it has to change", record("to_change"))),
    h("p", null, h("a", { href: "/api/privacy/policy", target: "_blank", rel: "noopener" }, "Read the policy")),
  ]);
});
