// What the shop sells: the list with search and categories, and a page for each product.
import { Problem, anyone, body } from "../shared/api.js";
import { announce, byId, h, money, show } from "../shared/page.js";
import { basket } from "./basket.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["ProductView"]} Product */

/** @type {Map<string, Product> | undefined} */
let products;

/** By SKU, what the shop has most of first; asked for once a page, for the API lets it be kept for a minute. */
export async function loadProducts() {
  if (products) return products;
  const { items } = await body(anyone.GET("/products"));
  const byCategory = [...Map.groupBy(items, (product) => product.category).values()].sort((a, b) => b.length - a.length);
  products = new Map(byCategory.flat().map((product) => [product.sku, product]));
  return products;
}

/** @param {URLSearchParams} query What was looked for: q, and category. */
export async function showProducts(query) {
  const all = [...(await loadProducts()).values()];
  const list = h("ul", { class: "products" });
  const count = h("p", { class: "hint", role: "status" });
  const search = h("input", { id: "q", name: "q", type: "search", value: query.get("q") ?? "", autocomplete: "off" });
  const categories = ["", ...new Set(all.map((product) => product.category))];
  const chosen = query.get("category") ?? "";
  const choices = categories.map((category) => h("label", { class: "chip" },
    h("input", { type: "radio", name: "category", value: category, checked: category === chosen }), category || "Everything"));
  const form = h("form", { class: "search", role: "search", submit: (event) => event.preventDefault() },
    h("div", { class: "field" }, h("label", { for: "q" }, "Search"), search),
    h("fieldset", { class: "chips" }, h("legend", { class: "unseen" }, "Category"), choices));
  const narrow = () => {
    const asked = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value));
    const found = all.filter((product) => fits(product, asked));
    list.replaceChildren(...found.map(productCard));
    count.textContent = found.length === 0 ? "Nothing fits that. Try fewer words, or another category." : asked.size > 0 ? `${found.length} of ${all.length} products` : "";
    // So that a reload and the way back from a product show the same.
    history.replaceState(null, "", asked.size > 0 ? `#/?${asked}` : "#/");
  };
  form.addEventListener("input", narrow);
  narrow();
  show("Keep the lights on",
    h("p", { class: "lead" }, "Power protection, racks and cooling for server rooms of every size. Prices are net; VAT and delivery are added where they are known."),
    form, count, list);
}

/** Every word somewhere in the product. @param {Product} product @param {URLSearchParams} asked */
function fits(product, asked) {
  const category = asked.get("category");
  const text = [product.name, product.description, product.category, product.sku].join(" ").toLocaleLowerCase("en-GB");
  const words = (asked.get("q") ?? "").toLocaleLowerCase("en-GB").split(/\s+/);
  return (!category || product.category === category) && words.every((word) => text.includes(word));
}

/** @param {Product} product */
function productCard(product) {
  const link = `#/products/${product.sku}`;
  return h("li", { class: "card product" },
    picture(product),
    h("p", { class: "category" }, product.category),
    h("h2", null, h("a", { href: link }, product.name)),
    h("p", null, product.description),
    ...priceAndButton(product));
}

/** A name says what is on it already, so the picture is decoration. @param {Product} product */
function picture(product) {
  const [address] = product.pictures;
  return address ? h("img", { class: "picture", src: address, alt: "", width: "320", height: "240", loading: "lazy" }) : h("div", { class: "picture" });
}

/** @param {Product} product */
function priceAndButton(product) {
  return [
    h("p", { class: "price" }, h("strong", null, money(product.unitNet)), h("span", { class: "hint" }, `${money(product.unitGross)} with VAT`)),
    product.availability === "out_of_stock"
      ? h("p", { class: "out" }, "Out of stock")
      : h("button", { type: "button", "aria-label": `Add to basket: ${product.name}`, click: (event) => add(event.currentTarget, product) }, "Add to basket"),
  ];
}

/** @param {HTMLButtonElement} button @param {Product} product */
function add(button, product) {
  basket.add(product.sku);
  button.textContent = "Added · add another";
  button.setAttribute("aria-label", `${button.textContent}: ${product.name}`);
  announce(`${product.name} is in the basket, which holds ${basket.count()}.`);
}

/** @param {string} sku */
export async function showProduct(sku) {
  const product = (await loadProducts()).get(decodeURIComponent(sku));
  if (!product) throw new Problem(404, { title: "There is no such product." });
  show(product.name,
    h("p", null, h("a", { href: `#/?category=${encodeURIComponent(product.category)}` }, `All of ${product.category}`)),
    h("div", { class: "columns" },
      picture(product),
      h("section", { class: "card product", "aria-labelledby": "buy-title" },
        h("h2", { id: "buy-title" }, "What it is"),
        h("p", null, product.description),
        product.descriptionUrl && h("p", null, h("a", { href: product.descriptionUrl }, "More about it")),
        h("dl", { class: "totals" },
          h("dt", null, "Number"), h("dd", null, product.sku),
          h("dt", null, "VAT"), h("dd", null, `${product.vatRate} %`),
          product.weightGrams && [h("dt", null, "Weight, packed"), h("dd", null, weight(product.weightGrams))],
          h("dt", null, "Availability"), h("dd", null, product.availability === "out_of_stock" ? "Out of stock" : "In stock")),
        ...priceAndButton(product))));
  byId("main").querySelector("img.picture")?.removeAttribute("loading");
}

/** @param {number} grams */
const weight = (grams) => grams < 1_000 ? `${grams} g` : `${(grams / 1_000).toLocaleString("en-GB")} kg`;
