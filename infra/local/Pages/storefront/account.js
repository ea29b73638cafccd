// What the shop keeps about somebody, and what they can do about it: change it, have a copy, agree to letters or not, be erased.
import { Problem, answer, api, body, save } from "../shared/api.js";
import { act, field, submit } from "../shared/forms.js";
import { memory } from "../shared/memory.js";
import { announce, day, h, show, when } from "../shared/page.js";
import { person, signOut } from "../shared/sign-in.js";
import { findAccount, openAccountForm } from "./account-of.js";
import { addressBook, addressList } from "./addresses.js";
import { consentPart } from "./consents.js";

/** @import { Schemas } from "../shared/api.js" */

export async function showAccount() {
  const account = await findAccount();
  if (!account) {
    show("Your account", h("p", null, "You have no account yet, so nothing is kept about you."), openAccountForm("With an account you can order and keep addresses.", showAccount));
    return;
  }

  const [addresses, consents] = await Promise.all([addressBook(), consentPart()]);
  show("Your account",
    h("div", { class: "columns" },
      h("div", null, detailsForm(account), addressList(addresses)),
      h("div", null, consents, copyPart(), erasurePart())));
}

/** @param {{ body: Schemas["AccountView"], etag: string }} account */
function detailsForm(account) {
  let { etag } = account;
  const { name, company, phone, email, openedAt } = account.body;
  const said = h("p", { class: "hint", role: "status" });
  const change = async (/** @type {Record<string, string>} */ values) => {
    said.textContent = "";
    try {
      ({ etag } = await answer(api.PATCH("/account", { headers: { "If-Match": etag }, body: { name: values.name, company: values.company || null, phone: values.phone || null } })));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 412) throw error;
      throw new Problem(412, { title: "It has been changed elsewhere meanwhile.", detail: "Open this page again, and then change it." });
    }
    said.textContent = "It is changed.";
  };
  return h("form", { class: "card", novalidate: true, submit: (event) => submit(event, change) },
    h("h2", null, "Your details"),
    h("div", { class: "problems" }),
    h("p", null, email, h("span", { class: "hint" }, " since ", day(openedAt))),
    field("name", "Your name", name, { autocomplete: "name" }),
    field("company", "Company", company, { optional: true, autocomplete: "organization" }),
    field("phone", "Telephone", phone, { optional: true, autocomplete: "tel", type: "tel" }),
    h("button", { type: "submit", class: "quiet" }, "Change"),
    said);
}

function copyPart() {
  return h("section", { class: "card", "aria-labelledby": "copy-title" },
    h("h2", { id: "copy-title" }, "A copy of everything"),
    h("p", null, "What is kept about you, why and for how long: pages to read, and the same as JSON."),
    h("div", { class: "actions" },
      h("button", { type: "button", class: "quiet", click: (event) => act(event, () => save(api.GET("/account/export", { parseAs: "blob" }), "copy-of-my-data.zip")) }, "Download the copy")));
}

/** Asks once more, as the API does. */
function erasurePart() {
  const place = h("div", { class: "actions" });
  const part = h("section", { class: "card", "aria-labelledby": "erasure-title" },
    h("h2", { id: "erasure-title" }, "Erase my account"),
    h("p", null, "Your account, addresses and consents go at once. Invoices stay as long as the law wants; the shop says which, and why."),
    place);
  const erase = (/** @type {string} */ confirmation) => async () => {
    const done = await body(api.POST("/account/erasure", { body: { confirmation } }));
    memory.clear();
    showErased(/** @type {Schemas["ErasureView"]} */ (done));
  };
  const ask = async () => {
    const asked = /** @type {Schemas["ErasureAsked"]} */ (await body(api.POST("/account/erasure", { body: {} })));
    const sure = h("button", { type: "button", class: "danger", click: (event) => act(event, erase(asked.confirmation)) }, "Yes, erase it for good");
    place.replaceChildren(h("p", null, asked.message), sure);
    sure.focus();
    announce("Press once more to erase the account.");
  };
  place.append(h("button", { type: "button", class: "quiet", click: (event) => act(event, ask) }, "Erase my account"));
  return part;
}

/** @param {Schemas["ErasureView"]} erasure */
function showErased({ reference, at, erased, stays, signIn }) {
  const who = person()?.email;
  show("Your account is erased",
    h("p", null, "Done on ", when(at), `. Should you ever ask about it, the number is ${reference}.`),
    erased.length > 0 && h("section", { class: "card" }, h("h2", null, "What has gone"), h("ul", null, erased.map((text) => h("li", null, text)))),
    stays.length > 0 && h("section", { class: "card" }, h("h2", null, "What stays, and why"), h("ul", null, stays.map((kept) =>
      h("li", null, `Order ${kept.number}: ${kept.what}. ${kept.why} Until `, day(kept.until), ".")))),
    h("p", null, signIn),
    who && h("button", { type: "button", click: () => signOut() }, "Sign out"));
}
