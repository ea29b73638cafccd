// Messages that nobody could handle: what they say, why, and what becomes of them.
import { api, body } from "../shared/api.js";
import { choice, field, submit } from "../shared/forms.js";
import { announce, h, when } from "../shared/page.js";
import { operationsPages } from "./pages-of-desks.js";
import { button, facts, newId, pages, part, present, reasons, showDesk } from "./parts.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["DeadLetterView"]} Letter */

const codes = ["handled_otherwise", "not_ours", "duplicate", "test"];
const pageSize = 50;

export function showDeadLetters() {
  showDesk("Dead letters", operationsPages, part("What nobody could handle", async (again) => {
    /** @type {Map<string, number>} */
    const queues = new Map();
    const list = await pages(
      async (continuation) => {
        const page = await body(api.GET("/operations/dead-letters", { params: { query: { limit: pageSize, continuation } } }));
        if (page.more) announce("There are more than could be listed now: load this page again to see them.");
        return page;
      },
      (letters) => {
        for (const letter of letters) queues.set(letter.queue, (queues.get(letter.queue) ?? 0) + 1);
        return h("ul", { class: "items" }, letters.map((letter) => letterItem(letter, again)));
      });
    return list.length === 0 ? [] : [redriveAll([...queues.keys()], again), ...list];
  }, "Everything has been handled."));
}

/** @param {string[]} queues @param {() => Promise<void>} again */
function redriveAll(queues, again) {
  const redrive = async (/** @type {Record<string, string>} */ { queue = "", why = "" }) => {
    let [sent, stay, more] = [0, 0, false];
    /** @type {string | null | undefined} */
    let continuation = null;
    do {
      /** @type {import("../shared/api.js").Schemas["RedriveDeadLettersResponse"]} */
      const page = await body(api.POST("/operations/dead-letters/redrive", { body: { queue, why: why || null, continuation } }));
      ({ continuation, more } = page);
      sent += page.sentBack.length;
      stay += page.kept.length;
    } while (continuation);
    await again();
    announce(`${sent} sent back, ${stay} kept${more ? ", and there are more: send them back again" : ""}.`);
  };
  return h("details", null, h("summary", null, "Send back all of a kind"),
    h("form", { novalidate: true, submit: (event) => submit(event, redrive) },
      h("div", { class: "problems" }),
      h("div", { class: "pair" },
        choice("queue", "Queue", queues.map((queue) => /** @type {[string, string]} */ ([queue, queue])), queues[0] ?? ""),
        field("why", "Only those with this why", "", { optional: true, autocomplete: "off" })),
      h("button", { type: "submit", class: "quiet" }, "Send them back")));
}

/** @param {Letter} letter @param {() => Promise<void>} again */
function letterItem(letter, again) {
  const path = { id: letter.id };
  const redrive = async () => {
    await api.POST("/operations/dead-letters/{id}/redrive", { params: { path } });
    await again();
    announce("It is sent back.");
  };
  return h("li", null, ...present([
    h("h3", null, letter.queue),
    facts([["Why", letter.why ?? "the process ended without saying"], ["Since", when(letter.since)], ["Times", String(letter.times)], ["Last", letter.times > 1 && when(letter.lastAt)], ["Sent back", letter.sentBackAt && when(letter.sentBackAt)], ["Trace", letter.traceId && h("code", null, letter.traceId)]]),
    h("details", null, h("summary", null, "The message"), h("pre", { class: "message" }, letter.message)),
    h("div", { class: "actions" }, button("Send it back", redrive, `the message on ${letter.queue}`), deletion(letter, again)),
  ]));
}

/** @param {Letter} letter @param {() => Promise<void>} again */
function deletion(letter, again) {
  const place = h("div", null);
  const prefix = newId();
  const remove = async (/** @type {Record<string, string>} */ values) => {
    await api.DELETE("/operations/dead-letters/{id}", { params: { path: { id: letter.id }, query: { reason: values[`${prefix}.reason`] ?? "" } } });
    await again();
    announce("It is off the list.");
  };
  const ask = async () => {
    const form = h("form", { novalidate: true, submit: (event) => submit(event, remove) }, h("div", { class: "problems" }), reasons(`${prefix}.reason`, codes, "Why it goes"), h("button", { type: "submit", class: "danger" }, "Delete it for good"));
    place.replaceChildren(form);
    form.querySelector("select")?.focus();
  };
  place.append(button("Delete it", ask, `the message on ${letter.queue}`));
  return place;
}
