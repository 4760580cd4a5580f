/* Choosing documents: how many, all on this page, a range with the Shift key. Without this the boxes and buttons work alone. */

import { language, number } from "./numbers.js";

const BOX = "input[name=document][form=bulk]";
const plural = new Intl.PluralRules(language);
let last = null;

/* On the document, because lists are exchanged while one types. */
document.addEventListener("change", ({ target }) => {
  if (target.matches(BOX)) tell();
  if (target.closest("[data-page]")) choosePage(target.checked);
  if (target.name === "all" && target.form?.id === "bulk") tell();
});

document.addEventListener("click", (event) => {
  if (!event.target.matches?.(BOX)) return;
  if (event.shiftKey && last?.isConnected) chooseRange(last, event.target);
  last = event.target;
});

/* Escape gives the choice up. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], .menu[open]")) return;
  if (!boxes().some(({ checked }) => checked)) return;
  choosePage(false);
  const bar = document.getElementById("bulk");
  if (bar.contains(document.activeElement)) boxes()[0].focus();
});

/* A card that was read meanwhile is exchanged for a newer one. */
let chosen = new Set();
document.addEventListener("htmx:beforeSwap", () => (chosen = new Set(boxes().filter(({ checked }) => checked).map(({ value }) => value))));
document.addEventListener("htmx:afterSettle", () => {
  for (const box of boxes()) box.checked ||= chosen.has(box.value);
  tell();
});

tell();

function boxes() {
  return [...document.querySelectorAll(BOX)];
}

function choosePage(isChosen) {
  for (const box of boxes()) box.checked = isChosen;
  tell();
}

function chooseRange(from, to) {
  const all = boxes();
  const [first, end] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  for (const box of all.slice(first, end + 1)) box.checked = to.checked;
  tell();
}

function tell() {
  const bar = document.getElementById("bulk");
  if (!bar) return;
  const all = boxes();
  const count = all.filter(({ checked }) => checked).length;
  const everything = bar.querySelector("[data-all]");
  if (everything && !count) everything.querySelector("input").checked = false;
  const page = bar.querySelector("[data-page]");
  page.hidden = false;
  page.querySelector("input").checked = count === all.length;
  const words = everything?.querySelector("input").checked
    ? everything.textContent.trim()
    : plural.select(count) === "one" ? bar.dataset.one : bar.dataset.other.replace("{count}", number(count));
  const place = bar.querySelector(".bulk-count");
  if (count && place.textContent !== words) place.textContent = words;
}
