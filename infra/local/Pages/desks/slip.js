// A parcel's slip, for the printer: where it goes, its reference for the label, and what is in it.
import { api, body } from "../shared/api.js";
import { day, h } from "../shared/page.js";
import { warehousePages } from "./pages-of-desks.js";
import { showDesk, table } from "./parts.js";

/** @import { Schemas } from "../shared/api.js" */

/** @param {string} id @param {string} number */
export async function showSlip(id, number) {
  const [order, parcel] = await Promise.all([
    body(api.GET("/orders/{id}", { params: { path: { id } } })),
    body(api.GET("/orders/{id}/shipments/{number}", { params: { path: { id, number } } })),
  ]);
  const names = new Map(order.lines.map((line) => [line.sku, line.name]));
  showDesk(`Packing slip: order ${order.number}, parcel ${parcel.number}`, warehousePages,
    h("article", { class: "card slip" },
      order.deliveryAddress ? h("address", null, linesOf(order.deliveryAddress).join("\n")) : h("p", null, "The address is not kept any more."),
      h("p", null, "Reference for the label"),
      h("p", { class: "reference" }, parcel.reference),
      h("p", null, "Packed on ", day(parcel.shippedAt), parcel.carrier && `, goes by ${parcel.carrier}`, parcel.trackingNumber && ` as ${parcel.trackingNumber}`, "."),
      table("What is in it", ["Quantity", "Item", "SKU"], parcel.lines.map((line) => [String(line.quantity), names.get(line.sku) ?? "", line.sku])),
      h("div", { class: "actions" },
        h("button", { type: "button", click: () => window.print() }, "Print"),
        h("a", { href: `#/warehouse/orders/${id}` }, "Back to the order"))));
}

/** @param {Schemas["DeliveryAddress"]} to @returns {string[]} */
export const linesOf = (to) => /** @type {string[]} */ ([to.name, to.line1, to.line2, to.city, to.region, to.postcode, to.country].filter(Boolean));
