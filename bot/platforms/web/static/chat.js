/* The doors: files, the camera, the clipboard, a drop, and the text field. */

import { sendPhoto, sendText } from "./conversation.js";

const $ = (id) => document.getElementById(id);

/** Sends photos; words that are written already go with the first of them. */
function sendPhotos(files) {
  const caption = $("words").value.trim();
  if (caption) $("words").value = "";
  for (const [number, file] of [...files].entries()) sendPhoto(file, number ? "" : caption);
}

for (const [button, input] of [
  ["hook", "files"],
  ["choose", "files"],
  ["shoot", "camera"],
]) {
  $(button).addEventListener("click", () => $(input).click());
}

for (const input of [$("files"), $("camera")]) {
  input.addEventListener("change", () => {
    sendPhotos([...input.files]);
    input.value = "";
  });
}

$("desk").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("words").value.trim();
  $("words").focus();
  if (!text) return;
  $("words").value = "";
  sendText(text);
});

document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  sendPhotos(files);
});

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
const curtain = (drawn) => $("curtain").classList.toggle("drawn", drawn);

document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  curtain(true);
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) curtain(false);
});
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  curtain(false);
  sendPhotos(event.dataTransfer.files);
});
