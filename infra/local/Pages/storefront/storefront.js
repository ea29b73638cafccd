// The storefront: which view is shown. It uses the public API and the sign-in authority, and nothing else, so what it does any
// storefront can do.
import { Problem } from "../shared/api.js";
import { problemBox } from "../shared/forms.js";
import { byId, h, show, showLoading, skipLink } from "../shared/page.js";
import { person, resumeSession, settings, signIn, signOut } from "../shared/sign-in.js";
import { showAccount } from "./account.js";
import { editAddress } from "./addresses.js";
import { basket } from "./basket.js";
import { showProduct, showProducts } from "./catalogue.js";
import { checkout, hasUnfinishedOrder } from "./checkout.js";
import { showContact, showNewsletter } from "./letters.js";
import { showOrder, showOrders, stopWatching } from "./orders.js";

let views = Promise.resolve();

/** One after the other, so that a slow view never takes the place of one that was asked for after it. */
const go = () => { views = views.then(route); };

async function route() {
  stopWatching();
  const [path = "", query] = location.hash.replace(/^#\//, "").split("?");
  const [view = "", id = "", how = "", what = ""] = path.split("/");
  showPerson();
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("nav [data-view]"))) {
    if (link.dataset.view === (view || "products")) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  try {
    showLoading();
    await showView(view, id, how, what, new URLSearchParams(query));
  } catch (error) {
    if (error instanceof Problem && error.status === 404) showNothing();
    else show("That did not work", problemBox(error, go));
  }
}

/** @param {string} view @param {string} id @param {string} how @param {string} what @param {URLSearchParams} query */
function showView(view, id, how, what, query) {
  if (view === "" && !id) return showProducts(query);
  if (view === "products" && id) return showProduct(id);
  if (view === "checkout") return checkout();
  if (view === "contact") return showContact();
  if (view === "newsletter") return showNewsletter();
  if (view !== "orders" && view !== "account") return showNothing();
  if (!person()) return askToSignIn(view);
  if (view === "orders") return id ? showOrder(id, how === "returned" ? what : null) : showOrders();
  return id === "addresses" ? editAddress(how) : showAccount();
}

function showNothing() {
  show("There is nothing here", h("p", null, "The shop has no page at this address."), h("p", null, h("a", { href: "#/" }, "See the products")));
}

/** @param {string} view */
function askToSignIn(view) {
  show(view === "orders" ? "Your orders" : "Your account",
    h("p", null, "Sign in first. Any e-mail address will do: the sign-in on this machine believes what you type."),
    h("button", { type: "button", click: () => signIn() }, "Sign in"));
}

function showPerson() {
  const who = person();
  byId("person").replaceChildren(...(who
    ? [h("span", { title: who.email }, who.name || who.email), h("button", { type: "button", class: "link", click: signOut }, "Sign out")]
    : [h("button", { type: "button", class: "link", click: () => signIn() }, "Sign in")]));
}

async function start() {
  const behind = [[settings.stripeSandbox, "Stripe sandbox"], [settings.payPalSandbox, "PayPal sandbox"], [settings.mails, "Mails"]];
  byId("behind").prepend(...behind.filter(([href]) => href).map(([href, text]) => h("a", { href, target: "_blank", rel: "noopener" }, text)));
  basket.showCount();
  // Another tab has put something into it.
  window.addEventListener("storage", basket.showCount);
  skipLink();
  window.addEventListener("hashchange", go);
  window.addEventListener("pageshow", (event) => {
    // The browser's back button brings the page as it was left, perhaps in the middle of leaving.
    if (!event.persisted) return;
    views = Promise.resolve();
    go();
  });
  try {
    await resumeSession();
  } catch (error) {
    showPerson();
    show("You are not signed in", problemBox(error, () => signIn("#/")));
    return;
  }
  // What PayPal puts into the address proves nothing; the API asks PayPal itself.
  if (new URLSearchParams(location.search).has("token")) history.replaceState(null, "", `/${location.hash}`);
  if (hasUnfinishedOrder()) history.replaceState(null, "", "/#/checkout");
  go();
}

await start();
