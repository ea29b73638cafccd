// One tab at a time orders the basket that all share. Which key the lines are ordered under is kept for all tabs, and nothing about
// the person: where a tab is closed in the middle, the next one goes on under the same key, and nothing is ordered twice.
import { newKey } from "../shared/api.js";
import { common } from "../shared/memory.js";

/** @import { Line } from "./basket.js" */

/** @type {(() => void) | null} Lets the next tab order. */
let letGo = null;

/** Keeps the other tabs from ordering, until it is ended or this page is left. @returns {Promise<boolean>} False where another tab is ordering. */
export function holdOrdering() {
  if (letGo) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request("shop.ordering", { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise((/** @type {(value: void) => void} */ done) => { letGo = done; });
    });
  });
}

/** The key of a tab that had begun to order the same, else a new one. @param {Line[]} lines @returns {string} */
export function keyFor(lines) {
  const begun = common.get("ordering");
  const key = begun && JSON.stringify(begun.lines) === JSON.stringify(lines) ? begun.key : newKey();
  common.set("ordering", { key, lines });
  return key;
}

/** Once it is known how it went, or nobody wants to know. */
export function endOrdering() {
  common.drop("ordering");
  letOthersOrder();
}

export function letOthersOrder() {
  letGo?.();
  letGo = null;
}
