// The address book, and the fields of an address.
import { answer, api, body } from "../shared/api.js";
import { act, choice, field, submit, tick } from "../shared/forms.js";
import { announce, h, show } from "../shared/page.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["AddressView"]} Address */

const countries = ["GB", "IE", "BE", "DE", "DK", "ES", "FR", "IT", "NL", "NO", "SE", "US"];
const names = new Intl.DisplayNames("en-GB", { type: "region" });

/** @type {Record<string, string>} */
export const sample = { name: "Ada Lovelace", line1: "12 St James's Square", city: "London", postcode: "SW1Y 4JH", country: "GB" };

export const addressBook = async () => (await body(api.GET("/account/addresses"))).items;

/** @param {Schemas["DeliveryAddress"] | Address} address */
export const oneLine = (address) => [address.name, address.line1, address.line2, address.city, address.region, address.postcode, names.of(address.country)].filter(Boolean).join(", ");

/** @param {Partial<Address>} [known] */
export function addressFields(known = {}) {
  return [
    field("name", "Name", known.name, { autocomplete: "shipping name" }),
    field("line1", "Street", known.line1, { autocomplete: "shipping address-line1" }),
    field("line2", "Second line", known.line2, { optional: true, autocomplete: "shipping address-line2" }),
    h("div", { class: "pair" },
      field("city", "Town or city", known.city, { autocomplete: "shipping address-level2" }),
      field("postcode", "Postcode", known.postcode, { autocomplete: "shipping postal-code" })),
    field("region", "County or state", known.region, { optional: true, autocomplete: "shipping address-level1" }),
    choice("country", "Country", countriesWith(known.country), known.country ?? "GB", { autocomplete: "shipping country" }),
  ];
}

/** @param {string} [known] One that the shop does not deliver to may still be in the book. @returns {[string, string][]} */
const countriesWith = (known) => [...new Set(known ? [...countries, known] : countries)].map((code) => [code, names.of(code) ?? code]);

/** What the fields say, as the API takes it. @param {Record<string, string>} values @returns {Schemas["DeliveryAddressInput"]} */
export const addressOf = ({ name = "", line1 = "", line2, city = "", region, postcode, country = "" }) =>
  ({ name, line1, line2: line2 || null, city, region: region || null, postcode: postcode || null, country });

/** The book on the account's page. @param {Address[]} addresses */
export function addressList(addresses) {
  return h("section", { class: "card", "aria-labelledby": "addresses-title" },
    h("h2", { id: "addresses-title" }, "Address book"),
    addresses.length === 0
      ? h("p", null, "There is no address yet. What you order to is kept here.")
      : h("ul", { class: "lines" }, addresses.map((address) => addressRow(address))),
    h("p", null, h("a", { href: "#/account/addresses/new" }, "Add an address")));
}

/** @param {Address} address */
function addressRow(address) {
  const remove = async () => {
    const { etag } = await answer(api.GET("/account/addresses/{id}", { params: { path: { id: address.id } } }));
    await api.DELETE("/account/addresses/{id}", { params: { path: { id: address.id } }, headers: { "If-Match": etag } });
    row.remove();
    announce("The address is out of your address book.");
  };
  const row = h("li", null,
    h("address", null, address.label && h("strong", null, `${address.label}: `), oneLine(address), address.defaultDelivery && h("span", { class: "hint" }, "Usual delivery address")),
    h("div", { class: "actions" },
      h("a", { href: `#/account/addresses/${address.id}`, "aria-label": `Change ${oneLine(address)}` }, "Change"),
      h("button", { type: "button", class: "link", "aria-label": `Delete ${oneLine(address)}`, click: (event) => act(event, remove) }, "Delete")));
  return row;
}

/** A new address, or one that is changed. @param {string} id "new" for a new one. */
export async function editAddress(id) {
  const known = id === "new" ? null : await answer(api.GET("/account/addresses/{id}", { params: { path: { id } } }));
  const save = async (/** @type {Record<string, string>} */ values) => {
    const address = { ...addressOf(values), label: values.label || null, ...(values.defaultDelivery && { defaultDelivery: true }) };
    if (known) await api.PUT("/account/addresses/{id}", { params: { path: { id } }, headers: { "If-Match": known.etag }, body: address });
    else await api.POST("/account/addresses", { body: address });
    location.hash = "#/account";
  };
  show(known ? "Change an address" : "Add an address",
    h("form", { class: "card narrow", novalidate: true, submit: (event) => submit(event, save) },
      h("div", { class: "problems" }),
      field("label", "What you call it", known?.body.label, { optional: true, hint: "For instance Office." }),
      addressFields(known?.body),
      tick("defaultDelivery", "Deliver here unless I say otherwise", known?.body.defaultDelivery),
      h("button", { type: "submit" }, "Keep it")),
    h("p", null, h("a", { href: "#/account" }, "Back to your account")));
}
