// What somebody wants to buy: kept for all tabs, and nothing about the person.
import { announce, common, h, money } from "./page.js";

const mostOfOne = 10_000;
const isQuantity = (number) => Number.isInteger(number) && number >= 1 && number <= mostOfOne;

export const basket = {
  lines: () => Object.entries(common.get("basket") ?? {}).filter(([, quantity]) => isQuantity(quantity)).map(([sku, quantity]) => ({ sku, quantity })),
  of: (sku) => basket.lines().find((line) => line.sku === sku)?.quantity ?? 0,
  count: () => basket.lines().reduce((sum, line) => sum + line.quantity, 0),
  set(sku, quantity) {
    const lines = Object.fromEntries(basket.lines().map((line) => [line.sku, line.quantity]));
    if (quantity > 0) lines[sku] = Math.min(mostOfOne, quantity);
    else delete lines[sku];
    common.set("basket", lines);
    basket.showCount();
  },
  add: (sku) => basket.set(sku, basket.of(sku) + 1),
  showCount: () => (document.getElementById("basket-count").textContent = String(basket.count())),
};

/** What is in it, to be changed in place. */
export function basketTable(lines, products) {
  const totals = h("dl", { class: "totals" });
  const count = () => {
    const sum = (of) => lines.reduce((all, line) => all + of(products.get(line.sku), line.quantity), 0);
    const net = sum((product, quantity) => product.unitNet.amount * quantity);
    const vat = sum(vatOf);
    const { currency } = products.get(lines[0].sku).unitNet;
    totals.replaceChildren(
      h("dt", null, "Net"), h("dd", null, money({ amount: net, currency })),
      h("dt", null, "VAT"), h("dd", null, money({ amount: vat, currency })),
      h("dt", { class: "sum" }, "Total"), h("dd", { class: "sum" }, money({ amount: net + vat, currency })));
  };
  const change = (line, quantity) => {
    line.quantity = quantity;
    basket.set(line.sku, quantity);
    count();
    announce("The basket has changed.");
  };
  count();
  return h("section", { class: "card", "aria-labelledby": "basket-title" },
    h("h2", { id: "basket-title" }, "What you order"),
    h("ul", { class: "lines" }, lines.map((line) => basketLine(line, products.get(line.sku), (quantity) => change(line, quantity)))),
    totals);
}

/** Only what changes is written anew: a field that was made again would pull the focus back from wherever the person went. */
function basketLine(line, product, change) {
  const id = `quantity-${line.sku}`;
  const wrong = h("p", { class: "wrong", id: `${id}-wrong`, role: "alert" });
  const read = ({ target }) => {
    const isRight = target.value.trim() !== "" && isQuantity(Number(target.value));
    wrong.textContent = isRight ? "" : `A whole number from 1 to ${mostOfOne.toLocaleString("en-GB")}, please. ${line.quantity} in the basket as before.`;
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
    h("div", null, h("strong", null, product.name), h("span", { class: "hint" }, `${money(product.unitNet)} each, plus ${product.vatRate} % VAT`), wrong),
    h("div", { class: "quantity" },
      h("label", { for: id, class: "unseen" }, `Quantity of ${product.name}`),
      h("input", { id, type: "number", min: "1", max: String(mostOfOne), inputmode: "numeric", "aria-describedby": wrong.id, value: String(line.quantity), change: read }),
      h("button", { type: "button", class: "link", "aria-label": `Remove ${product.name}`, click: remove }, "Remove")));
  return item;
}

/** As the API counts it: on the line's net, half up to a whole minor unit. The order's own figures are the binding ones. */
const vatOf = (product, quantity) => Math.floor((product.unitNet.amount * quantity * Math.round(product.vatRate * 100) + 5_000) / 10_000);
