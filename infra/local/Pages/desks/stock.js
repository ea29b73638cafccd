// Stock: what is there of each item that is counted, and what somebody has seen that changes it.
import { api, body, newKey } from "../shared/api.js";
import { field, submit } from "../shared/forms.js";
import { h } from "../shared/page.js";
import { done, pages, part, reasons, showDesk, table } from "./parts.js";
import { warehousePages } from "./pages-of-desks.js";

const codes = ["received", "counted", "returned", "damaged", "lost", "correction"];
const pageSize = 100;

export function showStock() {
  /** @type {() => Promise<void>} */
  let reload = async () => {};
  const list = part("What is there", async (again) => {
    reload = again;
    return pages((continuation) => body(api.GET("/stock", { params: { query: { limit: pageSize, continuation } } })),
      (items) => table("Stock", ["SKU", "Item", "On hand", "Reserved", "Available"], items.map((item) => [item.sku, item.name ?? "", String(item.onHand), String(item.reserved), String(item.available)])));
  }, "Nothing is counted.");
  showDesk("Stock", warehousePages, h("div", { class: "columns" }, list, adjustment(() => reload())));
}

/** @param {() => Promise<void>} reload */
function adjustment(reload) {
  let key = newKey();
  const adjust = async (/** @type {SubmitEvent} */ event) => {
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    await submit(event, async ({ sku = "", change = "", reason = "" }) => {
      const item = await body(api.POST("/stock/{sku}/adjustments", { params: { path: { sku }, header: { "Idempotency-Key": key } }, body: { change: Number(change), reason } }));
      key = newKey();
      done(form, `${item.name ?? item.sku}: ${item.onHand} on hand, ${item.available} available.`);
      await reload();
    });
  };
  return h("form", { class: "card", novalidate: true, "aria-labelledby": "adjust-title", submit: adjust },
    h("h2", { id: "adjust-title" }, "Adjust"),
    h("div", { class: "problems" }),
    field("sku", "SKU", "", { autocomplete: "off" }),
    field("change", "More or fewer", "", { hint: "A whole number: 12 more, or -3 for three fewer.", autocomplete: "off" }),
    reasons("reason", codes),
    h("button", { type: "submit" }, "Adjust the stock"));
}
