/* The page of a document: where the reader is, how they step, what they see. */

import { copy } from "./copy.js";
import { Corrector } from "./correcting/corrector.js";
import { Hits } from "./hits.js";
import { onKey } from "./keys.js";
import { number as inWords, pageLabel } from "./numbers.js";
import { Doubtful } from "./reader/doubtful.js";
import { watchLayers } from "./reader/layers.js";
import { Leaves } from "./reader/leaves.js";
import { pair } from "./reader/pairing.js";
import { Selection } from "./reader/selection.js";
import { Settings } from "./reader/settings.js";
import { watchTools } from "./reader/tools.js";
import { Rows } from "./rows.js";
import { fill } from "./sentences.js";
import { Strip } from "./strip.js";

const SAID = 2500; // milliseconds
const PATIENCE = 500; // milliseconds in which the words of the first page have precedence
const reader = document.getElementById("reader");

if (reader) start(reader);

function start(reader) {
  const total = Number(reader.dataset.total);
  const hits = new Hits(reader);
  const settings = new Settings(reader);
  const rows = new Rows(reader, total, hits.question);
  const strip = new Strip(reader, total, hits, jump, go);
  const field = reader.querySelector("#page-number");
  const announcer = reader.querySelector("[data-announcer]");
  const say = speaker(reader);
  let current = 0;
  let address;

  function arrive(number) {
    if (number === current) return;
    current = number;
    strip.mark(number);
    doubtful.count();
    if (field && field !== document.activeElement) field.value = number;
    for (const button of reader.querySelectorAll("[data-step]")) {
      button.disabled = within(number + Number(button.dataset.step)) === number;
    }
    // Browsers refuse addresses that change too often.
    tellAddress();
  }

  function tellAddress() {
    clearTimeout(address);
    address = setTimeout(() => tell(hits.addressOf(current)), 250);
  }

  /* At once, and in the place of what was to be told. */
  function tell(place) {
    clearTimeout(address);
    history.replaceState(history.state, "", place);
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
    tell(hits.addressOf(current));
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

  /* The page of a number, fetched if it was far away, and with `isShown` the one that is read from now on. */
  async function turnTo(number, { isShown }) {
    const row = await rows.there(number);
    if (isShown) {
      if (number !== current) rows.show(number);
      arrive(number);
      tellAddress();
    }
    return leaves.of(row);
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
  const leaves = new Leaves(reader, settings);
  const selection = new Selection(reader, leaves, say);
  const doubtful = new Doubtful(reader, leaves, { current: () => current, go: turnTo, say });
  pair(reader, leaves);
  const leafOf = (target) => (target ? leaves.of(target) : leaves.at(current));
  watchLayers(reader, settings, leafOf, say);
  watchTools(reader, settings, { current: leafOf, doubtful, selection });
  const mayCorrect = reader.querySelector("[data-correcting]");
  const corrector = mayCorrect && new Corrector(reader, { rows, leaves, settings, doubtful, current: () => current, go: turnTo, tell });
  reader.addEventListener("ocrsite:settings", ({ detail }) => ["view", "fit", "turn"].includes(detail.what) && rows.show(current));
  reader.addEventListener("ocrsite:hit", ({ detail }) => leaves.of(detail.row)?.viewer?.show(detail.box));
  const first = Number(reader.dataset.page);
  if (first > 1) {
    rows.show(first);
    tellAt(rows.at(first));
  }
  arrive(first);
  const asked = new URLSearchParams(location.search);
  if (asked.get("correct") === "1") corrector?.queue(() => corrector.begin(wordIn(asked)));
  if (hits.hit) reveal();
  hits.watch(walk, () => current);
  rows.watch(arrive);
  const fill = () => [rows, strip].forEach((part) => part.fill());
  once(reader, "ocrsite:words", fill, PATIENCE);
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
    e: () => corrector?.queue(() => corrector.toggle()),
    c: () => rows.at(current)?.querySelector("[data-copy]")?.click(),
  });
  pressAgain(document.lastDone);
}

/* What the site has to say stands where one arrives, and not far above: before the row, which may be loaded anew. */
function tellAt(row) {
  const messages = document.getElementById("messages");
  if (!messages.childElementCount) return;
  row.before(messages);
  messages.scrollIntoView({ block: "start", behavior: "instant" });
}

/* Home and End mean the document. The browser, which was alone when they were pressed, knew only some of its pages. */
function pressAgain(event) {
  if (["Home", "End"].includes(event?.key)) event.target.dispatchEvent(new KeyboardEvent("keydown", event));
}

/* The word at which one was: its line and its place in there, from 0. */
function wordIn(asked) {
  const [, line, word] = /^(\d+)-(\d+)$/.exec(asked.get("word")) ?? [];
  return word === undefined ? null : { line: Number(line), word: Number(word) };
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
    if (Number.isInteger(wanted) && wanted > 0) {
      form.page.blur(); // the keys are for the page again
      jump(wanted);
    } else form.page.select();
    form.page.value = current();
  });
}

/* Run `work` at the first `event`, or when it has not come after so many milliseconds. */
function once(target, event, work, patience) {
  const heard = new AbortController();
  const run = () => {
    if (heard.signal.aborted) return;
    heard.abort();
    work();
  };
  target.addEventListener(event, run, { signal: heard.signal });
  setTimeout(run, patience);
}

/* Tells what was done in words of the page: some for all to see, for a moment. */
function speaker(reader) {
  const place = reader.querySelector("[data-said]");
  let timer;
  return (what, ...values) => {
    const [first, second] = values.map((value) => (typeof value === "number" ? inWords(value) : value));
    place.textContent = fill(place.dataset[what], first, second);
    place.classList.toggle("is-seen", what !== "word");
    clearTimeout(timer);
    timer = setTimeout(() => place.classList.remove("is-seen"), SAID);
  };
}
