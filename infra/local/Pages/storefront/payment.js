// Paying for an order on a provider's page.
import { api, body } from "../shared/api.js";

/** @typedef {"stripe" | "paypal"} Provider */

/** Who can be paid through, and how these pages speak of it. @type {Record<Provider, { name: string, choice: string, action: string }>} */
export const providers = {
  stripe: { name: "Stripe", choice: "Card or bank debit", action: "Pay by card" },
  paypal: { name: "PayPal", choice: "PayPal", action: "Pay with PayPal" },
};

/** @param {string | null} text @returns {text is Provider} */
export const isProvider = (text) => text !== null && Object.hasOwn(providers, text);

/** Leaves for the provider's page; comes back to the order, paid or not. @param {string} id @param {string} provider */
export async function startPayment(id, provider) {
  const home = `${location.origin}/#/orders/${id}`;
  const { redirectUrl } = await body(api.POST("/orders/{id}/payments", { params: { path: { id } }, body: { provider, returnUrl: `${home}/returned/${provider}`, cancelUrl: home } }));
  history.replaceState(null, "", `/#/orders/${id}`);
  location.assign(redirectUrl);
}

/** Faster than the provider's webhook, which comes to the same; what was declined is thrown. @param {string} id @param {Provider} provider */
export const confirmPayment = (id, provider) => body(api.POST("/orders/{id}/payments/confirm", { params: { path: { id } }, body: { provider } }));

/** @type {unknown} */
let note = null;

/** What the order's page is to say when it is shown next. @param {unknown} error */
export const leaveNote = (error) => { note = error; };

export function takeNote() {
  const left = note;
  note = null;
  return left;
}
