// The finance desk: money that is stuck, and one order's money.
import { api, body } from "../shared/api.js";
import { h } from "../shared/page.js";
import { showDisputes } from "./disputes.js";
import { showMoney } from "./finance-order.js";
import { findByNumber } from "./find-order.js";
import { financePages } from "./pages-of-desks.js";
import { pages, part, showDesk } from "./parts.js";
import { reviewItem } from "./reviews.js";

const pageSize = 20;

/** @param {string} page @param {string} id */
export function showFinance(page, id) {
  if (page === "orders") return showMoney(id);
  if (page === "disputes") return showDisputes();
  showDesk("Stuck money", financePages, findByNumber("#/finance/orders"),
    part("Orders that a person has to look at, that owe money, or of which a parcel came back or got lost", (again) => pages(
      (continuation) => body(api.GET("/reviews", { params: { query: { limit: pageSize, continuation } } })),
      (reviews) => h("ul", { class: "items" }, reviews.map((review) => reviewItem(review, again)))), "No money is stuck."));
}
