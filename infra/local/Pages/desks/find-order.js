// The order whose number somebody reads out.
import { api, body } from "../shared/api.js";
import { submit } from "../shared/forms.js";
import { lookUp } from "./parts.js";

/** @param {string} path Where this desk shows an order. */
export function findByNumber(path) {
  const look = async (/** @type {Record<string, string>} */ { number = "" }) => {
    const order = await body(api.GET("/orders/numbers/{number}", { params: { path: { number } } }));
    location.hash = `${path}/${order.id}`;
  };
  return lookUp("number", "Order number", "Find it", (event) => submit(event, look));
}
