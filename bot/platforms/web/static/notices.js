/* What is said in passing: to a screen reader, in a toast, or by moving the page. */

const status = document.getElementById("status");
const toast = document.getElementById("toast");
const TOAST_TIME = 2600;
const LETTER_TIME = 55;

let toastTimer = 0;

export function announce(text) {
  status.textContent = text;
}

export function showToast(text) {
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => toast.classList.remove("shown"), Math.max(TOAST_TIME, LETTER_TIME * text.length));
}

/** Says something in passing, to everybody. */
export function pass(text) {
  if (text) showToast(text);
  announce(text);
}

export function bringToView(target, block) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}
