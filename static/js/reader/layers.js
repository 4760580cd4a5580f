/* The menu of what is drawn over the image, and of what counts as doubtful. */

import { number as inWords } from "../numbers.js";
import { LAYERS } from "./settings.js";

/** `current` gives the page that is read; `say` tells, where the menu is closed, what one should know of the page as the
    engine saw it. */
export function watchLayers(reader, settings, current, say) {
  const menu = reader.querySelector("[data-layers-menu]");
  const boxes = Object.fromEntries(LAYERS.map((name) => [name, menu.querySelector(`[name="${name}"]`)]));
  const cleaned = menu.querySelector("[name=cleaned]");
  const slider = menu.querySelector("[name=below]");
  const shown = menu.querySelector("[data-below]");
  const show = () => {
    for (const name of LAYERS) boxes[name].checked = settings.layers.has(name);
    cleaned.checked = settings.isCleaned;
    slider.value = settings.below;
    shown.textContent = inWords(settings.below);
  };
  for (const name of LAYERS) boxes[name].addEventListener("change", () => settings.setLayer(name, boxes[name].checked));
  cleaned.addEventListener("change", () => settings.setCleaned(cleaned.checked));
  slider.addEventListener("input", () => settings.setBelow(Number(slider.value)));
  const notes = [...menu.querySelectorAll("[data-note]")];
  const tell = () => {
    const told = settings.isCleaned ? (current()?.notes ?? []) : [];
    for (const note of notes) note.hidden = !told.includes(note.dataset.note);
    return notes.filter((note) => !note.hidden).map((note) => note.textContent.trim());
  };
  reader.addEventListener("ocrsite:settings", show);
  reader.addEventListener("ocrsite:cleaned", ({ target }) => {
    const told = tell();
    if (told.length && !menu.open && target === current()?.row) say("note", told.join(" "));
  });
  menu.addEventListener("toggle", tell);
  show();
}
