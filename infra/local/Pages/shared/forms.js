// Forms and what can go wrong with them. A field's name and id are its member's path in the request, so that what the API
// finds wrong stands beside the right one.
import { h } from "./page.js";

/** @typedef {Record<string, string[]>} Errors Texts by the member's path. */
/** @typedef {{ title?: string, message?: string, detail?: string, errors?: Errors, status?: number, traceId?: string }} Trouble */
/** @typedef {{ hint?: string, autocomplete?: string, optional?: boolean, type?: string, maxlength?: string }} FieldOptions */

/**
 * An error as a person can act on it: what is to be done, what the API says of it, and, where only the shop can help, the number to name.
 * @param {unknown} error @param {() => unknown} [again]
 */
export function problemBox(error, again) {
  const trouble = /** @type {Trouble} */ (error);
  const errors = Object.entries(trouble.errors ?? {}).sort(([a], [b]) => placeOf(a) - placeOf(b));
  const isMarked = errors.some(([path]) => placeOf(path) >= 0);
  return h("div", { class: "problem", role: "alert" },
    h("p", null, h("strong", null, isMarked ? "Please look again at what is marked." : trouble.title ?? trouble.message)),
    trouble.detail && h("p", null, trouble.detail),
    errors.length > 0 && h("ul", null, errors.map(([path, texts]) => h("li", null, subjectOf(path), texts.join(" ")))),
    trouble.traceId && (trouble.status ?? 0) >= 500 && h("p", { class: "trace" }, `If it stays like this, tell us this number: ${trouble.traceId}`),
    again && h("button", { type: "button", class: "quiet", click: again }, "Try again"));
}

/** Where a member's field is on the page, so that people read of them in the order in which they see them. @param {string} path */
const placeOf = (path) => [...document.querySelectorAll("input, select, textarea")].findIndex((input) => input.id === path);

/** Each wrong member leads to its field, if the page has one. What is said of an order names it; any other member's name is for programs. @param {string} path */
function subjectOf(path) {
  const toField = (/** @type {Event} */ event) => {
    event.preventDefault();
    document.getElementById(path)?.focus();
  };
  const label = document.querySelector(`label[for="${CSS.escape(path)}"]`);
  if (label instanceof HTMLElement) return [h("a", { href: `#${path}`, click: toField }, label.dataset.short ?? label.firstChild?.textContent?.trim()), ": "];
  return path.startsWith("orders.") ? [`Order ${path.slice("orders.".length)}: `] : [];
}

/** A labelled text field. @param {string} path @param {string} label @param {string} [value] @param {FieldOptions} [options] */
export function field(path, label, value = "", { hint, autocomplete, optional = false, type = "text", maxlength } = {}) {
  const attributes = { id: path, name: path, autocomplete, maxlength, "aria-required": optional ? null : "true", "aria-describedby": hint ? `${path}-hint` : null };
  return h("div", { class: "field" },
    h("label", { for: path }, label, optional && h("span", { class: "hint" }, " optional")),
    hint && h("p", { class: "hint", id: `${path}-hint` }, hint),
    type === "textarea" ? h("textarea", { ...attributes, rows: "6" }, value) : h("input", { ...attributes, type, value }));
}

/** A labelled list to choose from. @param {string} path @param {string} label @param {[value: string, text: string][]} choices @param {string} chosen @param {FieldOptions} [options] */
export function choice(path, label, choices, chosen, { autocomplete } = {}) {
  return h("div", { class: "field" }, h("label", { for: path }, label),
    h("select", { id: path, name: path, autocomplete }, choices.map(([value, text]) => h("option", { value, selected: value === chosen }, text))));
}

/** A box to tick. @param {string} path @param {string} label @param {boolean} [checked] @param {string} [short] What a message calls it, where the label is long. */
export function tick(path, label, checked = false, short = label) {
  return h("label", { class: "choice", for: path, "data-short": short }, h("input", { type: "checkbox", id: path, name: path, value: "true", checked }), label);
}

/** What is typed, by path and without blanks around it. @param {HTMLFormElement} form @returns {Record<string, string>} */
export const valuesOf = (form) => Object.fromEntries([...new FormData(form)].map(([path, value]) => [path, String(value).trim()]));

/** Required fields that are empty: no server is needed to tell. @param {HTMLFormElement} form @returns {Errors} */
export function missingIn(form) {
  const required = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[aria-required=true]")]);
  return Object.fromEntries(required.filter((input) => !input.matches(":disabled") && input.value.trim() === "").map((input) => [input.name, ["This is needed."]]));
}

/** Marks the fields that are wrong, each with its text beside it. @param {HTMLFormElement} form @param {Errors} [errors] */
export function markFields(form, errors) {
  for (const old of form.querySelectorAll(".wrong")) old.remove();
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    describe(input, document.getElementById(`${input.id}-hint`)?.id);
  }
  for (const [path, texts] of Object.entries(errors ?? {})) {
    const input = form.elements.namedItem(path);
    if (!(input instanceof HTMLElement)) continue;
    input.setAttribute("aria-invalid", "true");
    describe(input, `${path}-wrong`);
    (input.closest("label") ?? input).before(h("p", { class: "wrong", id: `${path}-wrong` }, texts.join(" ")));
  }
}

/** @param {Element} input @param {string} [id] */
const describe = (input, id) => id ? input.setAttribute("aria-describedby", id) : input.removeAttribute("aria-describedby");

/** Shows what is wrong in the form's own box (class "problems"), which takes the focus. @param {HTMLFormElement} form @param {unknown} error */
export function showProblem(form, error) {
  markFields(form, /** @type {Trouble} */ (error).errors);
  const box = form.querySelector(".problems");
  const problem = problemBox(error);
  problem.tabIndex = -1;
  box?.replaceChildren(problem);
  problem.focus();
}

/**
 * Sends a form: what is missing is told at once, its button rests while the work goes on, and what goes wrong is told in it.
 * @param {SubmitEvent} event @param {(values: Record<string, string>) => Promise<unknown>} work
 */
export async function submit(event, work) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const errors = missingIn(form);
  if (Object.keys(errors).length > 0) return showProblem(form, { errors });
  markFields(form);
  form.querySelector(".problems")?.replaceChildren();
  const button = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
  if (button) button.disabled = true;
  form.setAttribute("aria-busy", "true");
  try {
    await work(valuesOf(form));
  } catch (error) {
    showProblem(form, error);
  } finally {
    if (button) button.disabled = false;
    form.removeAttribute("aria-busy");
  }
}

/** Does what a button is for; what goes wrong is told beside it. @param {{ target: HTMLButtonElement }} event @param {() => Promise<unknown>} work */
export async function act({ target: button }, work) {
  button.disabled = true;
  button.parentElement?.querySelector(".problem")?.remove();
  try {
    await work();
  } catch (error) {
    button.before(problemBox(error));
  } finally {
    button.disabled = false;
  }
}
