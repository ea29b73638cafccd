// The account behind whoever is signed in. There may be none yet: it is opened when somebody first needs it, and not before.
import { Problem, answer, api, body } from "../shared/api.js";
import { field, submit } from "../shared/forms.js";
import { memory } from "../shared/memory.js";
import { h } from "../shared/page.js";
import { person } from "../shared/sign-in.js";

/**
 * The account and its tag; null when there is none as far as this tab knows. Whoever has ordered has one, and who opened it in
 * this tab: to ask for one that is not there would be an error in the browser's log.
 */
export async function findAccount() {
  if (!memory.get("account") && (await body(api.GET("/orders", { params: { query: { limit: 1 } } }))).items.length === 0) return null;
  try {
    return await answer(api.GET("/account"));
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    memory.drop("account");
    return null;
  }
}

/**
 * Opens the account, or says what it is to be opened for whoever has one already.
 * @param {string} why @param {() => unknown} opened
 */
export function openAccountForm(why, opened) {
  const open = async (/** @type {Record<string, string>} */ { name, company, phone }) => {
    await body(api.POST("/account", { body: { name: name ?? "", company: company || null, phone: phone || null } }));
    memory.set("account", true);
    await opened();
  };
  return h("form", { class: "card", novalidate: true, submit: (event) => submit(event, open) },
    h("h2", null, "Your account"),
    h("p", null, why),
    h("div", { class: "problems" }),
    field("name", "Your name", person()?.name ?? "", { autocomplete: "name" }),
    field("company", "Company", "", { optional: true, autocomplete: "organization" }),
    field("phone", "Telephone", "", { optional: true, autocomplete: "tel", type: "tel" }),
    h("button", { type: "submit" }, "Continue"));
}
