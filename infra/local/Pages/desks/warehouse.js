// The warehouse's desk: what is to be sent, one order with its parcels, and the stock.
import { api, body } from "../shared/api.js";
import { badge, find, goodsOf, h, when } from "../shared/page.js";
import { findByNumber } from "./find-order.js";
import { warehousePages } from "./pages-of-desks.js";
import { packForm, parcelItem, quantitiesIn } from "./parcels.js";
import { facts, pages, part, showDesk, table } from "./parts.js";
import { linesOf, showSlip } from "./slip.js";
import { showStock } from "./stock.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["OrderView"]} Order */

const pageSize = 50;

/** @param {string} page @param {string} id @param {string} how @param {string} what */
export function showWarehouse(page, id, how, what) {
  if (page === "stock") return showStock();
  if (page === "orders" && how === "slip") return showSlip(id, what);
  return page === "orders" ? showOrder(id) : showList();
}

function showList() {
  showDesk("To be sent", warehousePages, findByNumber("#/warehouse/orders"),
    part("Paid and waiting, the oldest first", () => pages(
      (continuation) => body(api.GET("/fulfilment/orders", { params: { query: { limit: pageSize, continuation } } })),
      (orders) => table("Orders to be sent", ["Order", "Placed"], orders.map((order) => [
        h("a", { href: `#/warehouse/orders/${order.orderId}` }, order.number), when(order.placedAt)]))), "Everything has been sent."));
}

/** @param {string} id */
async function showOrder(id) {
  const order = await body(api.GET("/orders/{id}", { params: { path: { id } } }));
  showDesk(`Order ${order.number}`, warehousePages, orderPart(id, order));
}

/** Reads the order again after whatever changed it. @param {string} id @param {Order} first */
function orderPart(id, first) {
  const place = h("div", { class: "columns" });
  const render = (/** @type {Order} */ order) => place.replaceChildren(
    h("div", null, aboutOrder(order), packForm(order, again)),
    h("section", { class: "card", "aria-labelledby": "parcels-title" },
      h("h2", { id: "parcels-title", tabindex: "-1" }, "Parcels"),
      order.fulfilment.shipments.length === 0 && h("p", { class: "hint" }, "There is none yet."),
      h("ul", { class: "items" }, order.fulfilment.shipments.map((parcel) => parcelItem(order, parcel, again)))));
  const again = async () => {
    render(await body(api.GET("/orders/{id}", { params: { path: { id } } })));
    find(place, "h2", "#parcels-title").focus();
  };
  render(first);
  return place;
}

/** @param {Order} order */
function aboutOrder(order) {
  const { deliveryAddress: to, fulfilment } = order;
  const sent = quantitiesIn(fulfilment.shipments.flatMap((parcel) => parcel.lines));
  const given = quantitiesIn(fulfilment.notSent ?? []);
  return h("section", { class: "card", "aria-labelledby": "order-title" },
    h("h2", { id: "order-title" }, goodsOf(order), " ", badge(order.payment)),
    facts([["Placed", when(order.placedAt)]]),
    table("What was ordered", ["Item", "Ordered", "In parcels", ...(given.size > 0 ? ["Not sent any more"] : [])], order.lines.filter((line) => !line.isDelivery).map((line) => [
      `${line.name} (${line.sku})`, String(line.quantity), String(sent.get(line.sku) ?? 0), ...(given.size > 0 ? [String(given.get(line.sku) ?? 0)] : [])])),
    to && h("h3", null, "Goes to"),
    to && h("address", null, linesOf(to).join(", ")));
}
