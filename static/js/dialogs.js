/* Pages that open over the one they were asked from. Without this script their links lead to them. */

import { enhanceEngines } from "./engines.js";
import { enhanceLanguages } from "./languages.js";
import { enhanceUploads } from "./uploader.js";

/** Make what is under `root` pleasant. */
export function enhance(root) {
  enhanceLanguages(root);
  enhanceEngines(root);
  enhanceUploads(root);
}

/** Show the page that `link` leads to in the dialog; gives its body, or null. */
export async function openPage(link) {
  const sheet = document.getElementById("sheet");
  if (!sheet) return null;
  sheet.querySelector("h2").textContent = link.dataset.dialog;
  const html = await ask(link.href, {}, sheet);
  if (html === null) return null;
  const body = fill(sheet, html);
  if (!sheet.open) sheet.showModal();
  return body;
}

export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      openPage(link);
    }
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
  });
  for (const opener of document.querySelectorAll("[data-opens]")) opener.hidden = false;
  for (const dialog of document.querySelectorAll("dialog")) {
    // A click on the dialog itself, not on what it holds, is one beside it.
    dialog.addEventListener("pointerdown", (event) => event.target === dialog && isBeside(dialog, event) && dialog.close());
  }
  document.getElementById("sheet")?.addEventListener("submit", send);
}

/* A form that may be refused stays in the dialog then; when it is taken, its answer leads on. The others are
   sent as ever: a message that they leave would be lost on the way. */
async function send(event) {
  const form = event.target;
  if (event.defaultPrevented || !("stays" in form.dataset)) return;
  event.preventDefault();
  const html = await ask(form.action, { method: "POST", body: new FormData(form, event.submitter) }, event.currentTarget);
  if (html !== null) fill(document.getElementById("sheet"), html);
}

async function ask(url, options, sheet) {
  try {
    const response = await fetch(url, { ...options, headers: { "HX-Request": "true" } });
    if (response.redirected) {
      leave(response.url);
      return null;
    }
    if (response.ok || response.status === 422) return await response.text();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const sentence = document.createElement("p");
  sentence.textContent = sheet.dataset.failed;
  return sentence.outerHTML;
}

/* An answer that leads to where the dialog was opened leaves the reader at their page. */
function leave(url) {
  if (new URL(url).pathname === location.pathname) location.reload();
  else location.assign(url);
}

function fill(sheet, html) {
  const body = sheet.querySelector(".dialog-body");
  body.innerHTML = html;
  enhance(body);
  return body;
}

function isBeside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
