// Calls of the shop's public API, by the types that are made from its description (npm run types, infra/api).
import createClient from "./openapi-fetch.js";
import { accessToken, forget, signIn } from "./sign-in.js";

/** @import { components, paths } from "./schema.d.ts" */
/** @typedef {components["schemas"]} Schemas */

/** What the API answered when it did not do what was asked: the members of its problem+json, and the body as it came. */
export class Problem extends Error {
  /** @param {number} status 0 where no answer came. @param {Partial<Schemas["Problem"]>} body @param {number} [retryAfter] Seconds, where the shop says when to come again. */
  constructor(status, body, retryAfter = 0) {
    super(body.title ?? `The shop answered ${status}.`);
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = body;
    this.title = this.message;
    this.type = body.type;
    this.detail = body.detail;
    this.errors = body.errors;
    this.traceId = body.traceId;
  }

  /** The problem's name, for instance "out-of-stock". */
  get name() {
    return this.type?.split("/").at(-1) ?? "";
  }

  /** True when nobody can tell whether it was done: asking again under the same key finds out. */
  get isUnclear() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** @param {Request} request */
async function send(request) {
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Problem(0, { title: "The shop cannot be reached. Is it still running?" });
  }

  if (response.ok || response.status === 304) return response;
  const isProblem = (response.headers.get("Content-Type") ?? "").includes("json");
  throw new Problem(response.status, isProblem ? await response.json() : {}, Number(response.headers.get("Retry-After")) || 0);
}

/** Signs in where that is needed. What is not done is thrown as a Problem. @param {Request} request */
async function sendSignedIn(request) {
  const token = (await accessToken()) ?? (await signIn());
  request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await send(request);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) {
      forget();
      await signIn();
    }
    throw problem;
  }
}

/** The API for whoever is signed in: api.GET("/orders/{id}", { params: { path: { id } } }). */
export const api = /** @type {typeof anyone} */ (createClient({ baseUrl: "/api", fetch: sendSignedIn }));

/** What anyone may ask. */
export const anyone = /** @type {ReturnType<typeof createClient<paths>>} */ (createClient({ baseUrl: "/api", fetch: send }));

/**
 * The answer's body and its tag.
 * @template T
 * @param {Promise<{ data?: T, response: Response }>} call
 * @returns {Promise<{ body: NonNullable<T>, etag: string, status: number }>}
 */
export async function answer(call) {
  const { data, response } = await call;
  return { body: /** @type {NonNullable<T>} */ (data), etag: response.headers.get("ETag") ?? "", status: response.status };
}

/**
 * The answer's body. @template T
 * @param {Promise<{ data?: T, response: Response }>} call
 */
export const body = async (call) => (await answer(call)).body;

/**
 * The answer's body, or null where there is no such thing. @template T
 * @param {Promise<{ data?: T, response: Response }>} call
 */
export async function bodyOrNull(call) {
  try {
    return await body(call);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/** A header for a request that is sent again where its answer was lost. */
export const newKey = () => crypto.randomUUID();

/**
 * Has the browser keep a file that only whoever is signed in may read: a plain link would not carry the token.
 * @param {Promise<{ data?: unknown, response: Response }>} call With parseAs: "blob".
 * @param {string} name
 */
export async function save(call, name) {
  const { data } = await call;
  const href = URL.createObjectURL(/** @type {Blob} */ (data));
  const link = document.createElement("a");
  Object.assign(link, { href, download: name }).click();
  URL.revokeObjectURL(href);
}
