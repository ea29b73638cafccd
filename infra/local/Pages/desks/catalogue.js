// The catalogue: what is on sale, and the form that changes it.
import { Problem, answer, anyone, api, body } from "../shared/api.js";
import { choice, field, submit, tick } from "../shared/forms.js";
import { h, money } from "../shared/page.js";
import { operationsPages } from "./pages-of-desks.js";
import { lookUp, minorUnits, part, showDesk, table, unchanged } from "./parts.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["ProductView"]} Product */

const newProduct = "new";

export function showCatalogue() {
  showDesk("Catalogue", operationsPages,
    lookUp("sku", "SKU, also of what is withdrawn", "Open it", (event) => submit(event, async ({ sku = "" }) => { location.hash = `#/operations/catalogue/${encodeURIComponent(sku)}`; })),
    h("p", null, h("a", { href: `#/operations/catalogue/${newProduct}` }, "A new product")),
    part("On sale", async () => {
      const { items } = await body(anyone.GET("/products"));
      return items.length === 0 ? [] : [table("Products on sale", ["SKU", "Name", "Category", "Net", "VAT", "Stock"], items.map((product) => [
        h("a", { href: `#/operations/catalogue/${encodeURIComponent(product.sku)}` }, product.sku), product.name, product.category, money(product.unitNet), `${product.vatRate} %`,
        product.counted ? product.availability === "in_stock" ? "Counted, in stock" : "Counted, out of stock" : "Not counted"]))];
    }, "Nothing is on sale."));
}

/** @param {string} sku */
export async function showProduct(sku) {
  // Caches may be a minute behind; who changes it needs what there is.
  const known = sku === newProduct ? null : await answer(anyone.GET("/products/{sku}", { params: { path: { sku } }, cache: "no-store" }));
  showDesk(known ? known.body.name : "A new product", operationsPages, productForm(known?.body, known?.etag ?? ""));
}

/** @param {Product | undefined} product @param {string} etag */
function productForm(product, etag) {
  const said = h("p", { class: "hint", role: "status" });
  const write = async (/** @type {Record<string, string>} */ values) => {
    said.textContent = "";
    const sku = product?.sku ?? values.sku ?? "";
    const written = await unchanged(answer(api.PUT("/products/{sku}", {
      params: { path: { sku } },
      headers: product ? { "If-Match": etag } : { "If-None-Match": "*" },
      body: requestOf(values, product),
    })));
    if (product) ({ etag } = written);
    else location.hash = `#/operations/catalogue/${encodeURIComponent(sku)}`;
    said.textContent = "It is written. Every customer sees it within a minute.";
  };
  return h("form", { class: "card narrow", novalidate: true, submit: (event) => submit(event, write) },
    h("div", { class: "problems" }),
    !product && field("sku", "SKU", "", { autocomplete: "off" }),
    field("name", "Name", product?.name, { autocomplete: "off" }),
    field("category", "Category", product?.category, { autocomplete: "off" }),
    field("description", "Description", product?.description, { type: "textarea" }),
    field("descriptionUrl", "Where there is more to read", product?.descriptionUrl, { optional: true, hint: "An https address, which the product's page links to.", autocomplete: "off" }),
    h("div", { class: "pair" },
      field("unitNet.amount", "Net price in pounds", product ? (product.unitNet.amount / 100).toFixed(2) : "", { autocomplete: "off" }),
      choice("vatClass", "VAT", [["standard", "Standard"], ["reduced", "Reduced"], ["zero", "Zero"]], product?.vatClass ?? "standard"),
      field("weightGrams", "Weight in grams", product?.weightGrams === undefined ? "" : String(product.weightGrams), { autocomplete: "off" })),
    field("pictures", "Pictures", product?.pictures.join("\n"), { optional: true, hint: "An https address a line.", type: "textarea" }),
    field("mostPerOrder", "Most in one order", product?.mostPerOrder === undefined ? "" : String(product.mostPerOrder), { optional: true, hint: "Of what is scarce, so that nobody keeps it from all others. Empty for any number.", autocomplete: "off" }),
    tick("counted", "It is counted: what is sold is taken from the stock", product?.counted ?? false),
    tick("withdrawn", "It is withdrawn: nobody sees it in the list or can order it", product?.withdrawn ?? false),
    h("button", { type: "submit" }, product ? "Change it" : "Put it on sale"),
    said);
}

/** @param {Record<string, string>} values @param {Product | undefined} product @returns {Schemas["WriteProductRequest"]} */
function requestOf(values, product) {
  const amount = minorUnits(values["unitNet.amount"] ?? "");
  const weightGrams = Number(values.weightGrams);
  const mostPerOrder = values.mostPerOrder ? Number(values.mostPerOrder) : undefined;
  const errors = {
    ...(amount === null && { "unitNet.amount": ["An amount such as 249.00."] }),
    ...(!Number.isInteger(weightGrams) && { weightGrams: ["A whole number of grams."] }),
    ...(mostPerOrder !== undefined && !Number.isInteger(mostPerOrder) && { mostPerOrder: ["A whole number, or nothing."] }),
  };
  if (amount === null || Object.keys(errors).length > 0) throw new Problem(0, { errors });
  return {
    name: values.name ?? "", category: values.category ?? "", description: values.description ?? "", weightGrams,
    unitNet: { amount, currency: product?.unitNet.currency ?? "GBP" },
    vatClass: /** @type {Schemas["WriteProductRequest"]["vatClass"]} */ (values.vatClass),
    pictures: (values.pictures ?? "").split("\n").map((address) => address.trim()).filter(Boolean),
    counted: values.counted === "true",
    ...(values.descriptionUrl && { descriptionUrl: values.descriptionUrl }),
    ...(mostPerOrder !== undefined && { mostPerOrder }),
    withdrawn: values.withdrawn === "true",
  };
}
