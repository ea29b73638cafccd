// The basket, where it goes, what it costs there, and placing the order.
import { Problem, api, body, bodyOrNull } from "../shared/api.js";
import { choice, field, missingIn, problemBox, submit, valuesOf } from "../shared/forms.js";
import { memory } from "../shared/memory.js";
import { find, h, money, show } from "../shared/page.js";
import { person, signIn } from "../shared/sign-in.js";
import { findAccount, openAccountForm } from "./account-of.js";
import { addressBook, addressFields, addressOf, oneLine, sample } from "./addresses.js";
import { basket, basketTable } from "./basket.js";
import { loadProducts } from "./catalogue.js";
import { endOrdering, holdOrdering, keyFor, letOthersOrder } from "./ordering.js";
import { leaveNote, providers, startPayment } from "./payment.js";

/** @import { Schemas } from "../shared/api.js" */
/** @import { Address } from "./addresses.js" */
/** @import { Line } from "./basket.js" */
/** @typedef {{ lines: Line[], addresses: Address[] }} Order What is ordered, and where it may go. */
/** @typedef {{ key: string, addressId: string, billingId?: string, provider: string, purchaseOrderNumber: string | null, lines: Line[] }} Attempt Where it goes stands in the address book, and not in the browser. */

const another = "another";

/** The basket beside the form that places the order. @param {Problem | null} [notice] What is to be said first. */
export async function checkout(notice = null) {
  if (hasUnfinishedOrder()) return lookBack();
  const products = await loadProducts();
  const lines = basket.lines().filter((line) => products.has(line.sku));
  if (lines.length === 0) {
    show("Basket", notice && problemBox(notice), h("p", null, "Your basket is empty."), h("p", null, h("a", { href: "#/" }, "See the products")));
    return;
  }

  const { form, changed } = await nextForm(lines);
  show("Basket", notice && problemBox(notice), h("div", { class: "columns" }, basketTable(lines, products, changed), form));
  // The usual address may be all that it needs.
  changed();
}

/** True when an order was sent and nobody heard how it went, for instance because the page was reloaded. */
export const hasUnfinishedOrder = () => person() !== null && memory.get("attempt") !== null;

/** @param {Line[]} lines @returns {Promise<{ form: HTMLElement, changed: () => void }>} What is to be done next, and what follows a change of the basket. */
async function nextForm(lines) {
  if (!person()) return { form: signInBox(), changed() {} };
  const account = await findAccount();
  if (!account) return { form: openAccountForm("Your first order opens your account.", () => checkout()), changed() {} };
  const order = { lines, addresses: await addressBook() };
  const form = orderForm(account.body, order);
  return { form, changed: () => quote(form, order) };
}

function signInBox() {
  return h("section", { class: "card", "aria-labelledby": "sign-in-title" },
    h("h2", { id: "sign-in-title" }, "Sign in to order"),
    h("p", null, "Any e-mail address will do: the sign-in on this machine believes what you type."),
    h("button", { type: "button", click: () => signIn("#/checkout") }, "Sign in"));
}

/** @param {Schemas["AccountView"]} account @param {Order} order */
function orderForm(account, order) {
  const usual = order.addresses.find((address) => address.defaultDelivery) ?? order.addresses[0];
  const payer = order.addresses.find((address) => address.defaultBilling);
  const known = order.addresses.map((address) => /** @type {[string, string]} */ ([address.id, oneLine(address)]));
  /** @type {HTMLFieldSetElement} */
  const fields = h("fieldset", { hidden: Boolean(usual), disabled: Boolean(usual) }, h("legend", null, "Delivery address"),
    h("button", { type: "button", class: "link", click: () => fillIn(form, order) }, "Fill in a sample address"),
    addressFields(),
    h("p", { class: "hint" }, "It is kept in your address book, where you can change and delete it."));
  const change = () => {
    fields.hidden = fields.disabled = isKnown(form);
    quote(form, order);
  };
  /** @type {HTMLFormElement} */
  const form = h("form", { class: "card", novalidate: true, change, submit: (event) => submit(event, (values) => place(values, order)) },
    h("h2", null, "Delivery and payment"),
    h("div", { class: "problems" }),
    h("p", null, "Ordering as ", h("strong", null, [account.name, account.company].filter(Boolean).join(", ")), "."),
    usual && choice("address", "Where it goes", [...known, [another, "Another address"]], usual.id),
    fields,
    known.length > 0 && choice("billing", "Whom the invoice names", [["", "Who gets the goods"], ...known], payer && payer !== usual ? payer.id : ""),
    field("purchaseOrderNumber", "Your purchase order number", "", { optional: true }),
    h("fieldset", null, h("legend", null, "How you pay"), Object.entries(providers).map(([name, words]) => providerChoice(name, words.choice))),
    h("p", { class: "quote", id: "quote", role: "status" }),
    h("button", { type: "submit" }, "Place order and pay"));
  return form;
}

/** @param {string} name @param {string} words */
const providerChoice = (name, words) => h("label", { class: "choice" }, h("input", { type: "radio", name: "provider", value: name, checked: name === "stripe" }), words);

/** @param {HTMLFormElement} form */
const isKnown = (form) => ![undefined, another].includes(valuesOf(form).address);

/** @param {HTMLFormElement} form @param {Order} order */
function fillIn(form, order) {
  for (const [path, value] of Object.entries(sample)) {
    const input = form.elements.namedItem(path);
    if (input instanceof HTMLInputElement || input instanceof HTMLSelectElement) input.value = value;
  }
  quote(form, order);
  find(form, "button", "[type=submit]").focus();
}

/** Which question was the last: an answer that comes after a later one was asked is about another address. */
let asked = 0;

/**
 * What the order costs where it goes, or why it cannot go there: the basket knows neither the delivery nor another country's VAT.
 * @param {HTMLFormElement} form @param {Order} order
 */
async function quote(form, { lines, addresses }) {
  const question = ++asked;
  const words = find(form, "p", "#quote");
  const ordered = lines.filter((line) => line.quantity > 0);
  words.classList.remove("refused");
  if (ordered.length === 0 || Object.keys(missingIn(form)).length > 0) {
    words.textContent = "";
    return;
  }

  const values = valuesOf(form);
  const deliveryAddress = destinationOf(addresses.find((address) => address.id === values.address)) ?? addressOf(values);
  let text, isRefused = false;
  try {
    const { currency, gross, lines: priced } = await body(api.POST("/orders/quote", { body: { lines: ordered, deliveryAddress } }));
    const delivery = priced.filter((line) => line.isDelivery).reduce((sum, line) => sum + line.net.amount, 0);
    text = `${delivery > 0 ? `Delivery is ${money({ amount: delivery, currency })} net` : "Delivery is free"}. All together, with VAT: ${money(gross)}.`;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    text = Object.values(error.errors ?? {}).flat().join(" ") || [error.title, error.detail].filter(Boolean).join(" ");
    isRefused = true;
  }

  if (question !== asked) return;
  words.textContent = text;
  words.classList.toggle("refused", isRefused);
}

/** An address of the book as an order takes it. @param {Address} [address] @returns {Schemas["DeliveryAddressInput"] | undefined} */
const destinationOf = (address) => address && (({ name, line1, line2, city, region, postcode, country }) => ({ name, line1, line2, city, region, postcode, country }))(address);

/** @param {Record<string, string>} values @param {Order} order */
async function place(values, { lines, addresses }) {
  const ordered = lines.filter((line) => line.quantity > 0);
  if (ordered.length === 0) throw new Problem(0, { title: "Your basket is empty." });
  // Another tab has ordered it, or changed it: nobody orders what they do not see.
  if (ordered.some((line) => basket.of(line.sku) !== line.quantity) || ordered.length !== basket.lines().length)
    return checkout(new Problem(0, { title: "Your basket has changed in another tab. Please look at it again." }));
  if (!(await holdOrdering())) throw new Problem(0, { title: "This basket is being ordered in another tab.", detail: "Go on there. Where you do not want to, close that tab, and order here." });

  const address = addresses.find(({ id }) => id === values.address) ?? await newAddress(values);
  // Kept until the answer is known: a reload or a lost connection asks again under the same key, and gets the same order.
  memory.set("attempt", { key: keyFor(ordered), addressId: address.id, billingId: values.billing || undefined, provider: values.provider, purchaseOrderNumber: values.purchaseOrderNumber || null, lines: ordered });
  await finish();
}

/** @param {Record<string, string>} values */
async function newAddress(values) {
  try {
    return await body(api.POST("/account/addresses", { body: addressOf(values) }));
  } catch (error) {
    letOthersOrder();
    throw error;
  }
}

/** The page was opened again before the answer came: nothing is ordered unless the person says so once more. */
async function lookBack() {
  await holdOrdering();
  showUnclear(new Problem(0, { title: "This page was left before the shop had answered." }));
}

/** @param {unknown} error */
function showUnclear(error) {
  const leaveIt = () => {
    endAttempt();
    return checkout(new Problem(0, { title: "Nothing more is ordered.", detail: "If the order had arrived, it is among your orders, and you can cancel it there." }));
  };
  show("We do not know yet whether your order arrived", problemBox(error, finish),
    h("p", null, "Trying again is safe: it never orders twice."),
    h("button", { type: "button", class: "quiet", click: leaveIt }, "Do not order"));
}

function endAttempt() {
  memory.drop("attempt");
  endOrdering();
}

/** Places what has been sent but not answered. */
async function finish() {
  show("Placing your order", h("p", { role: "status" }, "One moment …"));
  try {
    await placeOrder(memory.get("attempt"));
  } catch (error) {
    if (memory.get("attempt")) return showUnclear(error);
    show("Your order was not placed", problemBox(error), h("p", null, h("a", { href: "#/checkout", click: () => checkout() }, "Back to the basket")));
  }
}

/** @param {Attempt} attempt */
async function placeOrder({ key, addressId, billingId, provider, purchaseOrderNumber, lines }) {
  const order = await orderUnder(key, { lines, purchaseOrderNumber }, addressId, billingId === addressId ? undefined : billingId);
  // A reload, and whoever comes back by the browser's own button, finds the order and not the form that placed it.
  history.replaceState(null, "", `/#/orders/${order.id}`);
  // What was put into the basket since then stays in it.
  for (const { sku, quantity } of lines) basket.set(sku, basket.of(sku) - quantity);
  endAttempt();
  try {
    await startPayment(order.id, provider);
  } catch (error) {
    leaveNote(error);
    window.dispatchEvent(new Event("hashchange"));
  }
}

/** @param {string} id */
async function addressUnder(id) {
  const address = destinationOf(await bodyOrNull(api.GET("/account/addresses/{id}", { params: { path: { id } } })) ?? undefined);
  if (!address) throw new Problem(404, { title: "The address is no longer in your address book." });
  return address;
}

/** @param {string} key @param {Omit<Schemas["PlaceOrderRequest"], "deliveryAddress">} wanted @param {string} addressId @param {string} [billingId] Whom the invoice names, where that is another one. */
async function orderUnder(key, wanted, addressId, billingId) {
  try {
    const deliveryAddress = await addressUnder(addressId);
    const billingAddress = billingId ? await addressUnder(billingId) : undefined;
    return await body(api.POST("/orders", { params: { header: { "Idempotency-Key": key } }, body: { ...wanted, deliveryAddress, billingAddress } }));
  } catch (error) {
    // A clear no ends the attempt; after anything else the order may be there.
    if (error instanceof Problem && !error.isUnclear) endAttempt();
    // Another tab, which is closed by now, had begun to order this basket in another way, and it did arrive.
    if (error instanceof Problem && error.name === "idempotency-key-reused") throw new Problem(0, { title: "This basket was ordered before, in another tab.", detail: "Look at your orders." });
    throw error;
  }
}
