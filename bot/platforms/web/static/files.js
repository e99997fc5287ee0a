/* Files to take home: they came inside the answer, and are links that save them. */

import { element } from "./elements.js";
import { words, worded } from "./words.js";

const KINDS = { "application/pdf": "PDF", "text/csv": "CSV" };

export function fileList(documents) {
  const items = documents.map((file) => element("li", {}, shownFile(file)));
  return element("ul", { className: "files", role: "list" }, ...items);
}

function shownFile({ name, mime, size, data }) {
  if (!data) return worded(words.file_too_large, { name, size: inBytes(size) });
  return element(
    "a",
    { className: "file", href: URL.createObjectURL(blobOf(data, mime)), download: name },
    element("span", { className: "unseen", text: words.download }),
    " ",
    element("span", { className: "name", text: name }),
    " ",
    element("span", { className: "kind", text: `${KINDS[mime] ?? ""} · ${inBytes(size)}` }),
  );
}

function blobOf(data, mime) {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: mime });
}

/** A size as the page's language writes it: "12 kB". */
function inBytes(size) {
  const [unit, count] = size < 1e6 ? ["kilobyte", size / 1e3] : ["megabyte", size / 1e6];
  const digits = count < 10 ? 1 : 0;
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit,
    maximumFractionDigits: digits,
  }).format(Math.max(count, 0.1));
}
