/* The tools above the pages, and their keys. They act on the page that is read. */

import { isBusy, onKey } from "../keys.js";
import { VIEWS } from "./settings.js";

const ARROWS = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] }; // pixels

export function watchTools(reader, settings, { current, doubtful, selection }) {
  const viewer = async () => {
    const leaf = current();
    leaf?.open();
    await leaf?.opening;
    return leaf?.viewer;
  };
  const tools = {
    in: async () => {
      const leaf = current();
      (await viewer())?.zoom(1, leaf.aim());
    },
    out: async () => (await viewer())?.zoom(-1),
    page: () => fit(settings, "page", current()),
    width: () => fit(settings, "width", current()),
    turn: async () => {
      (await viewer())?.turn();
      settings.tell("turn"); // the page has another height now
    },
    full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    select: () => press(reader, "select", selection.toggle()),
    back: () => doubtful.walk(-1),
    next: () => doubtful.walk(1),
  };
  for (const part of reader.querySelectorAll("[data-tools]")) part.hidden = false;
  if (!document.fullscreenEnabled) for (const button of reader.querySelectorAll("[data-tool=full]")) button.remove();
  reader.addEventListener("click", ({ target }) => {
    const { tool, view } = target.closest("[data-tool], [data-view]:not(.reader)")?.dataset ?? {};
    if (tool) tools[tool]();
    if (view) settings.setView(view);
  });
  document.addEventListener("fullscreenchange", () => press(reader, "full", Boolean(document.fullscreenElement)));
  reader.addEventListener("ocrsite:settings", () => show(reader, settings));
  show(reader, settings);
  watchWheel(reader, current);
  watchArrows(current);
  onKey({
    "+": tools.in,
    "=": tools.in,
    "-": tools.out,
    0: tools.page,
    w: tools.width,
    r: tools.turn,
    f: tools.full,
    s: tools.select,
    d: tools.next,
    D: tools.back,
    o: () => settings.setCleaned(!settings.isCleaned),
    b: () => settings.setLayer("words", !settings.layers.has("words")),
    v: () => settings.setView(VIEWS[(VIEWS.indexOf(settings.view) + 1) % VIEWS.length]),
  });
}

/* Where one is close, Shift and an arrow move the image. */
function watchArrows(current) {
  document.addEventListener("keydown", (event) => {
    const step = event.shiftKey && ARROWS[event.key];
    if (!step || isBusy(event) || !current()?.viewer?.pan(...step)) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}

/* The page as large as is asked for, and nothing nearer. */
function fit(settings, name, leaf) {
  settings.setFit(name);
  leaf?.viewer?.home();
}

function show(reader, settings) {
  for (const button of reader.querySelectorAll("[data-view]")) button.ariaPressed = String(button.dataset.view === settings.view);
  press(reader, "page", settings.fit === "page");
  press(reader, "width", settings.fit === "width");
}

function press(reader, tool, isPressed) {
  for (const button of reader.querySelectorAll(`[data-tool=${tool}]`)) button.ariaPressed = String(isPressed);
}

/* With Ctrl, or two fingers on a touch pad, the wheel brings closer. Where one is close, it moves the image as far as
   that goes, and then the page. */
function watchWheel(reader, current) {
  reader.addEventListener("wheel", (event) => {
    const leaf = event.target.closest(".sheet") && current(event.target);
    if (!leaf?.viewer) return;
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      leaf.viewer.zoom(event.deltaY < 0 ? 0.5 : -0.5, { x: event.clientX, y: event.clientY });
    } else if (leaf.viewer.pan(event.deltaX, event.deltaY)) event.preventDefault();
  }, { capture: true, passive: false });
}
