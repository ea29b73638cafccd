// What becomes of an order, as it happens: server-sent events, read by fetch because an EventSource cannot send a token. Where
// they do not come through, the page asks every few seconds, and for no stream before the shop wants to be asked for one.
import { Problem, api } from "../shared/api.js";

/** @import { Schemas } from "../shared/api.js" */
/** @typedef {Schemas["ReadTrackingResponse"]} Tracking */

const comeBackAfter = 2_000;
const askAgainAfter = 5_000;

/** By performance.now(), for all orders: the shop counts the streams of an account. */
let noStreamBefore = 0;

/**
 * Tells what is so now and then every change, until it is aborted or nothing more will happen.
 * @param {string} id @param {(tracking: Tracking) => unknown} told @param {AbortSignal} signal
 */
export async function follow(id, told, signal) {
  let last = "";
  while (!signal.aborted) {
    // A page that nobody looks at keeps no connection; what happened meanwhile is told when it is looked at again.
    if (document.hidden) {
      await seen(signal);
      continue;
    }

    try {
      if (performance.now() >= noStreamBefore) {
        const stream = await open(id, last, signal);
        if (!stream) return;
        for await (const event of eventsIn(stream)) {
          last = event.id || last;
          await told(JSON.parse(event.data));
        }
        await pause(comeBackAfter, signal);
        continue;
      }
    } catch (error) {
      if (signal.aborted || (error instanceof Problem && error.status === 404)) return;
      if (error instanceof Problem) noStreamBefore = performance.now() + error.retryAfter * 1_000;
    }

    await ask(id, told, signal);
    await pause(askAgainAfter, signal);
  }
}

/** @param {string} id @param {string} last @param {AbortSignal} signal @returns {Promise<ReadableStream<Uint8Array> | null>} Null when there is no more to come. */
async function open(id, last, signal) {
  const { data, response } = await api.GET("/orders/{id}/tracking/stream", {
    params: { path: { id } }, parseAs: "stream", headers: { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) }, signal,
  });
  return response.status === 204 ? null : data ?? null;
}

/** @param {string} id @param {(tracking: Tracking) => unknown} told @param {AbortSignal} signal */
async function ask(id, told, signal) {
  try {
    const { data } = await api.GET("/orders/{id}/tracking", { params: { path: { id } }, signal });
    if (data) await told(data);
  } catch {
    // The shop is away for a moment; what is shown stays, and the next look tells.
  }
}

/** Events are told apart by an empty line. @param {ReadableStream<Uint8Array>} stream */
async function* eventsIn(stream) {
  let text = "";
  // @ts-ignore TypeScript's DOM takes the decoder for a writer of any bytes, and the stream for one of its own kind.
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    const events = text.split(/\r?\n\r?\n/);
    text = events.pop() ?? "";
    for (const event of events) {
      const lines = event.split(/\r?\n/);
      const of = (/** @type {string} */ name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trim()).join("\n");
      if (of("data")) yield { id: of("id"), data: of("data") };
    }
  }
}

/** Ends at once where the network is there again. @param {number} milliseconds @param {AbortSignal} signal @returns {Promise<void>} */
const pause = (milliseconds, signal) => new Promise((resolve) => {
  const done = () => {
    clearTimeout(timer);
    window.removeEventListener("online", done);
    signal.removeEventListener("abort", done);
    resolve();
  };
  const timer = setTimeout(done, milliseconds);
  window.addEventListener("online", done);
  signal.addEventListener("abort", done);
});

/** @param {AbortSignal} signal @returns {Promise<void>} */
const seen = (signal) => new Promise((resolve) => {
  document.addEventListener("visibilitychange", () => resolve(), { once: true });
  signal.addEventListener("abort", () => resolve(), { once: true });
});
