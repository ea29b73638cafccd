// Legal holds: while one stands, nothing of an account or an order is purged or erased.
import { api, body } from "../shared/api.js";
import { choice, field, submit } from "../shared/forms.js";
import { h, when } from "../shared/page.js";
import { button, done, facts, noteField, part, present, reasons, showDesk, sureButton, words } from "./parts.js";
import { privacyPages } from "./pages-of-desks.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["LegalHoldRegisterEntry"]} Entry */

const codes = ["court_order", "authority_request", "legal_claim", "other"];
const order = "order";

export function showHolds() {
  /** @type {() => Promise<void>} */
  let reload = async () => {};
  const list = part("What is held", async (again) => {
    reload = again;
    const { items } = await body(api.GET("/privacy/holds"));
    return items.length === 0 ? [] : [h("ul", { class: "items" }, items.map((entry) => holdItem(entry, again)))];
  }, "Nothing is held.");
  showDesk("Legal holds", privacyPages, h("div", { class: "columns" }, list, placeForm(() => reload())));
}

/** @param {Entry} entry */
const isOrder = (entry) => entry.kind === order;

/** @param {Entry} entry @param {() => Promise<void>} again */
function holdItem(entry, again) {
  const why = h("div", { role: "status" });
  const lift = async () => {
    if (isOrder(entry)) await api.DELETE("/privacy/order-holds/{orderId}", { params: { path: { orderId: entry.id } } });
    else await api.DELETE("/privacy/holds/{accountId}", { params: { path: { accountId: entry.id } } });
    await again();
  };
  const read = async () => {
    const hold = await body(isOrder(entry)
      ? api.GET("/privacy/order-holds/{orderId}", { params: { path: { orderId: entry.id } } })
      : api.GET("/privacy/holds/{accountId}", { params: { path: { accountId: entry.id } } }));
    why.replaceChildren(...present([h("p", null, `${words(hold.reason)}${hold.note ? `: ${hold.note}` : ""}`)]));
  };
  return h("li", null,
    h("h3", null, `${words(entry.kind)} `, h("code", null, entry.id)),
    facts([["Since", entry.placedAt && when(entry.placedAt)], ["Placed by", h("code", null, entry.placedBy)]]),
    why,
    h("div", { class: "actions" }, button("Why", read, `${entry.kind} ${entry.id}`), sureButton("Lift it", "Yes, lift it", lift, `the hold on ${entry.kind} ${entry.id}`)));
}

/** @param {() => Promise<void>} reload */
function placeForm(reload) {
  const note = noteField("note");
  const place = (/** @type {SubmitEvent} */ event) => {
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    return submit(event, async (values) => {
      const { kind, id = "", reason = "" } = values;
      if (kind === order) await api.PUT("/privacy/order-holds/{orderId}", { params: { path: { orderId: id } }, body: { reason } });
      else await api.PUT("/privacy/holds/{accountId}", { params: { path: { accountId: id } }, body: { reason, note: values.note || null } });
      done(form, "It is held.");
      note.hidden = false;
      await reload();
    });
  };
  const change = (/** @type {{ currentTarget: HTMLFormElement }} */ { currentTarget: form }) => {
    note.hidden = new FormData(form).get("kind") === order;
  };
  return h("form", { class: "card", novalidate: true, "aria-labelledby": "place-title", change, submit: place },
    h("h2", { id: "place-title" }, "Hold something"),
    h("div", { class: "problems" }),
    choice("kind", "What", [["account", "An account and its orders"], [order, "One order, also of an account that is gone"]], "account"),
    field("id", "Its id", "", { autocomplete: "off" }),
    reasons("reason", codes),
    note,
    h("button", { type: "submit" }, "Hold it"));
}
