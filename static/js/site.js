/* What every page has: dialogs, menus, keys, and files that are dropped or pasted anywhere. */

import { watchCommands } from "./copy.js";
import { enhance, openPage, watchDialogs } from "./dialogs.js";
import { watchFiles } from "./drop.js";
import { onKey, watchSwitch } from "./keys.js";

enhance(document);
watchDialogs();
watchCommands();
watchFiles();
watchSwitch(document.getElementById("shortcuts-on"));

onKey({
  "/": () => document.getElementById("q")?.focus(),
  u: () => open("[data-upload]"),
  "?": () => document.getElementById("help")?.showModal(),
});

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
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* When somebody has signed out meanwhile, a question for a part of the page is answered with the sign-in page. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { responseURL } = event.detail.xhr;
  if (!responseURL || new URL(responseURL).pathname === new URL(event.detail.pathInfo.requestPath, location.href).pathname) return;
  event.detail.shouldSwap = false;
  location.reload();
});
