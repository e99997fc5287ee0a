/* What Docent says unasked: fetched while something is open, and shown where it belongs. */

import { postJson, Refused } from "./sending.js";

const AWAITED = 15 * 60_000;
const PATIENCE = 60_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
const AT_ONCE = 32;

const labels = new Map();
const awaited = new Map();
const seen = new Set();
const owed = { shown: [], told: [] };

let present = null;
let until = 0;
let more = false;
let listening = false;
let inHaste = true;
let asking = null;
let wakeUp = () => {};

/** `show(label, answer)` puts news on the screen, `label` being what they replace, or undefined;
 * it resolves to the label where they stand. Then it is asked once what came in the meantime. */
export function start(show) {
  present = show;
  refresh();
  addEventListener("online", () => wakeUp());
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    wakeUp();
    if (labels.size) refresh();
  });
}

/** Keeps what an answer's label is called; Docent hears that it is there to be seen. */
export function remember(label, { message, expects_news }) {
  if (!message) return;
  owed.shown.push(message);
  stand(message, label, expects_news);
  inHaste = true; // what the server expects next is known only after the report
  asking?.abort();
  wakeUp();
  listen();
}

/** Expects nothing more about a label: a tap brought its answer. */
export function answered(label) {
  awaited.delete(label.dataset.message);
}

function stand(message, label, expected) {
  label.dataset.message = message;
  labels.set(message, label);
  until = Date.now() + AWAITED;
  if (expected) awaited.set(message, until);
}

function refresh() {
  more = true;
  until = Date.now() + AWAITED;
  listen();
}

const owes = () => owed.shown.length > 0 || owed.told.length > 0;
const expects = () => [...awaited.values()].some((end) => end > Date.now());

/** Asks again and again, as long as there is something to report or to wait for. */
async function listen() {
  if (listening) return;
  listening = true;
  let pause = 0;
  let first = true;
  inHaste = true;
  while ((owes() || more || expects()) && Date.now() < until) {
    try {
      const news = await fetchNews(!inHaste && (more || expects()));
      more = news.expects_news;
      for (const item of news.items) await deliver(item);
      pause = news.again_in * 1000;
    } catch (problem) {
      if (problem instanceof Refused) break;
      if (first) more = false; // nothing is known to be on its way
      pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, pause * 2));
    }
    first = false;
    if (pause && Date.now() < until) await sleep(pause);
  }
  listening = false;
}

/** Reports what is on the screen, and returns what is new. A report cuts a waiting request off. */
async function fetchNews(wait) {
  const shown = owed.shown.slice(0, AT_ONCE);
  const told = owed.told.slice(0, AT_ONCE);
  inHaste = false;
  asking = new AbortController();
  const end = setTimeout(() => asking?.abort(), PATIENCE);
  try {
    const news = await postJson("api/chat/news", { shown, told, wait }, asking.signal);
    owed.shown.splice(0, shown.length);
    owed.told.splice(0, told.length);
    return news;
  } catch (problem) {
    if (problem.name !== "AbortError") throw problem;
    return { items: [], expects_news: more, again_in: 0 };
  } finally {
    clearTimeout(end);
    asking = null;
  }
}

async function deliver({ id, message, answer }) {
  owed.told.push(id);
  if (seen.has(id)) return;
  seen.add(id);
  awaited.delete(message);
  const there = labels.get(message);
  const label = await present(there?.isConnected ? there : undefined, answer);
  if (label) stand(message, label, answer.expects_news);
}

function sleep(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wakeUp = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
