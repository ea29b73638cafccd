// The delivery address, and placing the order.
import { Problem, call } from "./api.js";
import { basket, basketTable } from "./basket.js";
import { field, h, markFields, memory, money, problemBox, show } from "./page.js";
import { providers, startPayment } from "./order.js";
import { person, signIn } from "./sign-in.js";

const countries = ["GB", "IE", "BE", "DE", "DK", "ES", "FR", "IT", "NL", "NO", "SE", "US"];
const sample = {
  name: "Analytical Engines Ltd", "deliveryAddress.name": "Ada Lovelace", "deliveryAddress.line1": "12 St James's Square",
  "deliveryAddress.city": "London", "deliveryAddress.postcode": "SW1Y 4JH", "deliveryAddress.country": "GB", purchaseOrderNumber: "PO-1843",
};

/** The basket beside the form that places the order. */
export async function checkout(products) {
  if (hasUnfinishedOrder()) return finish();
  const lines = basket.lines().filter((line) => products.has(line.sku));
  if (lines.length === 0) {
    show("Basket", h("p", null, "Your basket is empty."), h("p", null, h("a", { href: "#/" }, "See the products")));
    return;
  }

  const account = person() ? await findAccount() : null;
  const next = person() ? addressForm(account, lines, memory.get("form") ?? (account ? await lastAddress() : {})) : signInBox();
  show("Basket", h("div", { class: "columns" }, basketTable(lines, products), next));
}

/** True when an order was sent and nobody heard how it went, for instance because the page was refreshed. */
export const hasUnfinishedOrder = () => person() !== null && memory.get("attempt")?.email === person().email;

function signInBox() {
  return h("section", { class: "card", "aria-labelledby": "sign-in-title" },
    h("h2", { id: "sign-in-title" }, "Sign in to order"),
    h("p", null, "Any e-mail address will do: the sign-in on this machine believes what you type."),
    h("button", { type: "button", click: () => signIn("#/checkout") }, "Sign in"));
}

async function findAccount() {
  try {
    return (await call("GET", "account")).body;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/** Where the last order went: most people order to the same place again. */
async function lastAddress() {
  const [last] = (await call("GET", "orders?limit=1")).body.items;
  const address = last && (await call("GET", `orders/${last.id}`)).body.deliveryAddress;
  return Object.fromEntries(Object.entries(address ?? {}).map(([name, value]) => [`deliveryAddress.${name}`, value]));
}

function addressForm(account, lines, known) {
  const text = (path, label, options) => field(path, label, known[path] ?? "", options);
  const form = h("form", { class: "card", novalidate: true, submit: (event) => submit(event, account, lines), input: () => memory.set("form", valuesOf(form)), change: () => quote(form, lines) },
    h("h2", null, "Where it goes"),
    h("div", { class: "problems" }),
    account
      ? h("p", null, "Ordering as ", h("strong", null, [account.name, account.company].filter(Boolean).join(", ")), ".")
      : h("fieldset", null, h("legend", null, "Your account"),
        h("p", { class: "hint" }, "This is your first order, so it opens your account."),
        field("name", "Your name", known.name ?? person().name ?? "", { autocomplete: "name" }),
        text("company", "Company", { optional: true, autocomplete: "organization" }),
        text("phone", "Telephone", { optional: true, autocomplete: "tel", type: "tel" })),
    h("fieldset", null, h("legend", null, "Delivery address"),
      h("button", { type: "button", class: "link", click: () => fillIn(form, lines) }, "Fill in a sample address"),
      text("deliveryAddress.name", "Name", { autocomplete: "shipping name" }),
      text("deliveryAddress.line1", "Street", { autocomplete: "shipping address-line1" }),
      text("deliveryAddress.line2", "Second line", { optional: true, autocomplete: "shipping address-line2" }),
      h("div", { class: "pair" },
        text("deliveryAddress.city", "Town or city", { autocomplete: "shipping address-level2" }),
        text("deliveryAddress.postcode", "Postcode", { autocomplete: "shipping postal-code" })),
      countryField(known["deliveryAddress.country"] ?? "GB")),
    text("purchaseOrderNumber", "Your purchase order number", { optional: true }),
    h("fieldset", null, h("legend", null, "How you pay"), Object.entries(providers).map(([name, words]) => providerChoice(name, words, known.provider ?? "stripe"))),
    h("p", { class: "hint", id: "quote", role: "status" }),
    h("button", { type: "submit" }, "Place order and pay"));
  // The address of the last order may be all that it needs.
  quote(form, lines);
  return form;
}

function providerChoice(name, words, chosen) {
  return h("label", { class: "choice" }, h("input", { type: "radio", name: "provider", value: name, checked: name === chosen }), words.choice);
}

function countryField(chosen) {
  const names = new Intl.DisplayNames("en-GB", { type: "region" });
  const id = "deliveryAddress.country";
  return h("div", { class: "field" }, h("label", { for: id }, "Country"),
    h("select", { id, name: id, autocomplete: "shipping country" }, countries.map((code) => h("option", { value: code, selected: code === chosen }, names.of(code)))));
}

function fillIn(form, lines) {
  for (const [path, value] of Object.entries(sample)) {
    const input = form.elements.namedItem(path === "name" ? "company" : path);
    if (input && (path !== "name" || !input.value)) input.value = value;
  }
  memory.set("form", valuesOf(form));
  quote(form, lines);
  form.querySelector("[type=submit]").focus();
}

/** Which question was the last: an answer that comes after a later one was asked is about another address. */
let asked = 0;

/** What the order costs where it goes, once that is known: the basket knows neither the delivery nor another country's VAT. */
async function quote(form, lines) {
  const question = ++asked;
  const words = form.querySelector("#quote");
  if (Object.keys(missingIn(form)).length > 0) {
    words.textContent = "";
    return;
  }

  const say = (text) => { if (question === asked) words.textContent = text; };
  try {
    const { currency, gross, lines: priced } = (await call("POST", "orders/quote", { body: orderOf(form, lines) })).body;
    const delivery = priced.filter((line) => line.isDelivery).reduce((sum, line) => sum + line.net.amount, 0);
    say(`${delivery > 0 ? `Delivery is ${money({ amount: delivery, currency })} net` : "Delivery is free"}. All together, with VAT: ${money(gross)}.`);
  } catch (error) {
    say(error.errors?.["deliveryAddress.country"]?.[0] ?? Object.values(error.errors ?? {})[0]?.[0] ?? error.title ?? "");
  }
}

function orderOf(form, lines) {
  const values = valuesOf(form);
  const part = (name) => values[name] || undefined;
  const deliveryAddress = Object.fromEntries(["name", "line1", "line2", "city", "postcode", "country"].map((name) => [name, part(`deliveryAddress.${name}`)]));
  return { lines: lines.filter((line) => line.quantity > 0).map(({ sku, quantity }) => ({ sku, quantity })), deliveryAddress, purchaseOrderNumber: part("purchaseOrderNumber") };
}

const valuesOf = (form) => Object.fromEntries([...new FormData(form)].map(([path, value]) => [path, value.trim()]));

/** What is plainly missing need not be asked of the shop; everything else the API knows better. */
const missingIn = (form) => Object.fromEntries([...form.querySelectorAll("[aria-required]")].filter((input) => !input.value.trim())
  .map((input) => [input.id, ["This is needed."]]));

function showProblem(form, error) {
  markFields(form, error.errors);
  form.querySelector(".problems").replaceChildren(problemBox(error));
  form.querySelector(".problems").scrollIntoView({ block: "center" });
  (form.querySelector("[aria-invalid]") ?? form.querySelector("[type=submit]")).focus({ preventScroll: true });
}

async function submit(event, account, lines) {
  event.preventDefault();
  const form = event.target;
  const errors = missingIn(form);
  if (lines.every((line) => line.quantity === 0)) return showProblem(form, { title: "Your basket is empty." });
  if (Object.keys(errors).length > 0) return showProblem(form, { errors });
  const values = valuesOf(form);
  const part = (name) => values[name] || undefined;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    if (!account) await call("POST", "account", { body: { name: values.name, company: part("company"), phone: part("phone") } });
    // Kept until the answer is known: a refresh or a lost connection asks again under the same key, and gets the same order.
    memory.set("attempt", { key: crypto.randomUUID(), email: person().email, provider: values.provider, body: orderOf(form, lines) });
    await placeOrder();
  } catch (error) {
    if (memory.get("attempt")) return finishLater(error);
    button.disabled = false;
    showProblem(form, error);
  } finally {
    button.disabled = false;
  }
}

async function placeOrder() {
  const { key, body, provider } = memory.get("attempt");
  let order;
  try {
    order = (await call("POST", "orders", { body, headers: { "Idempotency-Key": key } })).body;
  } catch (error) {
    // A clear no ends the attempt; after anything else the order may be there.
    if (error instanceof Problem && !error.isUnclear) memory.drop("attempt");
    throw error;
  }

  memory.drop("attempt");
  memory.drop("form");
  // What was put into the basket since then stays in it.
  for (const { sku, quantity } of body.lines) basket.set(sku, basket.of(sku) - quantity);
  try {
    await startPayment(order.id, provider);
  } catch (error) {
    memory.set("flash", { title: error.title ?? error.message, detail: error.detail, traceId: error.traceId });
    location.hash = `#/orders/${order.id}`;
  }
}

async function finish() {
  show("Placing your order", h("p", null, "One moment …"));
  try {
    await placeOrder();
  } catch (error) {
    if (memory.get("attempt")) finishLater(error);
    else show("Your order was not placed", problemBox(error), h("p", null, h("a", { href: "#/" }, "Back to the products")));
  }
}

function finishLater(error) {
  show("We do not know yet whether your order arrived",
    problemBox(error, finish),
    h("p", null, "Trying again is safe: it never orders twice."));
}
