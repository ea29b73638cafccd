// What somebody wants to buy: kept for all tabs, and nothing about the person.
import { common } from "../shared/memory.js";
import { announce, byId, h, money } from "../shared/page.js";

/** @import { Product } from "./catalogue.js" */
/** @typedef {{ sku: string, quantity: number }} Line */

const mostOfOne = 10_000;
const isQuantity = (/** @type {unknown} */ number) => Number.isInteger(number) && Number(number) >= 1 && Number(number) <= mostOfOne;

export const basket = {
  /** @returns {Line[]} */
  lines: () => Object.entries(common.get("basket") ?? {}).filter(([, quantity]) => isQuantity(quantity)).map(([sku, quantity]) => ({ sku, quantity: Number(quantity) })),
  /** @param {string} sku */
  of: (sku) => basket.lines().find((line) => line.sku === sku)?.quantity ?? 0,
  count: () => basket.lines().reduce((sum, line) => sum + line.quantity, 0),
  /** @param {string} sku @param {number} quantity */
  set(sku, quantity) {
    const lines = Object.fromEntries(basket.lines().map((line) => [line.sku, line.quantity]));
    if (quantity > 0) lines[sku] = Math.min(mostOfOne, quantity);
    else delete lines[sku];
    common.set("basket", lines);
    basket.showCount();
  },
  /** @param {string} sku */
  add: (sku) => basket.set(sku, basket.of(sku) + 1),
  showCount: () => { byId("basket-count").textContent = String(basket.count()); },
};

/**
 * What is in it, to be changed in place.
 * @param {Line[]} lines @param {Map<string, Product>} products @param {() => void} changed
 */
export function basketTable(lines, products, changed) {
  const totals = h("dl", { class: "totals" });
  const rows = lines.flatMap((line) => {
    const product = products.get(line.sku);
    return product ? [{ line, product }] : [];
  });
  const count = () => {
    const currency = rows[0]?.product.unitNet.currency ?? "GBP";
    const net = rows.reduce((sum, { line, product }) => sum + product.unitNet.amount * line.quantity, 0);
    const vat = rows.reduce((sum, { line, product }) => sum + vatOf(product, line.quantity), 0);
    totals.replaceChildren(
      h("dt", null, "Net"), h("dd", null, money({ amount: net, currency })),
      h("dt", null, "VAT"), h("dd", null, money({ amount: vat, currency })),
      h("dt", { class: "sum" }, "Total"), h("dd", { class: "sum" }, money({ amount: net + vat, currency })));
  };
  const change = (/** @type {Line} */ line, /** @type {number} */ quantity) => {
    line.quantity = quantity;
    basket.set(line.sku, quantity);
    count();
    changed();
    announce("The basket has changed.");
  };
  count();
  return h("section", { class: "card", "aria-labelledby": "basket-title" },
    h("h2", { id: "basket-title" }, "What you order"),
    h("ul", { class: "lines" }, rows.map(({ line, product }) => basketLine(line, product, (quantity) => change(line, quantity)))),
    totals,
    h("p", { class: "hint" }, "With this country's VAT and without delivery, which follow where it goes."));
}

/**
 * Only what changes is written anew: a field that was made again would pull the focus back from wherever the person went.
 * @param {Line} line @param {Product} product @param {(quantity: number) => void} change @returns {HTMLLIElement}
 */
function basketLine(line, product, change) {
  const id = `quantity-${line.sku}`;
  const most = product.mostPerOrder ?? mostOfOne;
  const wrong = h("p", { class: "wrong", id: `${id}-wrong`, role: "alert" });
  const read = (/** @type {{ target: HTMLInputElement }} */ { target }) => {
    const isRight = target.value.trim() !== "" && isQuantity(Number(target.value)) && Number(target.value) <= most;
    wrong.textContent = isRight ? "" : `A whole number from 1 to ${most.toLocaleString("en-GB")}, please. ${line.quantity} in the basket as before.`;
    if (isRight) target.removeAttribute("aria-invalid");
    else target.setAttribute("aria-invalid", "true");
    if (isRight) change(Number(target.value));
  };
  const remove = () => {
    const before = line.quantity;
    const undo = h("button", { type: "button", class: "link", "aria-label": `Put ${product.name} back`, click: () => { change(before); item.replaceWith(basketLine(line, product, change)); } }, "Undo");
    change(0);
    item.replaceChildren(h("span", { class: "hint" }, `${product.name} is out of the basket.`), undo);
    undo.focus();
  };
  const item = h("li", null,
    h("div", null,
      h("strong", null, h("a", { href: `#/products/${product.sku}` }, product.name)),
      h("span", { class: "hint" }, `${money(product.unitNet)} each, plus ${product.vatRate} % VAT`),
      product.availability === "out_of_stock" && h("span", { class: "out" }, "Out of stock at the moment"), wrong),
    h("div", { class: "quantity" },
      h("label", { for: id, class: "unseen" }, `Quantity of ${product.name}`),
      h("input", { id, type: "number", min: "1", max: String(most), inputmode: "numeric", "aria-describedby": wrong.id, value: String(line.quantity), change: read }),
      h("button", { type: "button", class: "link", "aria-label": `Remove ${product.name}`, click: remove }, "Remove")));
  return item;
}

/** As the API counts it: on the line's net, half up to a whole minor unit. The order's own figures are the binding ones. @param {Product} product @param {number} quantity */
const vatOf = (product, quantity) => Math.floor((product.unitNet.amount * quantity * Math.round(product.vatRate * 100) + 5_000) / 10_000);
