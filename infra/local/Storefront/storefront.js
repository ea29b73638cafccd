// The storefront: which view is shown, and the list of products. It uses the public API and the sign-in authority,
// and nothing else, so what it does any storefront can do.
import { Problem, call } from "./api.js";
import { basket } from "./basket.js";
import { checkout, hasUnfinishedOrder } from "./checkout.js";
import { showOrder, showOrders, stopWatching } from "./order.js";
import { announce, h, money, problemBox, show } from "./page.js";
import { finishSignIn, joinOtherTabs, person, settings, signIn, signOut } from "./sign-in.js";

let views = Promise.resolve();

/** One after the other, so that a slow view never takes the place of one that was asked for after it. */
const go = () => { views = views.then(route); };

async function route() {
  stopWatching();
  const [view = "", id, how, provider] = location.hash.replace(/^#\//, "").replace(/\?.*$/, "").split("/");
  showPerson();
  for (const link of document.querySelectorAll("nav [data-view]")) {
    if (link.dataset.view === (view || "products")) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  try {
    if (view === "checkout") await checkout(await loadProducts());
    else if (view === "orders" && !person()) askToSignIn();
    else if (view === "orders") await (id ? showOrder(id, how === "returned" ? provider : null) : showOrders());
    else if (view === "") await showProducts();
    else showNothing();
  } catch (error) {
    const title = error instanceof Problem && error.status === 404 ? "There is nothing here" : "That did not work";
    show(title, problemBox(error, go));
  }
}

let products;

async function loadProducts() {
  products ??= new Map((await call("GET", "products", { anonymous: true })).body.items.map((product) => [product.sku, product]));
  return products;
}

async function showProducts() {
  const byCategory = Map.groupBy((await loadProducts()).values(), (product) => product.category);
  // What the shop has most of comes first.
  const items = [...byCategory.values()].sort((a, b) => b.length - a.length).flat();
  show("Keep the lights on",
    h("p", { class: "lead" }, "Power protection, racks and cooling for server rooms of every size. Prices are net; VAT is added in the basket."),
    h("ul", { class: "products" }, items.map(productCard)));
}

function productCard(product) {
  const add = (event) => {
    basket.add(product.sku);
    event.target.textContent = "Added · add another";
    announce(`${product.name} is in the basket, which holds ${basket.count()}.`);
  };
  return h("li", { class: "card product" },
    h("p", { class: "category" }, product.category),
    h("h2", null, product.name),
    h("p", null, product.description),
    h("p", { class: "price" }, h("strong", null, money(product.unitNet)), h("span", { class: "hint" }, `${money(product.unitGross)} with VAT`)),
    product.availability === "out_of_stock"
      ? h("p", { class: "hint" }, "Out of stock")
      : h("button", { type: "button", "aria-label": `Add to basket: ${product.name}`, click: add }, "Add to basket"));
}

function showNothing() {
  show("There is nothing here", h("p", null, "The shop has no page at this address."), h("p", null, h("a", { href: "#/" }, "See the products")));
}

function askToSignIn() {
  show("Your orders", h("p", null, "Sign in to see what you have ordered. Any e-mail address will do."), h("button", { type: "button", click: () => signIn() }, "Sign in"));
}

function showPerson() {
  const who = person();
  document.getElementById("person").replaceChildren(...(who
    ? [h("span", { title: who.email }, who.name || who.email), h("button", { type: "button", class: "link", click: signOut }, "Sign out")]
    : [h("button", { type: "button", class: "link", click: () => signIn() }, "Sign in")]));
}

async function start() {
  for (const name of ["stripeSandbox", "payPalSandbox"]) {
    const link = document.getElementById(name);
    link.hidden = !settings[name];
    link.href = settings[name] ?? "#/";
  }
  basket.showCount();
  // Another tab has put something into it.
  window.addEventListener("storage", basket.showCount);
  document.querySelector(".skip").addEventListener("click", (event) => {
    // The address says which view is shown, so it is not for jumping within one.
    event.preventDefault();
    document.getElementById("main").focus();
  });
  window.addEventListener("hashchange", go);
  window.addEventListener("pageshow", (event) => {
    // The browser's back button brings the page as it was left, perhaps in the middle of leaving.
    if (!event.persisted) return;
    views = Promise.resolve();
    go();
  });
  try {
    await finishSignIn();
    await joinOtherTabs();
  } catch (error) {
    showPerson();
    show("You are not signed in", problemBox(error, () => signIn("#/")));
    return;
  }
  // What PayPal puts into the address proves nothing; the API asks PayPal itself.
  if (new URLSearchParams(location.search).has("token")) history.replaceState(null, "", `/${location.hash}`);
  if (hasUnfinishedOrder() && person()) history.replaceState(null, "", "/#/checkout");
  go();
}

await start();
