/* The menu of what is drawn over the image, and of what counts as doubtful. */

import { number as inWords } from "../numbers.js";
import { LAYERS } from "./settings.js";

/** `current` gives the page that is read. */
export function watchLayers(reader, settings, current) {
  const menu = reader.querySelector("[data-layers-menu]");
  const boxes = Object.fromEntries(LAYERS.map((name) => [name, menu.querySelector(`[name="${name}"]`)]));
  const straight = menu.querySelector("[name=straight]");
  const slider = menu.querySelector("[name=below]");
  const shown = menu.querySelector("[data-below]");
  const show = () => {
    for (const name of LAYERS) boxes[name].checked = settings.layers.has(name);
    straight.checked = settings.isStraight;
    slider.value = settings.below;
    shown.textContent = inWords(settings.below);
  };
  for (const name of LAYERS) boxes[name].addEventListener("change", () => settings.setLayer(name, boxes[name].checked));
  straight.addEventListener("change", () => settings.setStraight(straight.checked));
  slider.addEventListener("input", () => settings.setBelow(Number(slider.value)));
  const hint = menu.querySelector("[data-as-it-is]");
  const tell = () => {
    const found = current()?.found;
    hint.hidden = !found || Boolean(found.image);
  };
  reader.addEventListener("ocrsite:settings", show);
  reader.addEventListener("ocrsite:straight", tell);
  menu.addEventListener("toggle", tell);
  show();
}
