/* One request to Docent, and one plain sentence where it fails. */

import { words } from "./words.js";

const PATIENCE = 90_000;

export class Failure extends Error {
  /** `again`: whether sending the same thing once more may help. */
  constructor(sentence, again) {
    super(sentence);
    this.again = again;
  }
}

/** A UUID. `crypto.randomUUID` is missing on plain http, as in a museum's own network. */
export function eventId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export function photoRequest(photo, caption = "") {
  const form = new FormData();
  form.append("photo", photo, photo.name || "photo");
  form.append("id", eventId());
  if (caption) form.append("caption", caption);
  return { path: "api/chat/photo", body: form };
}

export function tapRequest(data, message = "") {
  return jsonRequest("api/chat/tap", { id: eventId(), data, message });
}

export function textRequest(text) {
  return jsonRequest("api/chat/text", { id: eventId(), text });
}

function jsonRequest(path, content) {
  return { path, body: JSON.stringify(content), headers: { "Content-Type": "application/json" } };
}

/** Returns Docent's answer, or null where Docent says nothing. Throws `Failure`. */
export async function ask({ path, body, headers }) {
  const response = await reach(path, { method: "POST", body, headers });
  if (response.status === 204) return null;
  const content = await response.json().catch(() => null);
  if (response.ok && content) return content;
  if (response.status === 408) throw new Failure(words.slow, true);
  const again = response.ok || response.status >= 500 || response.status === 429;
  throw new Failure(content?.error || (again ? words.broken : words.refused), again);
}

/** The server will not have a request, and would not the next time. */
export class Refused extends Error {}

/** Sends something quietly and returns the answer. Throws `Refused`, or what may pass. */
export async function postJson(path, content, signal) {
  const { body, headers } = jsonRequest(path, content);
  const response = await fetch(path, { method: "POST", body, headers, signal });
  if (response.ok) return response.json();
  const mayPass = response.status >= 500 || response.status === 408 || response.status === 429;
  throw mayPass ? new Error(String(response.status)) : new Refused(String(response.status));
}

async function reach(path, options) {
  try {
    return await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    if (error.name === "TimeoutError") throw new Failure(words.slow, true);
    throw new Failure(navigator.onLine ? words.unreachable : words.offline, true);
  }
}
