/* The conversation: what the visitor sends, in order, and Docent's labels beside it. */

import { element } from "./elements.js";
import { answered, remember, start } from "./news.js";
import { announce, bringToView, pass, showToast } from "./notices.js";
import { failureNote, fill, framed, heard, holdsAnything, thinkingSign } from "./rendering.js";
import { ask, Failure, photoRequest, tapRequest, textRequest } from "./sending.js";
import { LARGEST_PHOTO, words } from "./words.js";

const chat = document.getElementById("chat");

let line = Promise.resolve();

/** Runs after everything sent before: Docent hears things in the order they were said. */
function inTurn(work) {
  line = line.then(work, work);
  return line;
}

/**
 * Sends a request when its turn comes. `view` shows how that goes: begin, settle, fail, end.
 * A retry sends the same request, so that what did arrive is not done twice.
 */
function attempt(request, view) {
  view.begin();
  inTurn(async () => {
    try {
      view.settle(await ask(request));
    } catch (error) {
      if (!(error instanceof Failure)) console.error(error);
      const failure = error instanceof Failure ? error : new Failure(words.broken, true);
      const note = failureNote(failure.message, failure.again && (() => attempt(request, view)));
      view.fail(note);
      bringToView(note, "nearest");
      announce(failure.message);
    } finally {
      view.end();
    }
  });
}

export function sendPhoto(photo, caption = "") {
  const frame = framed(photo);
  const wall = element("div", { className: "wall" }, frame);
  if (caption) wall.append(element("p", { className: "said", text: caption }));
  const told = newExchange("paired", wall);
  const exchange = told.parentElement;
  frame.querySelector("img").addEventListener("load", () => {
    if (exchange === chat.lastElementChild) bringToView(exchange, "start");
  });
  if (!photo.size || photo.size > LARGEST_PHOTO) {
    const sentence = photo.size ? words.too_large : words.empty_photo;
    told.append(element("article", { className: "label" }, failureNote(sentence)));
    announce(sentence);
    return;
  }
  answer(told, photoRequest(photo, caption), words.looking, frame);
}

export function sendText(text) {
  const told = newExchange("", element("p", { className: "said", text }));
  answer(told, textRequest(text), words.thinking);
}

function newExchange(className, said) {
  const told = addExchange(className, said);
  bringToView(told.parentElement, "start");
  return told;
}

function addExchange(className, ...said) {
  const told = element("div", { className: "told" });
  chat.append(element("section", { className: `exchange ${className}` }, ...said, told));
  return told;
}

function newLabel() {
  return element("article", { className: "label", "aria-label": words.answer, tabindex: "-1" });
}

/** Adds a label that shows a sign of thinking, and then the answer. */
function answer(told, request, sign, frame = null) {
  const label = newLabel();
  told.append(label);
  attempt(request, {
    begin() {
      keepFocus(label, () => label.replaceChildren(thinkingSign(sign)));
      frame?.classList.add("looked-at");
      announce(`${sign}…`);
    },
    settle(reply) {
      if (reply && holdsAnything(reply)) show(label, reply);
      else leaveOut(label, reply);
      if (label.closest(".exchange") === chat.lastElementChild) bringToView(label, "nearest");
    },
    fail: (note) => label.replaceChildren(note),
    end: () => frame?.classList.remove("looked-at"),
  });
}

/** A tapped label waits: another tap on it does nothing until the first is answered. */
function tap(label, button, data) {
  if (label.getAttribute("aria-busy") === "true") return;
  label.querySelector(".failure")?.remove();
  if (showAgain(label, data)) return;
  attempt(tapRequest(data, label.dataset.message), {
    begin() {
      const failure = label.querySelector(".failure");
      if (failure?.contains(document.activeElement)) button.focus();
      failure?.remove();
      wait(label, button, true);
      announce(`${words.thinking}…`);
    },
    settle(reply) {
      if (!reply || !holdsAnything(reply)) {
        pass(reply?.toast ?? "");
        return;
      }
      answered(label);
      if (reply.replaces) replace(label, reply);
      else showBelow(label, reply, data);
    },
    fail: (note) => label.append(note),
    end: () => wait(label, button, false),
  });
}

function wait(label, button, waiting) {
  label.setAttribute("aria-busy", String(waiting));
  for (const each of label.querySelectorAll(".choices button")) {
    each.setAttribute("aria-disabled", String(waiting));
  }
  button.classList.toggle("waiting", waiting);
}

function replace(label, reply) {
  keepFocus(label, () => show(label, reply));
  if (label.getBoundingClientRect().top < 0) bringToView(label, "start");
}

function showBelow(label, reply, data) {
  const added = newLabel();
  label.after(added);
  show(added, reply);
  bringToView(added, "nearest");
  added.querySelector("img")?.addEventListener("load", () => bringToView(added, "nearest"));
  if (reply.again) remembered(label).set(data, { added, words: reply.again });
}

/** Leads to the answer that a button brought before, where it still holds; else does nothing. */
function showAgain(label, data) {
  const { added, words: again } = remembered(label).get(data) ?? {};
  if (!added?.isConnected) return false;
  bringToView(added, "nearest");
  pass(again);
  return true;
}

const brought = new WeakMap();

function remembered(label) {
  if (!brought.has(label)) brought.set(label, new Map());
  return brought.get(label);
}

function show(label, reply) {
  write(label, reply);
  remember(label, reply);
}

function write(label, reply) {
  fill(label, reply, (button, data) => tap(label, button, data));
  if (reply.toast) showToast(reply.toast);
  announce(heard(reply));
}

/** An answer that leaves nothing to read: silence, or a word in passing. */
function leaveOut(label, reply) {
  label.remove();
  pass(reply?.toast ?? "");
}

/** Changes a label; a focus inside what goes moves to the label, not to the top of the page. */
function keepFocus(label, change) {
  const held = label.contains(document.activeElement);
  change();
  if (held) label.focus({ preventScroll: true });
}

/** Shows what Docent says unasked, in place of what it replaces, or else at the end. */
function showNews(there, reply) {
  if (!holdsAnything(reply)) {
    pass(reply.toast);
    return undefined;
  }
  const label = there ?? newLabel();
  const atEnd = chat.getBoundingClientRect().bottom <= innerHeight;
  if (!there) addExchange("").append(label);
  keepFocus(label, () => write(label, reply));
  if (atEnd) bringToView(label, "nearest"); // whoever reads further up is left where they are
  return label;
}

start(async (there, reply) => {
  let label;
  await inTurn(() => {
    label = showNews(there, reply);
  });
  return label;
});
