// Agreeing to letters, and taking that back.
import { Problem, api, body } from "../shared/api.js";
import { act, field, submit, tick } from "../shared/forms.js";
import { h, when } from "../shared/page.js";

/** @import { Schemas } from "../shared/api.js" */

const purpose = "marketing";

/** What was agreed to, and the form that changes it. */
export async function consentPart() {
  const [consents, wordings] = await Promise.all([body(api.GET("/account/consents")), body(api.GET("/consents/wordings"))]);
  const wording = wordings.items.findLast((known) => known.purpose === purpose);
  const part = h("section", { class: "card", "aria-labelledby": "consents-title" });
  const render = (/** @type {Schemas["ReadConsentsResponse"]} */ { marketing, history }) => {
    // The latest step is the first.
    const waits = !marketing && history[0]?.given;
    part.replaceChildren(
      h("h2", { id: "consents-title" }, "News by e-mail"),
      h("p", { role: "status" }, marketing ? "You have agreed to news by e-mail." : waits ? "You have said yes. It counts once it is confirmed by the link in the mail that was sent." : "You get no news by e-mail."),
      ...(marketing || waits ? [withdrawal(again)] : []),
      ...(marketing || !wording ? [] : [consentForm(wording, again)]),
      ...(history.length > 0 ? [h("ul", { class: "steps" }, history.map(stepLine))] : []));
  };
  const again = async () => render(await body(api.GET("/account/consents")));
  render(consents);
  return part;
}

/** @param {Schemas["ConsentView"]} step */
const stepLine = (step) => h("li", null, h("span", null, step.given ? "You said yes" : "You said no"), when(step.at), step.confirmedAt && h("span", { class: "hint" }, "confirmed ", when(step.confirmedAt)));

/** @param {() => Promise<void>} again */
function withdrawal(again) {
  const withdraw = async () => {
    await api.POST("/account/consents", { body: { purpose, given: false } });
    await again();
  };
  return h("div", { class: "actions" }, h("button", { type: "button", class: "quiet", click: (event) => act(event, withdraw) }, "No more news, please"));
}

/** @param {Schemas["ConsentWording"]} wording @param {() => Promise<void>} again */
function consentForm(wording, again) {
  const parent = h("fieldset", { hidden: true, disabled: true }, h("legend", null, "A parent has to agree"), field("parent.name", "Parent's name", "", { autocomplete: "off" }), field("parent.email", "Parent's e-mail address", "", { type: "email", autocomplete: "off" }));
  const give = async (/** @type {Record<string, string>} */ values) => {
    if (!values.given) throw new Problem(0, { errors: { given: ["Tick this to say yes."] } });
    const under16 = values.under16 === "true";
    await api.POST("/account/consents", { body: { purpose, given: true, wording: wording.version, under16, ...(under16 && { parent: { name: values["parent.name"] ?? "", email: values["parent.email"] ?? "" } }) } });
    await again();
  };
  const change = (/** @type {{ currentTarget: HTMLFormElement }} */ { currentTarget: form }) => {
    parent.hidden = parent.disabled = !new FormData(form).has("under16");
  };
  return h("form", { novalidate: true, change, submit: (event) => submit(event, give) },
    h("div", { class: "problems" }),
    tick("given", wording.text, false, "Your yes"),
    tick("under16", "I am under 16"),
    parent,
    h("button", { type: "submit", class: "quiet" }, "Agree"));
}
