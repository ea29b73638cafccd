// Calls of the shop's public API.
import { accessToken, forget, signIn } from "./sign-in.js";

/** What the API answered when it did not do what was asked: the members of its problem+json. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.title ?? `The shop answered ${status}.`);
    Object.assign(this, { status, title: this.message, type: body.type, detail: body.detail, errors: body.errors, traceId: body.traceId });
  }

  /** True when nobody can tell whether it was done: asking again under the same key finds out. */
  get isUnclear() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** @returns {{ status, body, etag }}; body is null for 304, and a blob where it is no JSON. */
export async function call(method, path, { body, headers = {}, anonymous = false } = {}) {
  const token = anonymous ? null : await accessToken();
  if (!anonymous && !token) await signIn();
  const request = { method, headers: { ...headers } };
  if (token) request.headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }

  let response;
  try {
    response = await fetch(`/api/${path}`, request);
  } catch {
    throw new Problem(0, { title: "The shop cannot be reached. Is it still running?" });
  }

  if (response.status === 401 && !anonymous) {
    forget();
    await signIn();
  }

  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  const answer = isJson ? await response.json() : response.status === 304 ? null : await response.blob();
  if (!response.ok && response.status !== 304) throw new Problem(response.status, isJson ? answer : {});
  return { status: response.status, body: answer, etag: response.headers.get("ETag") };
}
