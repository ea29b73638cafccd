// Signing in: OpenID Connect's authorization code with PKCE, as any single-page storefront does it. Tokens live in memory only.
// A page that is opened asks the other tabs, then the authority, which remembers who has signed in there (prompt=none).
import { common, memory } from "./memory.js";

/** @typedef {{ accessToken: string, refreshToken: string, expiresAt: number, person: Person }} Session */
/** @typedef {{ name: string, email: string, roles: string[] }} Person */

export const settings = await (await fetch("/shared/settings.json")).json();

/** @type {Session | null} */
let session = null;

/** Whoever is signed in, or null. The roles are for showing what they may do: it is the API that checks. */
export const person = () => session?.person ?? null;

/** A new tab asks the others who is signed in; only pages of this origin hear it. */
const tabs = new BroadcastChannel("shop");
const longestSilence = 150;

tabs.addEventListener("message", ({ data }) => {
  if (data.question && session) tabs.postMessage({ session });
  if (data.signedOut && session) {
    session = null;
    memory.clear();
    location.reload();
  }
});

/** @returns {Promise<void>} */
function joinOtherTabs() {
  return new Promise((resolve) => {
    const done = () => { tabs.removeEventListener("message", hear); resolve(); };
    const hear = (/** @type {MessageEvent} */ { data }) => {
      if (!data.session) return;
      keep(data.session);
      done();
    };
    tabs.addEventListener("message", hear);
    tabs.postMessage({ question: true });
    setTimeout(done, longestSilence);
  });
}

/** @param {Session} next */
function keep(next) {
  session = next;
  // That somebody is signed in, and not who: a page that is opened, in whatever tab, may ask the authority.
  common.set("signed-in", true);
}

/**
 * Before anything is shown: takes up a sign-in that has just come back, that of another tab, or the one from before a reload.
 * @throws {Error} The authority has sent the person back without a code, or with one that nobody here asked for.
 */
export async function resumeSession() {
  if (await finishSignIn()) return;
  await joinOtherTabs();
  // A tab that is busy or asleep does not answer in time; then the authority does.
  if (!session && common.get("signed-in")) await leaveFor("none", location.hash);
}

/**
 * Leaves for the authority's page, and comes back to where the person was.
 * @param {string} [back] @param {Record<string, string>} [hints] What the page may fill in; the authority on this machine knows "roles" as well.
 * @returns {Promise<never>}
 */
export const signIn = (back = location.hash, hints = {}) => leaveFor(null, back, hints);

/** @param {"none" | null} prompt @param {string} back @param {Record<string, string>} [hints] @returns {Promise<never>} */
async function leaveFor(prompt, back, hints = {}) {
  const verifier = random();
  const pending = { verifier, state: random(), nonce: random(), back, silent: prompt === "none" };
  memory.set("sign-in", pending);
  const { authorization_endpoint } = await discover();
  const query = new URLSearchParams({
    client_id: settings.clientId,
    response_type: "code",
    redirect_uri: home(),
    scope: settings.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await challenge(verifier),
    code_challenge_method: "S256",
    ...(prompt && { prompt }),
    ...hints,
  });
  const address = `${authorization_endpoint}?${query}`;
  // Nobody went anywhere: the browser's back button leads to what was before.
  if (prompt) location.replace(address);
  else location.assign(address);
  // The page is on its way out: whoever awaits this must not go on.
  return new Promise(() => {});
}

/** Takes the code out of the address when the authority has sent the person back. @returns {Promise<boolean>} False when it has not. */
async function finishSignIn() {
  const query = new URLSearchParams(location.search);
  const pending = memory.get("sign-in");
  memory.drop("sign-in");
  if (!query.has("state")) return false;
  history.replaceState(null, "", location.pathname + (pending?.back || "#/"));
  if (!pending || query.get("state") !== pending.state) throw new Error("This sign-in was not started in this tab. Sign in again.");
  if (pending.silent && query.has("error")) {
    // The authority has forgotten as well: then nobody is signed in, and that is no error.
    common.drop("signed-in");
    return true;
  }

  if (query.has("error")) throw new Error(query.get("error_description") ?? "Signing in failed.");
  await exchange({ grant_type: "authorization_code", code: query.get("code") ?? "", redirect_uri: home(), code_verifier: pending.verifier }, pending.nonce);
  return true;
}

/** An access token with at least half a minute left; null when nobody is signed in. */
export async function accessToken() {
  if (!session) return null;
  if (session.expiresAt - Date.now() > 30_000) return session.accessToken;
  try {
    await exchange({ grant_type: "refresh_token", refresh_token: session.refreshToken, scope: settings.scope });
    return session.accessToken;
  } catch {
    forget();
    return null;
  }
}

/** Forgets everything about the person, here, in the other tabs and at the authority. */
export async function signOut() {
  forget();
  memory.clear();
  common.clear();
  tabs.postMessage({ signedOut: true });
  const { end_session_endpoint } = await discover();
  location.assign(`${end_session_endpoint}?${new URLSearchParams({ post_logout_redirect_uri: home() })}`);
}

export function forget() {
  session = null;
  common.drop("signed-in");
}

/** @param {Record<string, string>} grant @param {string} [nonce] */
async function exchange(grant, nonce) {
  const { token_endpoint } = await discover();
  const response = await fetch(token_endpoint, { method: "POST", body: new URLSearchParams({ client_id: settings.clientId, ...grant }) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error_description ?? "Signing in failed.");
  const claims = answer.id_token ? claimsOf(answer.id_token) : null;
  if (nonce && claims?.nonce !== nonce) throw new Error("The answer belongs to another sign-in. Sign in again.");
  const { roles = [] } = claimsOf(answer.access_token);
  keep({
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? session?.refreshToken,
    expiresAt: Date.now() + answer.expires_in * 1000,
    person: claims ? { name: claims.name, email: claims.preferred_username ?? claims.email, roles } : { name: "", email: "", ...session?.person, roles },
  });
}

/** @type {Promise<Record<string, string>> | undefined} */
let discovery;
const discover = () => (discovery ??= fetch(`${settings.authority}/.well-known/openid-configuration`).then((response) => response.json()));

const home = () => location.origin + location.pathname;

const random = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));

const challenge = async (/** @type {string} */ verifier) => base64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));

/** @param {Uint8Array} bytes */
const base64Url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Read for display only. @param {string} token @returns {any} */
function claimsOf(token) {
  const bytes = Uint8Array.from(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
