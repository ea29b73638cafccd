// Forms that need no account: writing to the shop, and its newsletter. Instead of a picture puzzle the browser does a sum that
// takes it a moment, and those who send a thousand letters a thousand.
import { anyone, body } from "../shared/api.js";
import { choice, field, submit, tick } from "../shared/forms.js";
import { h, show } from "../shared/page.js";

/** @import { Schemas } from "../shared/api.js" */

export function showContact() {
  const work = workFor(() => body(anyone.GET("/contact/challenge")));
  const write = async (/** @type {Record<string, string>} */ values) => {
    const { reference } = await body(anyone.POST("/contact", { body: {
      name: values.name ?? "", email: values.email ?? "", kind: values.kind === "support" ? "support" : "enquiry", subject: values.subject ?? "", text: values.text ?? "",
      orderNumber: values.orderNumber || null, receipt: values.receipt === "true", proof: await work.proof(),
    } }));
    show("Thank you", h("p", { role: "status" }, "Your letter is with us. Its number is ", h("strong", null, reference), "."), h("p", null, h("a", { href: "#/" }, "See the products")));
  };
  show("Write to us",
    h("form", { class: "card narrow", novalidate: true, focusin: work.begin, submit: (event) => submit(event, (values) => work.spend(() => write(values))) },
      h("p", null, "What you write goes to our desk by mail and is kept nowhere else."),
      h("div", { class: "problems" }),
      choice("kind", "What it is about", [["enquiry", "A question before I buy"], ["support", "Something that I have bought"]], "enquiry"),
      field("name", "Your name", "", { autocomplete: "name" }),
      field("email", "Your e-mail address", "", { autocomplete: "email", type: "email" }),
      field("orderNumber", "Order number", "", { optional: true }),
      field("subject", "Subject"),
      field("text", "Your letter", "", { type: "textarea" }),
      tick("receipt", "Send me a receipt by mail"),
      h("button", { type: "submit" }, "Send")));
}

export function showNewsletter() {
  const work = workFor(() => body(anyone.GET("/newsletter/challenge")));
  const parent = h("div", { hidden: true }, field("parentEmail", "A parent's e-mail address", "", { type: "email", optional: true }));
  const join = async (/** @type {Record<string, string>} */ values) => {
    const { message } = await body(anyone.POST("/newsletter", { body: {
      email: values.email ?? "", under16: values.under16 === "true", parentEmail: values.parentEmail || null, proof: await work.proof(),
    } }));
    show("One more step", h("p", { role: "status" }, message), h("p", null, h("a", { href: "#/" }, "See the products")));
  };
  const change = (/** @type {{ currentTarget: HTMLFormElement }} */ { currentTarget: form }) => { parent.hidden = !new FormData(form).has("under16"); };
  show("Newsletter",
    h("form", { class: "card narrow", novalidate: true, change, focusin: work.begin, submit: (event) => submit(event, (values) => work.spend(() => join(values))) },
      h("p", null, "News of our products, three or four times a year. A mail asks you to confirm it, and every letter has a link that ends it."),
      h("div", { class: "problems" }),
      field("email", "Your e-mail address", "", { autocomplete: "email", type: "email" }),
      tick("under16", "I am under 16"),
      parent,
      h("button", { type: "submit" }, "Join")));
}

/**
 * The sum begins when somebody begins to fill in the form, so that it is usually done when they send it.
 * @param {() => Promise<Schemas["Challenge"]>} ask
 */
function workFor(ask) {
  /** @type {Promise<Schemas["ProofInput"]> | null} */
  let done = null;
  const begin = () => (done ??= ask().then(solve).catch((error) => { done = null; throw error; }));
  return {
    begin: () => void begin().catch(() => { /* Sending asks again, and says what is wrong. */ }),
    proof: begin,
    /** A challenge counts once, whatever comes of it. @param {() => Promise<void>} send */
    async spend(send) {
      try {
        await send();
      } catch (error) {
        done = null;
        throw error;
      }
    },
  };
}

/** Tries until the hash of the token and the answer begins with enough zero bits. @param {Schemas["Challenge"]} challenge @returns {Promise<Schemas["ProofInput"]>} */
async function solve({ token, bits }) {
  for (let number = 0; ; number++) {
    const hash = new DataView(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${token}.${number}`)));
    if (Math.clz32(hash.getUint32(0)) >= bits) return { challenge: token, answer: String(number) };
  }
}
