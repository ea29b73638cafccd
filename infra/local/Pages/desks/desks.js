// The desks of those who run the shop: which one is shown, and to whom. A desk is shown to whoever has its role; it is the API
// that checks what they may.
import { Problem } from "../shared/api.js";
import { problemBox } from "../shared/forms.js";
import { byId, h, show, showLoading, skipLink } from "../shared/page.js";
import { person, resumeSession, signIn, signOut } from "../shared/sign-in.js";
import { showFinance } from "./finance.js";
import { showOperations } from "./operations.js";
import { showPrivacy } from "./privacy.js";
import { showWarehouse } from "./warehouse.js";

/** @typedef {{ name: string, role: string, hint: string, what: string, show: (page: string, id: string, how: string, what: string) => unknown }} Desk */

/** @type {Record<string, Desk>} */
const desks = {
  warehouse: { name: "Warehouse", role: "Shop.Fulfilment", hint: "warehouse@example.com", what: "What is to be sent, its parcels and slips, and the stock.", show: showWarehouse },
  finance: { name: "Finance", role: "Shop.Finance", hint: "finance@example.com", what: "Money that is stuck, refunds, invoices and credit notes.", show: showFinance },
  operations: { name: "Operations", role: "Shop.Operator", hint: "operator@example.com", what: "What could not be handled, what the providers told, and the catalogue.", show: showOperations },
  privacy: { name: "Privacy", role: "Shop.Privacy", hint: "privacy@example.com", what: "What is purged and held, breaches, and what people may ask for.", show: showPrivacy },
};

let views = Promise.resolve();

/** One after the other, so that a slow view never takes the place of one that was asked for after it. */
const go = () => { views = views.then(route); };

async function route() {
  const [name = "", page = "", id = "", how = "", what = ""] = location.hash.replace(/^#\//, "").split("/").map(decodeURIComponent);
  showWho(name);
  try {
    showLoading();
    const desk = Object.hasOwn(desks, name) ? desks[name] : undefined;
    if (!desk) return name ? showNothing() : showDoors();
    if (!has(desk)) return askToSignIn(desk);
    await desk.show(page, id, how, what);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) showNothing();
    else show("That did not work", problemBox(error, go));
  }
}

/** @param {Desk} desk */
const has = (desk) => person()?.roles.includes(desk.role) ?? false;

function showDoors() {
  show("Desks",
    h("p", { class: "lead" }, "Each is for one role. Sign in at one of them: the sign-in on this machine believes what you type."),
    h("ul", { class: "doors" }, Object.entries(desks).map(([name, desk]) => h("li", { class: "card" },
      h("h2", null, h("a", { href: `#/${name}` }, desk.name)), h("p", null, desk.what), h("p", { class: "hint" }, desk.role)))));
}

/** @param {Desk} desk */
function askToSignIn(desk) {
  const who = person();
  const enter = () => signIn(location.hash, { login_hint: desk.hint, roles: desk.role });
  show(desk.name,
    h("p", { class: "lead" }, desk.what),
    h("p", null, who
      ? `You are signed in as ${who.name || who.email}, without the role ${desk.role} that this desk is for.`
      : `This desk is for whoever has the role ${desk.role}.`),
    h("button", { type: "button", click: enter }, who ? "Sign in as somebody else" : "Sign in"));
}

function showNothing() {
  show("There is nothing here", h("p", null, "Nothing is at this address, or nothing any more."), h("p", null, h("a", { href: "#/" }, "See the desks")));
}

/** Who is signed in, and the desks that they have. @param {string} current */
function showWho(current) {
  const who = person();
  byId("desks").replaceChildren(...Object.entries(desks).filter(([, desk]) => has(desk)).map(([name, desk]) =>
    h("a", { href: `#/${name}`, "aria-current": name === current ? "true" : null }, desk.name)));
  byId("person").replaceChildren(...(who ? [h("span", { title: who.email }, who.name || who.email), h("button", { type: "button", class: "link", click: signOut }, "Sign out")] : []));
}

async function start() {
  skipLink();
  window.addEventListener("hashchange", go);
  try {
    await resumeSession();
  } catch (error) {
    showWho("");
    show("You are not signed in", problemBox(error, () => signIn("#/")));
    return;
  }
  go();
}

await start();
