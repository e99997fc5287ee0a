/* Docent's answers as elements. Whatever comes from outside goes in as text, never as HTML. */

import { words, worded } from "./words.js";

export function element(tag, { className = "", text = "", ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const BLOCKS = {
  title: ({ text }) => [element("h2", { text })],
  paragraph: ({ text }) => paragraphs(text, ""),
  note: ({ text }) => paragraphs(text, "note"),
  bullets: ({ items }) => [
    element("ul", {}, ...items.map((item) => element("li", { text: item }))),
  ],
  credits: (block) => [creditLine(block)],
};

function paragraphs(text, className) {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim())
    .map((part) => element("p", { className, text: part.trim() }));
}

function creditLine({ label, credits }) {
  const line = element("p", { className: "credits" }, `${worded(words.sources, { label })} `);
  credits.forEach((credit, index) => {
    if (index) line.append(", ");
    line.append(
      credit.link
        ? element("a", {
            href: credit.link,
            text: credit.name,
            target: "_blank",
            rel: "noopener noreferrer",
          })
        : credit.name,
    );
    if (credit.licence) line.append(` (${credit.licence})`);
  });
  return line;
}

/** A label that ends in a percentage, "Claude Monet · 62 %", as its name and its number. */
export function guessOf(label) {
  const parts = /^(.+?)[\s·–—:(]+(\d{1,3})(?:[.,]\d+)?\s?%\)?$/u.exec(label);
  return parts && { name: parts[1], percent: Math.min(100, Number(parts[2])) };
}

function choiceButton({ label, data }, onTap) {
  const guess = guessOf(label);
  const button = guess ? guessButton(guess) : element("button", { text: label, type: "button" });
  button.addEventListener("click", () => onTap(button, data));
  return button;
}

function guessButton({ name, percent }) {
  const button = element(
    "button",
    { className: "guess", type: "button" },
    element("span", { className: "name", text: name }),
    " ",
    element("span", { className: "percent", text: worded(words.percent, { percent }) }),
    element("span", { className: "share", "aria-hidden": "true" }),
  );
  button.style.setProperty("--share", `${percent}%`);
  return button;
}

function choiceRows(rows, onTap) {
  const group = element("div", { className: "choices" });
  for (const row of rows) {
    const buttons = row.map((choice) => choiceButton(choice, onTap));
    group.append(element("div", { className: "row" }, ...buttons));
  }
  return group;
}

/** A picture that Docent made: only one that came inside the answer itself. */
function shown({ source, alt }) {
  if (!/^data:image\/(jpeg|png);/.test(source)) return element("p", { text: alt });
  return element("figure", { className: "shown" }, element("img", { src: source, alt }));
}

/** Puts an answer into a label, in place of what was there. */
export function fill(label, { pictures, blocks, choices }, onTap) {
  label.replaceChildren(
    ...pictures.map(shown),
    ...blocks.flatMap((block) => BLOCKS[block.kind]?.(block) ?? []),
  );
  if (choices.length) label.append(choiceRows(choices, onTap));
}

/** What a listener hears of an answer: pictures, how it begins, and how much there is to tap. */
export function heard({ pictures, blocks, choices, toast }) {
  const spoken = blocks.filter(({ kind }) => kind === "title" || kind === "paragraph");
  const count = choices.flat().length;
  const seen = pictures.map(({ alt }) => alt);
  const parts = [toast, ...seen, ...spoken.slice(0, 2).map(({ text }) => text)];
  if (count) parts.push(count === 1 ? words.choice : worded(words.choices, { count }));
  return parts.filter(Boolean).join(" ");
}

export function thinkingSign(text) {
  const strokes = element("span", { className: "strokes", "aria-hidden": "true" });
  strokes.append(element("i"), element("i"), element("i"));
  return element("p", { className: "thinking" }, strokes, element("span", { text }));
}

export function failureNote(sentence, onRetry) {
  const note = element("div", { className: "failure" }, element("p", { text: sentence }));
  if (onRetry) {
    const retry = element("button", { text: words.retry, type: "button", className: "retry" });
    retry.addEventListener("click", onRetry);
    note.append(retry);
  }
  return note;
}

/** A visitor's photo in a frame; a neutral tile where the browser cannot show it. */
export function framed(photo) {
  const alt = photo.name ? worded(words.photo_named, { name: photo.name }) : words.photo;
  const image = element("img", { src: URL.createObjectURL(photo), alt });
  const mat = element("span", { className: "mat" }, image);
  image.addEventListener("error", () => {
    mat.classList.add("blind");
    mat.replaceChildren(
      element("strong", { text: photo.name || words.photo }),
      element("span", { text: words.photo_unseen }),
    );
  });
  return element("figure", { className: "frame" }, mat);
}
