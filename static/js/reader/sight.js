/* The image of a page and its text beside each other: the shorter one stays in sight while the longer one goes by
   (viewer.css), and a word that is chosen is brought into sight in both. */

/** Tell the style sheet how tall a column is, of which it must know how far it may go up. */
export function measure(column) {
  column.style.setProperty("--tall", `${column.offsetHeight}px`);
}

/** Bring a word into sight: its `places` are on the image and in the text, which are the two `columns`. Where they are
    not beside each other one place is enough. */
export function bringIntoSight(places, columns) {
  const shown = places.filter((place) => place?.checkVisibility() && place.getBoundingClientRect().width);
  const areBeside = shown.length === 2 && columns.every((column) => getComputedStyle(column).position === "sticky");
  if (areBeside) bringBoth(shown, columns);
  if (!shown.some(isInSight)) center(shown[0]);
}

/* The longer column moves with the page, the shorter one is held where its word is seen. */
function bringBoth(places, columns) {
  const [long, short] = columns[0].offsetHeight > columns[1].offsetHeight ? [0, 1] : [1, 0];
  if (places.every(isInSight)) return;
  if (!isInSight(places[long])) center(places[long]);
  if (!isInSight(places[short])) hold(columns[short], places[short]);
  if (!places.every(isInSight)) approach(places);
}

/** The part of an element that can be seen, in pixels of the window: under the bar over it, above `cover`, which covers the
    lower end of the window. */
export function seenOf(element, cover) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const { offsetTop: first, height } = visualViewport ?? { offsetTop: 0, height: innerHeight };
  const foot = first + height - (cover?.offsetHeight ?? 0);
  return { left: Math.max(left, 0), right: Math.min(right, innerWidth), top: Math.max(top, first + barOver(element)), bottom: Math.min(bottom, foot) };
}

/** Whether the image stays above the text while somebody corrects on a narrow screen (correcting.css). */
export function isAbove(sheet, text) {
  return [sheet, text].map((column) => getComputedStyle(column).position === "sticky").join() === "true,false";
}

function hold(column, place) {
  const inside = place.getBoundingClientRect().top - column.getBoundingClientRect().top;
  column.style.setProperty("--hold", `${innerHeight / 2 - inside}px`);
}

/* At the ends of a page nothing can be held: scroll to where both are seen, if they are near enough. */
function approach(places) {
  const boxes = places.map((place) => place.getBoundingClientRect());
  const [top, bottom] = [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))];
  const bar = barOver(places[0]);
  if (bottom - top < innerHeight - bar) scrollBy({ top: (top + bottom - innerHeight - bar) / 2, behavior: "instant" });
}

function center(place) {
  place?.scrollIntoView({ block: "center", behavior: "instant" });
}

function isInSight(place) {
  const { top, bottom } = place.getBoundingClientRect();
  return top > barOver(place) && bottom < innerHeight;
}

function barOver(place) {
  return parseFloat(getComputedStyle(place.closest(".row")).scrollMarginTop);
}
