/* The text set over the image: each word in its box, all words of a line in one size and on one baseline. */

/* How far letters reach above and below the line, in sizes of the font (Source Serif). */
const TALL = 0.7;
const LOW = 0.48;
const DEEP = 0.21;
const HAS_TALL = /[^acegm-su-z.,:;_·…~=+<>«»‹›-]/u;
const HAS_DEEP = /[gjpqyQ,;()[\]{}|_ßçþðŋµ]|\p{sc=Arab}|\p{sc=Hebr}|\p{sc=Deva}|\p{sc=Thai}|\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hang}/u;
const RUNS_LEFT = /\p{sc=Arab}|\p{sc=Hebr}/u;

/* How much letters may be pressed together or pulled apart, and how much those of a whole line are pressed. */
const NARROWEST = 0.7;
const WIDEST = 1.3;
const NARROW = 0.85;

const EM = 100; // pixels of the font that is measured
let measured = null;

const SPACE = 0.25; // between words whose boxes tell nothing of it, in sizes of the font
const BARELY = 0.15; // of that size, by which boxes may overlap

const ACROSS = { start: 0, end: 2 };
const DOWN = { start: 1, end: 3 };

/** The texts of the words of a line as attributes of SVG, in their order. Coordinates are pixels of the page. */
export function typeset({ box: [x0, y0, x1, y1], words }) {
  const runsDown = y1 - y0 > 2 * (x1 - x0) && words.some(({ text }) => [...text].length > 1);
  return runsDown ? column(words) : row(words);
}

function row(words) {
  const fits = words.map(reach);
  const size = Math.min(median(fits.map((fit) => fit.size)), widest(words, ACROSS));
  const y = median(fits.map((fit) => fit.baseline));
  return spread(words, size, ACROSS).map(({ middle, length, word }) => ({ ...typed(word, size, length), x: middle, y }));
}

/* Chinese that runs down; a word is set about the middle of the column. */
function column(words) {
  const size = Math.min(median(words.map(({ box }) => box[2] - box[0])), widest(words, DOWN));
  const x = median(words.map(({ box }) => (box[0] + box[2]) / 2));
  const places = spread(words, size, DOWN);
  return places.map(({ middle, length, word }) => ({ ...typed(word, size, length), class: "runs-down", x, y: middle }));
}

function typed({ text, order }, size, length) {
  return {
    "font-size": size,
    textLength: length,
    lengthAdjust: "spacingAndGlyphs",
    direction: RUNS_LEFT.test(text) ? "rtl" : "ltr",
    "data-order": order,
  };
}

/* Where each word is set: in its box, as far as letters bear that. Engines err about boxes, most in Japanese and Arabic:
   words that would overlap share the place of all of them. */
function spread(words, size, axis) {
  const places = gather(words, size, axis).flatMap((heap) => share(heap, size, axis));
  return places.sort((one, other) => one.word.order - other.word.order);
}

function gather(words, size, axis) {
  const middle = ({ box }) => box[axis.start] + box[axis.end];
  const heaps = [];
  for (const word of [...words].sort((one, other) => middle(one) - middle(other))) {
    let heap = heapOf([word], size, axis);
    while (heaps.length && heap.start < heaps.at(-1).end - BARELY * size) {
      heap = heapOf([...heaps.pop().words, ...heap.words], size, axis);
    }
    heaps.push(heap);
  }
  return heaps;
}

/* From the first box to the last one, or as long as its words are at least. */
function heapOf(heaped, size, { start, end }) {
  const words = heaped.sort((one, other) => one.order - other.order);
  const [first, last] = ends(words, start, end);
  const missing = Math.max(0, NARROWEST * size * sum(widths(words)) - (last - first));
  return { words, start: first - missing / 2, end: last + missing / 2 };
}

function share({ words, start, end }, size, axis) {
  const forward = axis === ACROSS && words.some(({ text }) => RUNS_LEFT.test(text)) ? -1 : 1;
  const taken = widths(words);
  const scale = (end - start) / sum(taken);
  let at = forward > 0 ? start : end;
  return words.map((word, index) => {
    at += forward * taken[index] * scale;
    const own = lengthOf(word.text);
    const length = Math.min(Math.max(own * scale, NARROWEST * own * size), WIDEST * own * size);
    return { word, length, middle: at - (forward * own * scale) / 2 };
  });
}

/* Of words that follow each other, each with the space before it, in sizes of the font. */
function widths(words) {
  return words.map(({ text, hasSpace }, at) => lengthOf(text) + (at && hasSpace ? SPACE : 0));
}

function ends(words, start, end) {
  return [Math.min(...words.map(({ box }) => box[start])), Math.max(...words.map(({ box }) => box[end]))];
}

/* The size of the font and the baseline of a word whose letters fill its box. */
function reach({ text, box: [, y0, , y1] }) {
  const [above, below] = [HAS_TALL.test(text) ? TALL : LOW, HAS_DEEP.test(text) ? DEEP : 0];
  const size = (y1 - y0) / (above + below);
  return { size, baseline: y1 - below * size };
}

/* The largest size in which words still fit into their boxes, and into all that these take. */
function widest(words, { start, end }) {
  const [first, last] = ends(words, start, end);
  const room = Math.min(last - first, sum(words.map(({ box }) => box[end] - box[start])));
  return room / (NARROW * sum(words.map(({ text }) => lengthOf(text))));
}

/* In sizes of the font. */
function lengthOf(text) {
  measured ??= canvas();
  return measured.measureText(text).width / EM;
}

function canvas() {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${EM}px ${getComputedStyle(document.documentElement).getPropertyValue("--serif")}`;
  return context;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
