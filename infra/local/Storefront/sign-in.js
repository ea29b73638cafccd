// Signing in: OpenID Connect's authorization code with PKCE, as any single-page storefront does it.
// Tokens live in the tabs' session storage and are gone with the last tab.
import { common, memory } from "./page.js";

export const settings = await (await fetch("/storefront/settings.json")).json();

/** The account that is signed in: { name, email }, or null. */
export const person = () => memory.get("session")?.person ?? null;

/** A new tab asks the others who is signed in; only pages of this origin hear it. */
const tabs = new BroadcastChannel("shop");
const longestSilence = 150;

tabs.addEventListener("message", ({ data }) => {
  if (data.question && memory.get("session")) tabs.postMessage({ session: memory.get("session") });
  if (data.signedOut && memory.get("session")) {
    memory.clear();
    location.assign("/");
  }
});

export async function joinOtherTabs() {
  if (memory.get("session")) return;
  await new Promise((resolve) => {
    const hear = ({ data }) => {
      if (!data.session) return;
      memory.set("session", data.session);
      resolve();
    };
    tabs.addEventListener("message", hear);
    tabs.postMessage({ question: true });
    setTimeout(() => { tabs.removeEventListener("message", hear); resolve(); }, longestSilence);
  });
}

/** Leaves for the authority's page, and comes back to where the person was. */
export async function signIn(back = location.hash) {
  const verifier = random();
  const pending = { verifier, state: random(), nonce: random(), back };
  memory.set("sign-in", pending);
  const { authorization_endpoint } = await discover();
  const query = new URLSearchParams({
    client_id: settings.clientId,
    response_type: "code",
    redirect_uri: redirectUri(),
    scope: settings.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await challenge(verifier),
    code_challenge_method: "S256",
  });
  location.assign(`${authorization_endpoint}?${query}`);
  // The page is on its way out: whoever awaits this must not go on.
  await new Promise(() => {});
}

/** Takes the code out of the address when the authority has sent the person back. */
export async function finishSignIn() {
  const query = new URLSearchParams(location.search);
  if (!query.has("state")) return;
  const pending = memory.get("sign-in");
  memory.drop("sign-in");
  history.replaceState(null, "", `/${pending?.back || "#/"}`);
  if (!pending || query.get("state") !== pending.state) throw new Error("This sign-in was not started in this tab. Sign in again.");
  if (query.has("error")) throw new Error(query.get("error_description") ?? query.get("error"));
  await exchange({ grant_type: "authorization_code", code: query.get("code"), redirect_uri: redirectUri(), code_verifier: pending.verifier }, pending.nonce);
}

/** An access token with at least half a minute left; null when nobody is signed in. */
export async function accessToken() {
  const session = memory.get("session");
  if (!session) return null;
  if (session.expiresAt - Date.now() > 30_000) return session.accessToken;
  try {
    await exchange({ grant_type: "refresh_token", refresh_token: session.refreshToken, scope: settings.scope });
    return memory.get("session").accessToken;
  } catch {
    memory.drop("session");
    return null;
  }
}

/** Forgets everything about the person, here and at the authority. */
export async function signOut() {
  memory.clear();
  common.clear();
  tabs.postMessage({ signedOut: true });
  const { end_session_endpoint } = await discover();
  location.assign(`${end_session_endpoint}?${new URLSearchParams({ post_logout_redirect_uri: redirectUri() })}`);
}

export const forget = () => memory.drop("session");

async function exchange(grant, nonce) {
  const { token_endpoint } = await discover();
  const response = await fetch(token_endpoint, { method: "POST", body: new URLSearchParams({ client_id: settings.clientId, ...grant }) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error_description ?? "Signing in failed.");
  const claims = answer.id_token ? claimsOf(answer.id_token) : null;
  if (nonce && claims?.nonce !== nonce) throw new Error("The answer belongs to another sign-in. Sign in again.");
  memory.set("session", {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? memory.get("session")?.refreshToken,
    expiresAt: Date.now() + answer.expires_in * 1000,
    person: claims ? { name: claims.name, email: claims.preferred_username ?? claims.email } : person(),
  });
}

let discovery;
const discover = () => (discovery ??= fetch(`${settings.authority}/.well-known/openid-configuration`).then((response) => response.json()));

const redirectUri = () => `${location.origin}/`;

const random = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));

const challenge = async (verifier) => base64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));

const base64Url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Read for display only: it is the API that checks tokens. */
function claimsOf(token) {
  const bytes = Uint8Array.from(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
