/* Everything the page itself says, in the language that it came in: LANGUAGE.po has the words, and
   the server puts them into the page. What Docent says comes with the answers. */

export const LARGEST_PHOTO = 20 * 1024 * 1024;

export const words = JSON.parse(document.getElementById("said").textContent);

/** A sentence with its {braces} filled in. */
export function worded(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
