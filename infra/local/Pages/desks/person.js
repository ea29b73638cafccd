// What a person may ask for, done on their behalf: a copy of everything, an erasure, a correction of their age. The account's id stays
// on this page: it is in no address and kept nowhere.
import { api, body, save } from "../shared/api.js";
import { act, choice, submit } from "../shared/forms.js";
import { announce, day, h, show, when } from "../shared/page.js";
import { button, done, lookUp, noteField, reasons, showDesk, words } from "./parts.js";
import { privacyPages } from "./pages-of-desks.js";

/** @import { Schemas } from "../shared/api.js" */

const ageCodes = ["turned_16", "proof_seen", "entered_by_mistake", "other"];

export function showPerson() {
  const place = h("div", { class: "columns" });
  const open = async (/** @type {Record<string, string>} */ { account = "" }) => {
    place.replaceChildren(copyPart(account), erasurePart(account), ageForm(account));
    announce("The account can be copied, erased, and its age corrected.");
    place.querySelector("h2")?.focus();
  };
  showDesk("A person's rights", privacyPages,
    h("p", null, "The account's id is the one that the sign-in knows the person by; it is in their copy as well."),
    lookUp("account", "Account id", "Go on", (event) => submit(event, open)),
    ...findByEmail((account) => open({ account })),
    place);
}

/** People write from an e-mail address, and know no id of theirs. @param {(account: string) => Promise<void>} open */
function findByEmail(open) {
  const found = h("div", { class: "actions", role: "status" });
  const look = async (/** @type {Record<string, string>} */ { email = "" }) => {
    found.replaceChildren();
    const ids = await idsOf(email);
    found.replaceChildren(...(ids.length === 0 ? [h("p", null, "No account has this address.")] : ids.flatMap((id) => [h("code", null, id), button("Go on", () => open(id), `account ${id}`)])));
  };
  return [lookUp("email", "Or the e-mail address of an account", "Find it", (event) => submit(event, look)), found];
}

/** Of all pages, for each looks through a part of the accounts. @param {string} email */
async function idsOf(email) {
  /** @type {string[]} */
  const ids = [];
  let continuation = null;
  do {
    const page = /** @type {Schemas["FindAccountsResponse"]} */ (await body(api.POST("/privacy/account-search", { body: { email, continuation } })));
    ids.push(...page.items.map(({ id }) => id));
    continuation = page.continuation ?? null;
  } while (continuation);
  return ids;
}

/** @param {string} id */
const copyPart = (id) => h("section", { class: "card", "aria-labelledby": "copy-title" },
  h("h2", { id: "copy-title", tabindex: "-1" }, "A copy of everything"),
  h("p", null, "Pages to read, and the same as JSON. The person sees in it that it was taken."),
  h("div", { class: "actions" }, button("Download the copy", () => save(api.GET("/privacy/accounts/{id}/export", { params: { path: { id } }, parseAs: "blob" }), "copy.zip"))));

/** Asks once more, as the API does. @param {string} id */
function erasurePart(id) {
  const place = h("div", { class: "actions" });
  const erase = (/** @type {string} */ confirmation) => async () => {
    const erasure = await body(api.POST("/privacy/accounts/{id}/erasure", { params: { path: { id } }, body: { confirmation } }));
    showErased(/** @type {Schemas["ErasureView"]} */ (erasure));
  };
  const ask = async () => {
    const asked = /** @type {Schemas["ErasureAsked"]} */ (await body(api.POST("/privacy/accounts/{id}/erasure", { params: { path: { id } }, body: {} })));
    const sure = h("button", { type: "button", class: "danger", click: (event) => act(event, erase(asked.confirmation)) }, "Yes, erase it for good");
    place.replaceChildren(h("p", null, asked.message), sure);
    sure.focus();
    announce("Press once more to erase the account.");
  };
  place.append(button("Erase the account", ask));
  return h("section", { class: "card", "aria-labelledby": "erasure-title" },
    h("h2", { id: "erasure-title" }, "Erasure"),
    h("p", null, "The account, its addresses and its consents go at once. Of each order the law says what stays."),
    place);
}

/** @param {Schemas["ErasureView"]} erasure */
function showErased({ reference, at, erased, stays, told }) {
  show("The account is erased",
    h("p", null, h("a", { href: "#/privacy/records" }, "See the register of erasures")),
    h("p", null, "Done on ", when(at), ". Its number is ", h("code", null, reference), "."),
    h("section", { class: "card" }, h("h2", null, "What has gone"), h("ul", null, erased.map((text) => h("li", null, text)))),
    stays.length > 0 && h("section", { class: "card" }, h("h2", null, "What stays, and why"), h("ul", null, stays.map((kept) => h("li", null, `Order ${kept.number}: ${kept.what}. ${kept.why} Until `, day(kept.until), ".")))),
    told.length > 0 && h("section", { class: "card" }, h("h2", null, "Who is told"), h("ul", null, told.map(({ recipient, outcome }) => h("li", null, `${words(recipient)}: ${words(outcome).toLowerCase()}`)))));
}

/** @param {string} id */
function ageForm(id) {
  const decide = (/** @type {SubmitEvent} */ event) => {
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    return submit(event, async (values) => {
      await api.POST("/privacy/accounts/{id}/age", { params: { path: { id } }, body: { under16: values.under16 === "yes", reason: values.reason ?? "", note: values.note || null } });
      done(form, "It is on record.");
    });
  };
  return h("form", { class: "card", novalidate: true, "aria-labelledby": "age-title", submit: decide },
    h("h2", { id: "age-title" }, "Age"),
    h("p", null, "Whoever has said to be under 16 is not asked to take that back alone."),
    h("div", { class: "problems" }),
    choice("under16", "The person is", [["no", "16 or older"], ["yes", "Under 16"]], "no"),
    reasons("reason", ageCodes),
    noteField("note"),
    h("button", { type: "submit", class: "quiet" }, "Decide"));
}
