/* The text of a page word by word: each gets an element of its own, beside the marks that the server made. */

import { bringIntoFrame, compose, linesOf, partsOf, segmentsIn, segmentsOf, shapeOf, watchFrames } from "./tables.js";

export class Text {
  /** `row` shows `words`. */
  constructor(row, words) {
    this.row = row;
    this.words = words;
    this.pieces = new Map(); // of each word, by its order; a hit may begin in the middle of one
    const lines = linesOf(row);
    this.isAsShown = lines.length === words.lines.length;
    if (!this.isAsShown) return;
    for (const mark of row.querySelectorAll(".words .unsure")) mark.replaceWith(...mark.childNodes);
    lines.forEach((line, at) => this.wrap(line, words.lines[at].words));
    const first = this.pieces.get(0);
    if (first) first[0].tabIndex = 0;
  }

  /** Show other `words`. Lines that say the same keep their elements, and so the focus and the marks in them. */
  rewrite(words) {
    const before = this.words;
    this.words = words;
    this.pieces = new Map();
    const isOfShape = shapeOf(before) === shapeOf(words);
    const elements = isOfShape ? segmentsIn(this.row) : this.compose(words);
    const was = isOfShape ? segmentsOf(before) : [];
    segmentsOf(words).forEach(({ line, start, end }, at) => {
      const isKept = isOfShape && was[at].start === start && isSame(before.lines[line], words.lines[line]);
      if (isKept) this.adopt(elements[at], before.lines[line], words.lines[line]);
      else this.write(elements[at], words.lines[line].words.slice(start, end));
    });
    const first = this.pieces.get(0);
    if (first && !this.row.querySelector(".word[tabindex='0']")) first[0].tabIndex = 0;
  }

  /** Give back the elements of the words. */
  unwrap() {
    for (const element of this.row.querySelectorAll(".word")) element.replaceWith(...element.childNodes);
    this.row.querySelector(".words")?.normalize();
  }

  /* Paragraphs, tables and lines, empty; gives the elements for words. */
  compose(words) {
    const place = this.row.querySelector(".words") ?? this.begin();
    const kinds = [...place.querySelectorAll("p")].map(({ className }) => className);
    let tables = 0;
    const parts = partsOf(words).map(({ table, lines, rows }) => {
      if (table) return compose(table, rows, this.nameOf((tables += 1)), segment);
      const paragraph = document.createElement("p");
      paragraph.className = kinds.shift() ?? "";
      for (const line of lines) paragraph.append(document.createElement("span"), partsFrom(words.lines[line]));
      return paragraph;
    });
    place.replaceChildren(...parts);
    watchFrames(this.row);
    return segmentsIn(this.row);
  }

  nameOf(number) {
    return this.row.closest(".reader").dataset.table.replace("{0}", number);
  }

  /* The page had no text. */
  begin() {
    const place = document.createElement("div");
    place.className = "words";
    place.dir = "auto";
    this.row.querySelector(".text").replaceChildren(place);
    return place;
  }

  write(span, words) {
    span.replaceChildren(...words.flatMap((word) => [word.hasSpace ? " " : "", this.piece(word, word.text)]));
  }

  adopt(span, before, { words }) {
    const [first] = before.words;
    for (const element of span.querySelectorAll(".word[data-order]")) { // and not what is about to become one
      const word = words[Number(element.dataset.order) - first.order];
      element.dataset.order = word.order;
      this.keep(word, element);
    }
  }

  /** The elements of a word. */
  of(word) {
    return this.pieces.get(word?.order) ?? [];
  }

  /** The cell of a table in which a word stands; null where it is in none. */
  cellOf(word) {
    return this.of(word)[0]?.closest("td, th") ?? null;
  }

  /** The word that an element of the text shows, if it shows one. */
  wordOf(target) {
    const element = target.closest?.(".word");
    return element && this.row.contains(element) ? this.words.all[Number(element.dataset.order)] : undefined;
  }

  /** Underline the doubtful words, and no others; `hint` says why. */
  underline(doubtful, hint) {
    for (const element of this.row.querySelectorAll(".word.unsure")) {
      element.classList.remove("unsure");
      element.removeAttribute("title");
    }
    for (const word of doubtful) {
      for (const element of this.of(word)) {
        element.classList.add("unsure");
        element.title = `${hint} (${word.confidence}%)`;
      }
    }
  }

  light(word) {
    this.mark("lit", word ? [word] : []);
  }

  select(word) {
    this.mark("chosen", word ? [word] : []);
    bringIntoFrame(this.of(word)[0]);
  }

  /** Give a word the focus, which only one word of the page has at a time for the Tab key. */
  focus(word) {
    const [element] = this.of(word);
    if (!element) return;
    for (const other of this.row.querySelectorAll(".word[tabindex='0']")) other.tabIndex = -1;
    element.tabIndex = 0;
    element.focus({ preventScroll: true });
    bringIntoFrame(element);
  }

  mark(kind, words) {
    for (const element of this.row.querySelectorAll(`.word.${kind}`)) element.classList.remove(kind);
    for (const word of words) for (const element of this.of(word)) element.classList.add(kind);
  }

  /* The text of a line is its words with what parts them, cut up by marks of hits anywhere. */
  wrap(line, words) {
    let end = 0;
    const spans = words.map((word) => {
      const start = end + (word.hasSpace ? 1 : 0);
      end = start + word.text.length;
      return { word, start, end };
    });
    const nodes = [];
    let at = 0;
    for (const element of line) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (; walker.nextNode(); at += walker.currentNode.length) nodes.push([walker.currentNode, at]);
    }
    let next = 0;
    for (const [node, start] of nodes) {
      while (next > 0 && spans[next - 1].end > start) next -= 1;
      next = this.wrapNode(node, start, spans, next);
    }
  }

  wrapNode(node, start, spans, next) {
    const { data } = node;
    const parts = [];
    let at = 0;
    while (next < spans.length && spans[next].start < start + data.length) {
      const { word, start: first, end } = spans[next];
      const [from, to] = [Math.max(first - start, 0), Math.min(end - start, data.length)];
      parts.push(data.slice(at, from), this.piece(word, data.slice(from, to)));
      at = to;
      next += 1;
    }
    node.replaceWith(...parts, data.slice(at));
    return next;
  }

  piece(word, text) {
    const element = document.createElement("span");
    element.className = "word";
    element.dataset.order = word.order;
    element.tabIndex = -1;
    element.textContent = text;
    this.keep(word, element);
    return element;
  }

  keep(word, element) {
    if (this.pieces.has(word.order)) this.pieces.get(word.order).push(element);
    else this.pieces.set(word.order, [element]);
  }
}

function segment({ start }) {
  const element = document.createElement("span");
  if (start) element.dataset.more = "";
  return element;
}

/* Where lines are broken anew, the parts of a divided word stay together. */
function partsFrom({ words }) {
  return words.at(-1)?.text.endsWith("-") ? "" : "\n";
}

function isSame(before, line) {
  const isAlike = ({ text, hasSpace }, at) => text === line.words[at].text && hasSpace === line.words[at].hasSpace;
  return before.words.length === line.words.length && before.words.every(isAlike);
}
