/* Cells of tables that have no word yet, into which one is typed. A cell is addressed by the place of its table on the page,
   its row and its column, from 0. */

import { partsOf } from "../reader/tables.js";

/** Let the empty cells within `root` be reached by keyboard, each by the name that `nameOf` gives its row and column; without
    it, not. */
export function offerCells(root, nameOf) {
  for (const cell of root.querySelectorAll(".words td:empty")) {
    if (nameOf) Object.assign(cell, { tabIndex: 0, ariaLabel: nameOf(cell.parentElement.rowIndex + 1, columnOf(cell) + 1) });
    else for (const name of ["tabindex", "aria-label"]) cell.removeAttribute(name);
  }
}

/** The address of a cell of the page in `row`. */
export function addressOf(row, cell) {
  return { table: tablesOf(row).indexOf(cell.closest("table")), row: cell.parentElement.rowIndex, column: columnOf(cell) };
}

/** The empty cell at an address; undefined where there is none. */
export function emptyCell(row, address) {
  const cells = [...(tablesOf(row)[address.table]?.rows[address.row]?.cells ?? [])];
  return cells.find((cell) => cell.matches(":empty") && columnOf(cell) === address.column);
}

/** Where a word comes in `words` that is typed into an empty cell: `isBehind` or before the word `beside`, in the box that
    `boxOf` gives a text. Null where nothing tells where the column is. */
export function placeInCell(words, { table: number, row, column }) {
  const { table, rows } = partsOf(words).filter((part) => part.table)[number];
  const boxes = (cells) => cells.filter(({ segments }) => segments.length).map((cell) => boxAround(words, cell));
  const inColumn = boxes(rows.flat().filter((cell) => cell.column === column && cell.span === 1));
  if (!inColumn.length) return null;
  const filled = rows[row].filter(({ segments }) => segments.length);
  const before = filled.findLast((cell) => cell.column < column);
  const next = filled.find((cell) => cell.column > column);
  const [{ line, start, end }] = (before ?? next).segments;
  const beside = words.at({ line, word: before ? end - 1 : start });
  const others = boxes([before, next].filter(Boolean));
  const boxOf = (text) => boxIn(inColumn, [...others, [words.width, 0, words.width, 0]], beside, text, table.direction);
  return { beside, isBehind: Boolean(before), boxOf };
}

/* The part of a column for `text`, on the level of the word `beside`: at the edge at which the cells `here` stand, and so far
   from the `others` as the word is high, so that they remain cells of their own. */
function boxIn(here, others, { text: near, box: [x0, y0, x1, y1] }, text, direction) {
  const width = ([...text].length * (x1 - x0)) / near.length;
  const [starts, ends] = [here.map(([start]) => start), here.map(([, , end]) => end)];
  const [first, last] = [Math.min(...starts), Math.max(...ends)];
  const isLeft = ([start, , end]) => start + end < first + last;
  const least = Math.max(0, ...others.filter(isLeft).map(([, , end]) => end + y1 - y0));
  const most = Math.min(...others.filter((box) => !isLeft(box)).map(([start]) => start - (y1 - y0)));
  const raggedLeft = spread(starts) - spread(ends);
  const isAtEnd = raggedLeft > 0 || (raggedLeft === 0 && direction === "rtl");
  const left = Math.round(Math.max(Math.min(isAtEnd ? last - width : first, most - width), least));
  return [left, y0, Math.max(Math.round(Math.min(left + width, most)), left + 1), y1];
}

function spread(edges) {
  return Math.max(...edges) - Math.min(...edges);
}

function boxAround(words, { segments }) {
  const boxes = segments.flatMap(({ line, start, end }) => words.lines[line].words.slice(start, end).map(({ box }) => box));
  const sides = [0, 1, 2, 3].map((side) => boxes.map((box) => box[side]));
  return [Math.min(...sides[0]), Math.min(...sides[1]), Math.max(...sides[2]), Math.max(...sides[3])];
}

function tablesOf(row) {
  return [...row.querySelectorAll(".words table")];
}

/* Cells before it may reach over several columns. */
function columnOf(cell) {
  const before = [...cell.parentElement.cells].slice(0, cell.cellIndex);
  return before.reduce((column, { colSpan }) => column + colSpan, 0);
}
