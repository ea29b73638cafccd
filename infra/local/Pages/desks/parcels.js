// Packing parcels, correcting them, taking them back, and noting what their carrier says.
import { answer, api, newKey } from "../shared/api.js";
import { choice, field, submit } from "../shared/forms.js";
import { badge, h, when } from "../shared/page.js";
import { changedMeanwhile, facts, fieldOf, instantOf, present, sureButton, words } from "./parts.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["OrderView"]} Order */
/** @typedef {Schemas["ShipmentView"]} Parcel */

const parcelWords = {
  awaiting_collection: "Waiting for its carrier", collected: "Collected", in_transit: "On its way", out_for_delivery: "Out for delivery", failed: "Could not be handed over", delivered: "Delivered", returned: "Come back",
};
const carriers = ["ParcelCo", "Royal Mail", "DPD", "DHL", "UPS"];
const mayLeave = ["paid", "partly_refunded"];

/** How many of each SKU. @param {Schemas["ShipmentItem"][]} items */
export function quantitiesIn(items) {
  const quantities = new Map();
  for (const { sku, quantity } of items) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return quantities;
}

/** What is in no parcel and still to be sent. @param {Order} order @param {Parcel} [without] This parcel's content counts as left. */
export function leftOf({ lines, fulfilment }, without) {
  const gone = quantitiesIn([...fulfilment.shipments.filter((parcel) => parcel !== without).flatMap((parcel) => parcel.lines), ...(fulfilment.notSent ?? [])]);
  return lines.filter((line) => !line.isDelivery).map((line) => ({ ...line, left: line.quantity - (gone.get(line.sku) ?? 0) })).filter((line) => line.left > 0);
}

/** @param {Order} order @param {() => Promise<void>} again */
export function packForm(order, again) {
  const left = leftOf(order);
  if (left.length === 0 || order.cancelled) return "";
  if (!mayLeave.includes(order.payment.status)) return h("p", { class: "card" }, "Nothing of it may leave as its payment stands.");
  // Sent again where the answer was lost, the same parcel is packed once.
  const key = newKey();
  const pack = async (/** @type {Record<string, string>} */ values) => {
    await api.POST("/orders/{id}/shipments", {
      params: { path: { id: order.id }, header: { "Idempotency-Key": key } },
      body: { carrier: values.carrier ?? "", trackingNumber: values.trackingNumber || null, lines: packed(values, left) },
    });
    await again();
  };
  return h("form", { class: "card", novalidate: true, "aria-labelledby": "pack-title", submit: (event) => submit(event, pack) },
    h("h2", { id: "pack-title" }, "Pack a parcel"),
    h("div", { class: "problems" }),
    ...packing(left, (line) => line.left),
    ...carrierFields(),
    h("button", { type: "submit" }, "It is packed"));
}

/** How many of each go in, or back. @param {ReturnType<typeof leftOf>} lines @param {(line: ReturnType<typeof leftOf>[number]) => number} start @param {string} [prefix] */
export function packing(lines, start, prefix = "quantity") {
  return [h("div", { class: "packing" }, lines.flatMap((line) => [
    h("label", { for: `${prefix}.${line.sku}` }, line.name, h("span", { class: "hint" }, ` of ${line.left}`)),
    h("input", { id: `${prefix}.${line.sku}`, name: `quantity.${line.sku}`, type: "number", min: "0", max: String(line.left), inputmode: "numeric", value: String(start(line)) })]))];
}

/** @param {Record<string, string>} values @param {ReturnType<typeof leftOf>} lines */
export const packed = (values, lines) => lines.map(({ sku }) => ({ sku, quantity: Number(values[`quantity.${sku}`] || 0) })).filter(({ quantity }) => quantity !== 0);

/** @param {Parcel} [parcel] @param {string} [prefix] */
function carrierFields(parcel, prefix = "") {
  const list = h("datalist", { id: `${prefix}carriers` }, carriers.map((name) => h("option", { value: name })));
  const carrier = field(`${prefix}carrier`, "Carrier", parcel?.carrier ?? "", { autocomplete: "off" });
  carrier.querySelector("input")?.setAttribute("list", list.id);
  return [h("div", { class: "pair" }, carrier, field(`${prefix}trackingNumber`, "Tracking number", parcel?.trackingNumber ?? "", { optional: true, autocomplete: "off" })), list];
}

/** @param {Order} order @param {Parcel} parcel @param {() => Promise<void>} again */
export function parcelItem(order, parcel, again) {
  const waits = parcel.status === "awaiting_collection";
  const path = { id: order.id, number: String(parcel.number) };
  const takeBack = async () => {
    await api.DELETE("/orders/{id}/shipments/{number}", { params: { path } });
    await again();
  };
  const names = new Map(order.lines.map((line) => [line.sku, line.name]));
  return h("li", null, ...present([
    h("h3", null, `Parcel ${parcel.number} `, badge(parcel, parcelWords)),
    facts([["Carrier", parcel.carrier], ["Tracking number", parcel.trackingNumber], ["Packed", when(parcel.shippedAt)], ["Expected by", parcel.expectedBy && when(parcel.expectedBy)]]),
    h("ul", null, parcel.lines.map((line) => h("li", null, `${line.quantity} × ${names.get(line.sku) ?? line.sku}`))),
    parcel.events.length > 0 && h("ol", { class: "steps" }, parcel.events.map((event) => h("li", null, h("span", null, words(event.kind), event.place && `, ${event.place}`), when(event.at)))),
    h("div", { class: "actions" },
      h("a", { href: `#/warehouse/orders/${order.id}/slip/${parcel.number}` }, `Slip of parcel ${parcel.number}`),
      waits && sureButton("Take it back", "Yes, take it back", takeBack, `parcel ${parcel.number}`)),
    waits && correction(order, parcel, path, again),
    eventForm(parcel, path, again),
  ]));
}

/** @param {Order} order @param {Parcel} parcel @param {{ id: string, number: string }} path @param {() => Promise<void>} again */
function correction(order, parcel, path, again) {
  const lines = leftOf(order, parcel);
  const inIt = quantitiesIn(parcel.lines);
  const prefix = `parcel-${parcel.number}.`;
  const correct = async (/** @type {Record<string, string>} */ values) => {
    const { body: now, etag } = await answer(api.GET("/orders/{id}/shipments/{number}", { params: { path } }));
    if (JSON.stringify(now) !== JSON.stringify(parcel)) throw changedMeanwhile();
    await api.PATCH("/orders/{id}/shipments/{number}", {
      params: { path },
      headers: { "If-Match": etag },
      body: { carrier: values[`${prefix}carrier`], trackingNumber: values[`${prefix}trackingNumber`] || null, lines: packed(values, lines) },
    });
    await again();
  };
  return h("details", null, h("summary", null, `Correct parcel ${parcel.number}`),
    h("form", { novalidate: true, submit: (event) => submit(event, correct) },
      h("div", { class: "problems" }), ...packing(lines, (line) => inIt.get(line.sku) ?? 0, `${prefix}quantity`), ...carrierFields(parcel, prefix), h("button", { type: "submit", class: "quiet" }, "Correct it")));
}

/** What the carrier says on the telephone: its webhooks tell the rest. @param {Parcel} parcel @param {{ id: string, number: string }} path @param {() => Promise<void>} again */
function eventForm(parcel, path, again) {
  const prefix = `event-${parcel.number}.`;
  const eventId = newKey();
  const kinds = Object.entries(parcelWords).filter(([kind]) => kind !== "awaiting_collection");
  const note = async (/** @type {Record<string, string>} */ values) => {
    const kind = /** @type {Schemas["RecordShipmentEventRequest"]["kind"]} */ (values[`${prefix}kind`]);
    await api.POST("/orders/{id}/shipments/{number}/events", { params: { path }, body: { eventId, kind, at: instantOf(values[`${prefix}at`]) ?? "", place: values[`${prefix}place`] || null } });
    await again();
  };
  return h("details", null, h("summary", null, `What the carrier says of parcel ${parcel.number}`),
    h("form", { novalidate: true, submit: (event) => submit(event, note) },
      h("div", { class: "problems" }),
      choice(`${prefix}kind`, "It was", kinds, "collected"),
      h("div", { class: "pair" }, field(`${prefix}at`, "When (UTC)", fieldOf(new Date().toISOString()), { type: "datetime-local" }), field(`${prefix}place`, "Where", "", { optional: true, autocomplete: "off" })),
      h("button", { type: "submit", class: "quiet" }, "Note it")));
}
