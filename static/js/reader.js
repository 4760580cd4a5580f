/* The page of a document: where the reader is, how they step, what they see. */

import { copy } from "./copy.js";
import { Hits } from "./hits.js";
import { onKey } from "./keys.js";
import { pageLabel } from "./numbers.js";
import { Rows } from "./rows.js";
import { Strip } from "./strip.js";

const VIEW = "ocrsite-view";
const reader = document.getElementById("reader");

if (reader) start(reader);

function start(reader) {
  const total = Number(reader.dataset.total);
  const hits = new Hits(reader);
  const rows = new Rows(reader, total, hits.question);
  const strip = new Strip(reader, total, hits, jump, go);
  const field = reader.querySelector("#page-number");
  const announcer = reader.querySelector("[data-announcer]");
  let current = 0;
  let address;

  function arrive(number) {
    if (number === current) return;
    current = number;
    strip.mark(number);
    if (field && field !== document.activeElement) field.value = number;
    for (const button of reader.querySelectorAll("[data-step]")) {
      button.disabled = !rows.at(number + Number(button.dataset.step));
    }
    // Browsers refuse addresses that change too often.
    tellAddress();
  }

  function tellAddress() {
    clearTimeout(address);
    address = setTimeout(() => history.replaceState(history.state, "", hits.addressOf(current)), 250);
  }

  const within = (number) => Math.min(Math.max(number, 1), total);

  function go(number) {
    const wanted = within(number);
    rows.show(wanted);
    arrive(wanted);
    announcer.textContent = pageLabel(reader, wanted);
  }

  /* Back leads to the page from which somebody jumped, and not out of the document. */
  function jump(number) {
    clearTimeout(address);
    history.replaceState(history.state, "", hits.addressOf(current));
    history.pushState(null, "", hits.addressOf(within(number)));
    go(number);
  }

  function step(by) {
    if (total > 1 && current + by >= 1 && current + by <= total) go(current + by);
  }

  /* The browser itself goes to #hit, the one in the text, as late as when all is there: not where both it and
     the one on the image are in sight. Whoever has moved on by then stays there. */
  function reveal() {
    const show = () => hits.mark(rows.at(first), hits.hit);
    const moved = new AbortController();
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(kind, () => moved.abort(), { once: true });
    show();
    addEventListener("load", () => setTimeout(() => moved.signal.aborted || show()), { once: true });
  }

  async function walk(by) {
    const found = hits.beside(current, by);
    if (!found) return;
    const row = await rows.there(found.page);
    if (row.classList.contains("is-far")) go(found.page); // which says that it could not be loaded
    else hits.mark(row, found.hit);
    arrive(found.page);
    tellAddress();
  }

  reader.classList.add("is-enhanced");
  history.scrollRestoration = "manual";
  watchViews(reader, () => rows.show(current));
  const first = Number(reader.dataset.page);
  if (first > 1) rows.show(first);
  arrive(first);
  if (hits.hit) reveal();
  hits.watch(walk, () => current);
  rows.watch(arrive);
  watchBar(reader, step, jump, () => current);
  addEventListener("popstate", () => go(Number(new URLSearchParams(location.search).get("page")) || 1));
  document.body.addEventListener("ocrsite:pages", ({ detail }) => {
    rows.reload(detail.pages);
    strip.reload(detail.pages);
    if (detail.message) announcer.textContent = detail.message;
  });
  reader.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy]");
    if (button) copy(button, reader.dataset.copied);
  });
  onKey({
    n: () => walk(1),
    N: () => walk(-1),
    ArrowRight: () => step(1),
    j: () => step(1),
    ArrowLeft: () => step(-1),
    k: () => step(-1),
    Home: () => go(1),
    End: () => go(total),
    c: () => rows.at(current)?.querySelector("[data-copy]")?.click(),
  });
}

function watchBar(reader, step, jump, current) {
  for (const button of reader.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  const form = reader.querySelector(".stepper");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = Number(form.page.value);
    if (Number.isInteger(wanted) && wanted > 0) jump(wanted);
    form.page.value = current();
    form.page.select();
  });
}

/* Image, text or both: remembered, because it belongs to the person and their screen. */
function watchViews(reader, onChange) {
  const group = reader.querySelector(".switch");
  const show = (view) => {
    reader.dataset.view = view;
    for (const button of group.children) button.ariaPressed = String(button.dataset.view === view);
  };
  group.hidden = false;
  group.addEventListener("click", ({ target }) => {
    if (!target.dataset.view) return;
    localStorage.setItem(VIEW, target.dataset.view);
    show(target.dataset.view);
    onChange();
  });
  const remembered = localStorage.getItem(VIEW);
  if (remembered) show(remembered);
}
