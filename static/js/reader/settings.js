/* How somebody likes to read: remembered, because it belongs to the person and their screen. */

export const VIEWS = ["both", "image", "text", "over"];
export const LAYERS = ["words", "lines", "blocks", "confidence", "doubtful"];

const BELOW = 60; // as the server marks doubtful words
const KEYS = { view: "ocrsite-view", fit: "ocrsite-fit", layers: "ocrsite-layers", below: "ocrsite-below" };

/** Sends `ocrsite:settings` from `reader` whenever something changes; `detail.what` says what. */
export class Settings {
  constructor(reader) {
    this.reader = reader;
    const { view, fit, layers, below } = recall();
    this.view = VIEWS.includes(view) ? view : "both";
    this.fit = fit === "page" ? "page" : "width";
    this.layers = new Set((layers ?? "doubtful").split(" ").filter((name) => LAYERS.includes(name)));
    this.below = /^\d{1,3}$/.test(below) ? Math.min(Number(below), 100) : BELOW;
    this.isCleaned = false; // of no use on the next document
    this.show();
  }

  setView(view) {
    this.view = view;
    this.keep("view", view);
  }

  setFit(fit) {
    this.fit = fit;
    this.keep("fit", fit);
  }

  setLayer(name, isShown) {
    if (isShown) this.layers.add(name);
    else this.layers.delete(name);
    this.keep("layers", [...this.layers].join(" "));
  }

  setBelow(below) {
    this.below = below;
    this.keep("below", String(below));
  }

  setCleaned(isCleaned) {
    this.isCleaned = isCleaned;
    this.tell("cleaned");
  }

  keep(what, value) {
    localStorage.setItem(KEYS[what], value);
    this.show();
    this.tell(what);
  }

  tell(what) {
    this.reader.dispatchEvent(new CustomEvent("ocrsite:settings", { detail: { what } }));
  }

  /* The style sheet does the rest. */
  show() {
    this.reader.dataset.view = this.view;
    this.reader.dataset.fit = this.fit;
    this.reader.dataset.layers = [...this.layers].join(" ");
  }
}

function recall() {
  return Object.fromEntries(Object.entries(KEYS).map(([what, key]) => [what, localStorage.getItem(key)]));
}
