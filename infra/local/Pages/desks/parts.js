// What all desks are made of: parts that load by themselves, tables, lists in pages, and buttons that ask twice.
import { Problem } from "../shared/api.js";
import { act, choice, field, problemBox } from "../shared/forms.js";
import { announce, find, h, show } from "../shared/page.js";

/** @typedef {import("../shared/page.js").Child} Child */
/** @typedef {{ target: HTMLButtonElement }} Click */

let lastId = 0;
export const newId = () => `part-${++lastId}`;

/** A code of the API in words: "out_of_stock" is "Out of stock". @param {string} code */
export const words = (code) => code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");

/**
 * A part of a desk that loads by itself, and is loaded again after each change: it says that it is on its way, that there is
 * nothing, or what went wrong, and the rest of the page goes on without it.
 * @param {string} title
 * @param {(again: () => Promise<void>) => Promise<Child[]>} load Empty where there is nothing.
 * @param {string} nothing What to say then.
 */
export function part(title, load, nothing = "There is nothing here.") {
  const [id, place] = [newId(), h("div", { class: "part" }, h("p", { class: "loading", role: "status" }, "One moment …"))];
  const again = async () => {
    const hadFocus = place.contains(document.activeElement);
    try {
      const content = await load(again);
      place.replaceChildren(...present(content.length > 0 ? content : [h("p", { class: "hint" }, nothing)]));
    } catch (error) {
      place.replaceChildren(problemBox(error, again));
    }
    if (hadFocus) heading.focus();
  };
  const heading = h("h2", { id, tabindex: "-1" }, title);
  void again();
  return h("section", { class: "card", "aria-labelledby": id }, heading, place);
}

/** @param {Child[]} children @returns {(Node | string)[]} */
export const present = (children) => /** @type {(Node | string)[]} */ (children.filter((child) => child instanceof Node || (typeof child === "string" && child !== "")));

/**
 * On a narrow screen the table scrolls in its own box, also by keyboard.
 * @param {string} caption @param {string[]} columns @param {Child[][]} rows
 */
export function table(caption, columns, rows) {
  return h("div", { class: "scroll", role: "group", "aria-label": caption, tabindex: "0" },
    h("table", null,
      h("caption", { class: "unseen" }, caption),
      h("thead", null, h("tr", null, columns.map((column) => h("th", { scope: "col" }, column || h("span", { class: "unseen" }, "What can be done"))))),
      h("tbody", null, rows.map((cells) => h("tr", null, cells.map((cell) => h("td", null, cell)))))));
}

/** Names and values, without those that are not there. @param {[name: string, value: Child][]} pairs */
export const facts = (pairs) => h("dl", { class: "facts" }, pairs.flatMap(([name, value]) => (value ? [h("div", null, h("dt", null, name), h("dd", null, value))] : [])));

/**
 * A list that comes in pages: those that were read, and a button for the next one.
 * @template T
 * @param {(continuation: string | undefined) => Promise<{ items: T[], continuation?: string | undefined }>} read
 * @param {(items: T[]) => Node} render
 * @returns {Promise<Child[]>}
 */
export async function pages(read, render) {
  const first = await read(undefined);
  if (first.items.length === 0 && !first.continuation) return [];
  const place = h("div", null, render(first.items));
  const more = h("div", { class: "actions" });
  const offer = (/** @type {string | undefined} */ continuation) => more.replaceChildren(...present([continuation
    && h("button", { type: "button", class: "quiet", click: (event) => act(event, async () => {
      const next = await read(continuation);
      place.append(render(next.items));
      offer(next.continuation);
    }) }, "Show more")]));
  offer(first.continuation);
  return [place, more];
}

/**
 * A button that asks once more before it does what cannot be taken back.
 * @param {string} text @param {string} sure @param {() => Promise<unknown>} work @param {string} [about] What the text does not say, for who cannot see where the button is.
 */
export function sureButton(text, sure, work, about) {
  const ask = (/** @type {Click} */ { target }) => {
    const button = h("button", { type: "button", class: "danger", click: (event) => act(event, work) }, sure);
    target.replaceWith(button);
    button.focus();
    announce(`Press once more: ${sure}`);
  };
  return h("button", { type: "button", class: "quiet", "aria-label": about && `${text}: ${about}`, click: ask }, text);
}

/** A button that does something at once. @param {string} text @param {() => Promise<unknown>} work @param {string} [about] */
export const button = (text, work, about) => h("button", { type: "button", class: "quiet", "aria-label": about && `${text}: ${about}`, click: (event) => act(event, work) }, text);

/** A list of which something has to be chosen. @param {string} path @param {string} label @param {[value: string, text: string][]} choices */
export function mustChoose(path, label, choices) {
  const list = choice(path, label, [["", "Choose one"], ...choices], "");
  find(list, "select").setAttribute("aria-required", "true");
  return list;
}

/** Staff say why by a code; what else there is to say is a note. @param {string} path @param {string[]} codes @param {string} [label] */
export const reasons = (path, codes, label = "Why") => mustChoose(path, label, codes.map((code) => [code, words(code)]));

/** @param {string} path */
export const noteField = (path) => field(path, "Note", "", { optional: true, hint: "It may name people: it is in their copy, and goes with them.", type: "textarea" });

/** A number's or a name's field that stands in a line with its button. @param {string} path @param {string} label @param {string} action @param {(event: SubmitEvent) => unknown} go */
export const lookUp = (path, label, action, go) => h("form", { class: "card look-up", novalidate: true, submit: go },
  h("div", { class: "problems" }), field(path, label, "", { autocomplete: "off" }), h("button", { type: "submit" }, action));

/**
 * A page of a desk: its parts, and the way to its other pages.
 * @param {string} title @param {[href: string, text: string][]} pagesOfDesk @param {...(Child | Child[])} content
 */
export function showDesk(title, pagesOfDesk, ...content) {
  const here = location.hash.split("?")[0];
  show(title,
    h("nav", { class: "pages", "aria-label": "Pages of this desk" }, pagesOfDesk.map(([href, text]) => h("a", { href, "aria-current": href === here ? "page" : null }, text))),
    ...content);
}

/** Tells what was done, and takes what was typed out of the form. @param {HTMLFormElement} form @param {string} text */
export function done(form, text) {
  form.reset();
  find(form, "div", ".problems").replaceChildren(h("p", { class: "done" }, text));
  announce(text);
}

/** Pounds and pence as people type them, to minor units; null where it is no amount. @param {string} text @returns {number | null} */
export function minorUnits(text) {
  const match = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.replaceAll(/[£\s]/g, ""));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : null;
}

/** What is shown is not what there is any more, so nothing was done to it. */
export const changedMeanwhile = () => new Problem(412, { title: "It has been changed elsewhere meanwhile.", detail: "Open this page again, and look at what there is now." });

/** The same, where the API says so. @template T @param {Promise<T>} call @returns {Promise<T>} */
export async function unchanged(call) {
  try {
    return await call;
  } catch (error) {
    throw error instanceof Problem && error.status === 412 ? changedMeanwhile() : error;
  }
}

/** What a field for a day and a time holds, in UTC; nothing where it is empty. @param {string} [text] */
export const instantOf = (text) => (text ? `${text}:00Z` : undefined);

/** The other way round. @param {string} [instant] */
export const fieldOf = (instant) => instant?.slice(0, 16) ?? "";
