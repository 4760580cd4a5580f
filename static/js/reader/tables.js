/* The text of a page as paragraphs and tables, and the elements of both: those that documents/words/typeset.py makes. */

/* A line is an element of a paragraph, or one in each cell of a table that it reaches; all but the first continue it. */
const SEGMENTS = ".words p > span, .words :is(td, th) > span";

/** The elements of each line of a row, from its first words to its last. */
export function linesOf(row) {
  const lines = [];
  for (const element of segmentsIn(row)) {
    if ("more" in element.dataset) lines.at(-1)?.push(element);
    else lines.push([element]);
  }
  return lines;
}

/** The same elements one after the other, as `segmentsOf` tells their words. */
export function segmentsIn(row) {
  return [...row.querySelectorAll(SEGMENTS)];
}

/** The paragraphs and tables of `words`, in their order. A paragraph has the numbers of its `lines`; a `table` has `rows` of
    cells, each with its `segments`: the words `start` to `end` of a `line`. */
export function partsOf({ lines, blocks, tables, all }) {
  const ends = tables.map((table) => ({ table, ...reach(table) })).filter(({ first, end }) => end > first);
  const parts = [];
  let at = 0;
  for (const { lines: count } of blocks) {
    let paragraph = null;
    for (const end = at + count; at < end; at += 1) {
      const order = lines[at].words[0]?.order;
      const inside = ends.find(({ first, end: last }) => order >= first && order < last);
      if (inside) {
        paragraph = null;
        if (parts.at(-1)?.table !== inside.table) parts.push({ table: inside.table, rows: rowsOf(inside.table, all) });
      } else if (paragraph) paragraph.lines.push(at);
      else parts.push((paragraph = { lines: [at] }));
    }
  }
  return parts;
}

/** Where the words of each element stand, in the order of the elements. */
export function segmentsOf(words) {
  return partsOf(words).flatMap(({ table, lines, rows }) =>
    table ? rows.flat().flatMap(({ segments }) => segments) : lines.map((line) => ({ line, start: 0, end: words.lines[line].words.length })),
  );
}

/** What two texts have in common where the words of one can be shown in the elements of the other. */
export function shapeOf(words) {
  const parts = partsOf(words).map(({ table, lines, rows }) =>
    table ? [table.direction, table.head, table.columns, rows.map((row) => row.map(({ column, span, segments }) => [column, span, segments.map(({ line }) => line)]))] : lines,
  );
  return JSON.stringify([words.lines.length, parts]);
}

/** An element for a table, called `name`; `make` gives that of a segment. */
export function compose({ direction, head, columns }, rows, name, make) {
  const table = document.createElement("table");
  table.dir = direction;
  table.append(...rows.map((row, at) => rowOf(row, columns, at < head, make)));
  const frame = document.createElement("div");
  Object.assign(frame, { className: "table-frame", role: "group", ariaLabel: name, tabIndex: 0 });
  frame.append(table);
  return frame;
}

const sizes = new ResizeObserver((entries) => {
  for (const frame of new Set(entries.map(({ target }) => target.closest(".table-frame")))) {
    if (frame) frame.tabIndex = frame.scrollWidth > frame.clientWidth ? 0 : -1;
  }
});

/** Let the Tab key stop at the tables in `row` that are moved in their frames, and at no others. */
export function watchFrames(row) {
  for (const frame of row.querySelectorAll(".words .table-frame")) {
    for (const element of [frame, frame.firstElementChild]) sizes.observe(element);
  }
}

/** Move the frame of a wide table so far that `element`, a word in it, is seen. */
export function bringIntoFrame(element) {
  const frame = element?.closest(".table-frame");
  if (!frame || frame.scrollWidth <= frame.clientWidth) return;
  const [inner, outer] = [element, frame].map((one) => one.getBoundingClientRect());
  // By whole pixels: of a part of one a browser may leave the rest.
  frame.scrollLeft += Math.floor(Math.min(inner.left - outer.left, 0)) + Math.ceil(Math.max(inner.right - outer.right, 0));
}

/** Whether a key moves a wide table in its frame. */
export function isMoved({ target, key }) {
  return ["ArrowLeft", "ArrowRight"].includes(key) && target.matches(".table-frame") && target.scrollWidth > target.clientWidth;
}

function reach({ first, rows }) {
  return { first, end: rows.flat().reduce((end, { count }) => end + count, first) };
}

function rowsOf({ first, rows }, all) {
  let at = first;
  return rows.map((row) => row.map((cell) => ({ ...cell, segments: cut(all.slice(at, (at += cell.count))) })));
}

/* Words of a cell, cut where a line ends. */
function cut(words) {
  const segments = [];
  for (const { line, word } of words) {
    if (segments.at(-1)?.line === line) segments.at(-1).end = word + 1;
    else segments.push({ line, start: word, end: word + 1 });
  }
  return segments;
}

function rowOf(row, columns, isHead, make) {
  const element = document.createElement("tr");
  let reached = 0;
  for (const cell of row) {
    element.append(...empty(cell.column - reached), cellOf(cell, isHead, make));
    reached = cell.column + cell.span;
  }
  element.append(...empty(columns - reached));
  return element;
}

function cellOf({ span, segments }, isHead, make) {
  const cell = document.createElement(isHead && segments.length ? "th" : "td");
  if (cell.matches("th")) cell.scope = span > 1 ? "colgroup" : "col";
  if (span > 1) cell.colSpan = span;
  cell.append(...segments.flatMap((segment, at) => (at ? ["\n", make(segment)] : [make(segment)])));
  return cell;
}

function empty(count) {
  return Array.from({ length: count }, () => document.createElement("td"));
}
