/* Docent's answers as elements. Whatever comes from outside goes in as text, never as HTML. */

import { element } from "./elements.js";
import { fileList } from "./files.js";
import { words, worded } from "./words.js";

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

/** A picture that Docent made or kept: only one that came inside the answer itself. */
function shown({ source, alt }) {
  if (!/^data:image\/(jpeg|png);/.test(source)) return element("p", { text: alt });
  return element("figure", { className: "shown" }, element("img", { src: source, alt }));
}

/** Several pictures side by side; what each tells is written below it, for every eye. A drawing
 * (Docent's are PNG) has words in it, and gets the whole width. */
function gallery(pictures) {
  const hung = pictures.map((picture) => {
    const figure = shown({ ...picture, alt: "" });
    if (figure.tagName === "FIGURE") figure.append(element("figcaption", { text: picture.alt }));
    else figure.textContent = picture.alt;
    const drawn = picture.source.startsWith("data:image/png;");
    return element("li", { className: drawn ? "drawn" : "" }, figure);
  });
  return element("ul", { className: "gallery", role: "list" }, ...hung);
}

/** Puts an answer into a label, in place of what was there. */
export function fill(label, { pictures, blocks, choices, documents }, onTap) {
  label.replaceChildren(
    ...(pictures.length > 1 ? [gallery(pictures)] : pictures.map(shown)),
    ...blocks.flatMap((block) => BLOCKS[block.kind]?.(block) ?? []),
  );
  if (choices.length) label.append(choiceRows(choices, onTap));
  if (documents.length) label.append(fileList(documents));
}

/** Whether an answer is to be shown at all; one that is only a toast passes by. */
export function holdsAnything({ pictures, blocks, choices, documents }) {
  return [pictures, blocks, choices, documents].some((each) => each.length > 0);
}

/** What a listener hears of an answer: pictures, how it begins, and how much there is to tap. */
export function heard({ pictures, blocks, choices, documents, toast }) {
  const spoken = blocks.filter(({ kind }) => kind === "title" || kind === "paragraph");
  const count = choices.flat().length;
  const files = documents.length;
  const seen = pictures.length > 1 ? [] : pictures.map(({ alt }) => alt);
  const parts = [toast, ...seen, ...spoken.slice(0, 2).map(({ text }) => text)];
  if (count) parts.push(count === 1 ? words.choice : worded(words.choices, { count }));
  if (files) parts.push(files === 1 ? words.file : worded(words.files, { count: files }));
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
