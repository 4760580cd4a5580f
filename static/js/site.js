/* What every page has: dialogs, menus, keys, and files that are dropped or pasted anywhere. */

import { watchCommands } from "./copy.js";
import { enhance, openPage, watchDialogs } from "./dialogs.js";
import { watchFiles } from "./drop.js";
import { onKey, watchSwitch } from "./keys.js";
import { leaveSignedOut } from "./session.js";
import { suggest } from "./suggest.js";
import { watchTyping } from "./typing.js";

const ORDERS = ["newest", "oldest", "title"]; // any other is the usual one

enhance(document);
watchDialogs();
watchCommands();
watchFiles();
suggest(document.getElementById("q"));
watchTyping(document.getElementById("q"));
watchSwitch(document.getElementById("shortcuts-on"));

onKey({
  "/": search,
  u: () => open("[data-upload]"),
  "?": () => document.getElementById("help")?.showModal(),
});

/* On small screens, where only the archive has room for the search, the key leads there. */
function search() {
  const field = document.getElementById("q");
  if (field?.checkVisibility()) {
    field.focus();
    field.select();
  } else if (field) location.assign(`${field.form.action}#q`);
}

function open(selector) {
  const link = document.querySelector(selector);
  if (link) openPage(link);
}

/* A menu closes when something else is clicked, or with Escape. */
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".menu[open]");
  if (!menu) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* A menu that asks for one thing has the caret there as soon as it is open. */
document.addEventListener(
  "toggle",
  ({ target }) => {
    const field = target.open && target.matches(".menu") && target.querySelector("[data-caret]");
    if (!field) return;
    field.focus();
    field.select();
  },
  true, // it does not bubble
);

/* What is found as somebody types has an address of its own: the side bar marks the link that leads there, if any; a saved
   search only where it is asked in the same order and as strictly (words/searches.py). */
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "archive") return;
  const isForgiving = document.getElementById("forgive")?.checked ?? true;
  for (const link of document.querySelectorAll(".side a")) {
    if (leadsHere(link, isForgiving)) link.ariaCurrent = "page";
    else link.removeAttribute("aria-current");
  }
});

function leadsHere(link, isForgiving) {
  const [wanted, here] = [link, location].map(({ search }) => new URLSearchParams(search));
  const isSame = link.pathname === location.pathname && textOf(wanted) === textOf(here);
  if (!wanted.has("forgive")) return isSame;
  return isSame && orderOf(wanted) === orderOf(here) && wanted.get("forgive") === String(Number(isForgiving));
}

function textOf(question) {
  return question.get("q")?.trim() ?? "";
}

function orderOf(question) {
  const sort = question.get("sort");
  return ORDERS.includes(sort) ? sort : "";
}

/* When somebody has signed out meanwhile, a question for a part of the page is answered with the sign-in page. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { responseURL } = event.detail.xhr;
  if (!responseURL || new URL(responseURL).pathname === new URL(event.detail.pathInfo.requestPath, location.href).pathname) return;
  event.detail.shouldSwap = false;
  leaveSignedOut();
});

/* Parts that ask again and again go on by themselves when the site is back; until then they say why nothing moves.
   What somebody did says why it came to nothing, until something works again. */
for (const event of ["htmx:afterOnLoad", "htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(event, ({ detail: { requestConfig, xhr } }) => {
    const place = document.getElementById("connection");
    const { lost } = place.dataset;
    const isPolling = requestConfig.elt.matches("[hx-trigger^=every]");
    if (isPolling && ![lost, ""].includes(place.textContent)) return;
    const words = isPolling ? (isDown(xhr) ? lost : "") : trouble(xhr, place.dataset);
    if (place.textContent !== words) place.textContent = words;
  });
}

function isDown({ status }) {
  return status === 0 || status >= 500;
}

function trouble(xhr, { failed, refused }) {
  if ([403, 404].includes(xhr.status)) return refused;
  return isDown(xhr) || (xhr.status >= 400 && xhr.status !== 422) ? failed : "";
}
