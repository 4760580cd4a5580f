/* What is drawn over the image of a page: one SVG whose coordinates are pixels of the page. A layer is one
   path, or a few, however many words there are; which layers are to be seen is said by the style sheet. */

import { typeset } from "./typeset.js";

const SVG = "http://www.w3.org/2000/svg";
const BANDS = [40, 60, 75, 90]; // confidences at which the scale of colours takes its next step
const AIR = 0.12; // around the box of a word, in heights of it
const GAP = 3; // screen pixels between a word and its frame, at least

export class Overlay {
  constructor(sheet) {
    this.root = element("svg", { class: "overlay" }); // its layers say nothing; text over the image is read out
    this.page = element("g");
    this.tilted = element("g"); // turned with the page as the engine saw it, where that is shown
    this.layers = {};
    this.page.append(this.tilted);
    this.root.append(this.page);
    this.framed = {}; // a word by the name of its layer
    this.scale = 1; // screen pixels for one of the page
    for (const name of ["paper", "blocks", "lines", "words", ...BANDS.map((_, at) => `band-${at}`), "doubtful"]) this.layer(name);
    this.adoptHits(sheet);
    for (const name of ["selected", "lit", "chosen"]) this.layer(name);
    sheet.append(this.root);
  }

  /** Where the page lies in the sheet, as the six numbers of a matrix. */
  place(matrix) {
    this.page.setAttribute("transform", `matrix(${matrix.join(" ")})`);
    const scale = Math.hypot(matrix[0], matrix[1]) || 1; // 0 while the image is not shown
    if (scale === this.scale) return;
    this.scale = scale;
    for (const [name, word] of Object.entries(this.framed)) this.frame(name, word);
  }

  /** Turn all that is drawn by `degrees` clockwise about the middle of a page of this size. */
  tilt(degrees, width, height) {
    this.tilted.setAttribute("transform", degrees ? `rotate(${degrees} ${width / 2} ${height / 2})` : "");
  }

  /** Draw the boxes of all `words`, a page's. */
  draw(words) {
    this.set("paper", outlines(words.lines));
    this.set("blocks", outlines(words.blocks));
    this.set("lines", outlines(words.lines));
    this.set("words", outlines(words.all));
    BANDS.forEach((top, at) => {
      const bottom = BANDS[at - 1] ?? -Infinity;
      this.set(`band-${at}`, outlines(words.all.filter(({ confidence: sure }) => sure >= bottom && sure < top)));
    });
    this.typed?.remove();
    this.typed = null;
  }

  /** Take away all that was drawn of words. */
  clear() {
    for (const name of Object.keys(this.layers)) this.set(name, "");
    this.framed = {};
    this.words = null;
    this.typed?.remove();
    this.typed = null;
  }

  /** Underline the words of which the engine was unsure. */
  underline(words) {
    this.set("doubtful", words.map(({ box: [x0, , x1, y1] }) => `M${x0} ${y1}H${x1}`).join(""));
  }

  /** The word under the mouse or the focus; null for none. */
  light(word) {
    this.frame("lit", word);
  }

  /** Frame the word that is worked on: `address` as in docs/correcting.md, or null. Gives the word. */
  select(address) {
    const word = address && this.words?.at(address);
    this.frame("chosen", word);
    return word ?? null;
  }

  /** Words that are selected to be copied. */
  sweep(words) {
    this.set("selected", outlines(words));
  }

  /* A frame leaves the word free, however far away one is. */
  frame(name, word) {
    this.framed[name] = word;
    this.set(name, word ? padded(word.box, GAP / this.scale) : "");
  }

  /** Set each word in its box, to be read and selected in the place of the image. */
  typeset(words) {
    if (this.typed || !words) return;
    this.typed = element("g", { class: "typed" });
    const lines = words.lines.filter((line) => line.words.length);
    for (const line of lines) typeset(line).forEach((attributes, at) => this.typed.append(text(attributes, line.words[at])));
    this.tilted.append(this.typed);
  }

  /** The point of the page that is shown at a point of the window. */
  locate({ clientX, clientY }) {
    const matrix = this.tilted.getScreenCTM();
    return matrix ? new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse()) : null;
  }

  /** The point of the window at which the middle of a box of the page is shown. */
  show([x0, y0, x1, y1]) {
    return new DOMPoint((x0 + x1) / 2, (y0 + y1) / 2).matrixTransform(this.tilted.getScreenCTM());
  }

  layer(name) {
    this.layers[name] = this.tilted.appendChild(element("path", { class: `layer layer-${name}` }));
  }

  set(name, path) {
    this.layers[name].setAttribute("d", path);
  }

  /* The hits of a search come drawn by the server, for who has no script. */
  adoptHits(sheet) {
    this.hits = this.tilted.appendChild(element("g", { class: "layer layer-hits" }));
    this.showHits(sheet);
  }

  /** Those that the server drew in `sheet`, in the place of those that are shown. */
  showHits(sheet) {
    const drawn = sheet.querySelector(".hits");
    this.hits.replaceChildren(...(drawn?.children ?? []));
    drawn?.remove();
  }
}

function element(name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function outlines(things) {
  return things.map(({ box }) => rectangle(box)).join("");
}

function text(attributes, word) {
  const made = element("text", attributes);
  made.textContent = word.text;
  return made;
}

function padded([x0, y0, x1, y1], gap) {
  const air = Math.max(gap, AIR * Math.min(x1 - x0, y1 - y0));
  return rectangle([x0 - air, y0 - air, x1 + air, y1 + air]);
}

function rectangle([x0, y0, x1, y1]) {
  return `M${x0} ${y0}H${x1}V${y1}H${x0}Z`;
}
