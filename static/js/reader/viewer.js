/* One page in OpenSeadragon: zoom, pan, rotation. At rest the plain image is what one sees, and the viewer lies
   over it unseen; so opening it moves nothing, and a page scrolls by under the finger. */

import { seenOf } from "./sight.js";

const SIDE = 512; // pixels of a piece
const STEP = 1.5; // of a zoom
const CLOSEST = 4; // screen pixels for one of the page
const SMALL = 14; // screen pixels: lower words are hard to make out ...
const LEGIBLE = 24; // ... and are shown so tall
const NEARLY = 1.01;
const MOST_ASKED = 60; // times

let library = null;

/** OpenSeadragon, fetched when the first page needs it; null where it cannot be had now. */
function fetchLibrary(url) {
  library ??= new Promise((resolve) => {
    const script = document.createElement("script");
    const style = ownStyle();
    script.src = url;
    script.onload = () => resolve(globalThis.OpenSeadragon);
    script.onerror = () => {
      for (const part of [style, script]) part.remove();
      library = null;
      resolve(null);
    };
    document.head.append(style, script);
  });
  return library;
}

/* OpenSeadragon adds a style to the page, which our policy refuses, unless it finds this element. It is of no
   namespace, so that the browser takes it for none either. */
function ownStyle() {
  const style = document.createElementNS("", "style");
  style.setAttribute("data-openseadragon-mobile-css", "");
  return style;
}

export class Viewer {
  /** `page` tells `width` and `height` in pixels, `levels` and the address `pieces`; `onMove` hears of each step. */
  constructor(sheet, page, onMove) {
    this.sheet = sheet;
    this.image = sheet.querySelector("img");
    this.page = page;
    this.onMove = onMove;
    this.rotation = 0;
    this.cleaned = null;
    this.due = null;
    this.tilt = 0; // degrees clockwise by which the page as the engine saw it is turned
  }

  async open(url) {
    const OpenSeadragon = await fetchLibrary(url);
    if (this.isClosed || !OpenSeadragon) return;
    this.place = document.createElement("div");
    this.place.className = "close-up";
    this.image.after(this.place);
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.osd = OpenSeadragon({
      element: this.place,
      drawer: "canvas",
      showNavigationControl: false,
      keyboardNavEnabled: false,
      cooperativeGestures: true,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, scrollToZoom: false },
      gestureSettingsTouch: { dblTapZoom: true },
      visibilityRatio: 1,
      constrainDuringPan: true,
      minZoomImageRatio: 0,
      preserveImageSizeOnResize: true,
      maxZoomLevel: (CLOSEST * this.page.width) / Math.max(this.image.clientWidth, 1),
      animationTime: isCalm ? 0 : 0.25,
      springStiffness: 9,
      tabIndex: -1,
      tileSources: { type: "image", url: this.image.currentSrc || this.image.src },
    });
    this.osd.canvas.removeAttribute("tabindex");
    for (const name of ["update-viewport", "animation", "rotate"]) this.osd.addHandler(name, () => this.moved());
    // It goes on to change the zoom itself after it has told of its new size.
    this.osd.addHandler("resize", () => this.resize());
    this.osd.addHandler("canvas-cooperative-gesture", (event) => (event.preventDefaultAction = true));
    await new Promise((resolve) => {
      this.osd.addOnceHandler("open", resolve);
      this.osd.addOnceHandler("open-failed", resolve);
    });
    if (this.isClosed || !this.osd.world.getItemCount()) return this.close();
    this.isOpen = true;
    this.home();
  }

  close() {
    this.isClosed = true;
    this.isOpen = false;
    this.osd?.destroy();
    this.place?.remove();
    this.sheet.classList.remove("is-close", "is-turned");
    this.sheet.style.aspectRatio = "";
  }

  /** The scale at which the page just fits into the sheet, as OpenSeadragon counts it: 1 is as wide as the sheet. */
  fitting() {
    const { x: width, y: height } = this.osd.viewport.getContainerSize();
    const ratio = this.page.height / this.page.width;
    const [across, down] = this.rotation % 180 ? [ratio, 1] : [1, ratio];
    return Math.min(1 / across, height / width / down);
  }

  /** Show the whole page again. */
  home() {
    if (!this.isOpen) return;
    const { viewport } = this.osd;
    const fitting = this.fitting();
    viewport.minZoomLevel = fitting;
    viewport.zoomTo(fitting, null, true);
    viewport.panTo(this.middle(), true);
    this.moved();
  }

  /* What one came close to stays in sight: a lower sheet would leave it above or below. */
  resize() {
    const { viewport } = this.osd;
    const isApproached = viewport.getZoom() === this.approached;
    if (this.wasZoomed) viewport.minZoomLevel = this.fitting();
    if (this.wasZoomed && !isApproached) return;
    this.due = () => {
      if (this.wasZoomed && isApproached) this.reach();
      else if (this.osd.viewport?.getZoom() !== this.approached) this.home();
    };
    requestAnimationFrame(() => this.fitInto());
  }

  /* What follows from another size, once: a zoom that comes in between is not to be undone by it. */
  fitInto() {
    const { due } = this;
    this.due = null;
    due?.();
  }

  middle() {
    return new OpenSeadragon.Point(0.5, this.page.height / this.page.width / 2);
  }

  isClose() {
    if (!this.isOpen) return false;
    return Boolean(this.rotation || this.cleaned || this.osd.viewport.getZoom(true) > NEARLY * this.fitting());
  }

  isZoomed() {
    return this.isOpen && this.osd.viewport.getZoom() > NEARLY * this.fitting();
  }

  /** Come closer (1) or go back (-1), towards a point of the window, else towards what is in sight of the page. */
  zoom(by, at = this.inSight()) {
    if (!this.isOpen) return;
    this.fitInto();
    const { viewport } = this.osd;
    viewport.zoomBy(STEP ** by, viewport.pointFromPixel(this.inSheet(at)));
    viewport.applyConstraints();
    this.moved(); // a new size may be told of before the next step is
  }

  /** Move what is shown by so many screen pixels. Gives whether there was anything to move. */
  pan(x, y) {
    if (!this.isZoomed()) return false;
    const { viewport } = this.osd;
    const before = viewport.getCenter();
    viewport.panBy(viewport.deltaPointsFromPixels(new OpenSeadragon.Point(x, y)));
    viewport.applyConstraints(true);
    const after = viewport.getCenter();
    this.moved();
    return Math.hypot(after.x - before.x, after.y - before.y) > 1e-4;
  }

  /** A quarter to the right. */
  turn() {
    if (!this.isOpen) return;
    this.rotation = (this.rotation + 90) % 360;
    this.sheet.classList.toggle("is-turned", this.rotation % 180 > 0);
    this.sheet.style.aspectRatio = this.rotation % 180 ? `${this.page.height} / ${this.page.width}` : "";
    this.osd.viewport.setRotation(this.rotation, true);
    this.osd.forceResize();
    this.home();
  }

  /** Bring a box of the page into sight, where one looks closer. */
  show([x0, y0, x1, y1]) {
    if (!this.isZoomed()) return;
    const { width } = this.page;
    const box = new OpenSeadragon.Rect(x0 / width, y0 / width, (x1 - x0) / width, (y1 - y0) / width);
    const { viewport } = this.osd;
    const seen = viewport.getBounds();
    const isSeen = seen.containsPoint(box.getTopLeft()) && seen.containsPoint(box.getBottomRight());
    if (isSeen) return;
    viewport.zoomTo(viewport.getZoom(), null, true); // a zoom that still runs would go on to move the middle
    viewport.panTo(box.getCenter(), true);
    viewport.applyConstraints(true);
    this.moved();
  }

  /** Come so close to a box of the page that words that are `tall`, in pixels of the page, can be read; not closer, where
      they can be. */
  approach(box, tall) {
    if (!this.isOpen) return;
    this.near = box;
    const { viewport } = this.osd;
    const { width } = this.page;
    const shown = (tall * viewport.getZoom() * viewport.getContainerSize().x) / width;
    if (shown >= SMALL) {
      this.show(box);
      return;
    }
    viewport.zoomTo(Math.min(viewport.getZoom() * (LEGIBLE / shown), viewport.getMaxZoom()), null, true);
    viewport.panTo(new OpenSeadragon.Point((box[0] + box[2]) / 2 / width, (box[1] + box[3]) / 2 / width), true);
    viewport.applyConstraints(true);
    this.approached = viewport.getZoom();
    this.moved();
  }

  /* The sheet has another size; the zoom is the one of `approach` still. */
  reach() {
    if (!this.isOpen) return;
    this.approached = this.osd.viewport.getZoom();
    this.show(this.near);
  }

  /** Show the whole page again, unless the person came closer than `approach`, or went back, by themselves. */
  withdraw() {
    if (this.isZoomed() && this.osd.viewport.getZoom() === this.approached) this.home();
  }

  /** Be at once where a zoom or a move that still runs would end. */
  settle() {
    if (!this.isOpen) return;
    const { viewport } = this.osd;
    const end = viewport.getCenter();
    viewport.zoomTo(viewport.getZoom(), null, true);
    viewport.panTo(end, true);
    this.moved();
  }

  /** Show the page as the engine saw it, which `fetchSeen` tells; null for the page itself. */
  clean(seen) {
    if (this.cleaned) this.osd.world.removeItem(this.cleaned);
    this.cleaned = null;
    this.wanted = seen;
    this.lean(0);
    this.moved();
    if (seen) this.addCleaned(seen);
  }

  /* The page stays in sight until all of the other one is there; something else may be wanted by then. */
  addCleaned(seen) {
    const show = (item) => {
      if (!this.isOpen || this.wanted !== seen) return;
      item.setOpacity(1);
      this.lean(seen.degrees);
      this.moved();
    };
    this.osd.addTiledImage({
      tileSource: sourceOf(seen),
      degrees: seen.degrees,
      opacity: 0,
      preload: true,
      success: ({ item }) => {
        if (!this.isOpen) return;
        if (this.wanted !== seen) {
          this.osd.world.removeItem(item);
          return;
        }
        this.cleaned = item;
        this.moved();
        item.whenFullyLoaded(() => show(item));
      },
    });
  }

  /* A page that is shown as it was made straight is turned, and does not lie upon itself. */
  lean(degrees) {
    this.tilt = degrees;
    const { world } = this.osd;
    for (let at = 0; at < world.getItemCount(); at += 1) {
      const item = world.getItemAt(at);
      if (item !== this.cleaned) item.setOpacity(degrees ? 0 : 1);
    }
  }

  /** Let go of the mouse and the finger, for somebody else to use; or take them again. */
  setHands(isFree) {
    this.osd?.setMouseNavEnabled(!isFree);
  }

  moved() {
    if (!this.isOpen) return;
    const isClose = this.isClose();
    this.wasZoomed = this.isZoomed();
    if (isClose !== this.sheet.classList.contains("is-close")) {
      this.sheet.classList.toggle("is-close", isClose);
      this.osd.setCooperativeGestures(!this.wasZoomed);
    }
    if (isClose) this.sharpen();
    this.onMove();
  }

  /** Where the page lies in the sheet, as the six numbers of a matrix; null where the plain image is shown. */
  matrix() {
    if (!this.isOpen || !this.isClose()) return null;
    const { width } = this.page;
    const at = (x, y) => this.osd.viewport.pixelFromPoint(new OpenSeadragon.Point(x / width, y / width), true);
    const [corner, right, down] = [at(0, 0), at(width, 0), at(0, width)];
    const steps = [right.x - corner.x, right.y - corner.y, down.x - corner.x, down.y - corner.y];
    return [...steps.map((step) => step / width), corner.x, corner.y];
  }

  /* The pieces are asked for when somebody looks so close that the picture is not enough. */
  async sharpen() {
    const { levels, pieces } = this.page;
    if (this.isSharp || this.cleaned || !levels.length) return;
    const base = this.osd.world.getItemAt(0);
    if (base.viewportToImageZoom(this.osd.viewport.getZoom(true)) * devicePixelRatio < 1) return;
    this.isSharp = true;
    const response = await askUntilCut(pieces, () => !this.isClosed);
    if (isBusy(response)) this.isSharp = false; // the next step asks again
    if (!response?.ok || this.isClosed) return;
    const success = ({ item }) => item.setOpacity(this.tilt ? 0 : 1); // by now the page may be shown otherwise
    this.osd.addTiledImage({ tileSource: sourceOf(this.page), index: 1, success });
  }

  inSheet({ x, y }) {
    const { left, top } = this.place.getBoundingClientRect();
    return new OpenSeadragon.Point(x - left, y - top);
  }

  /** The middle of the part of the sheet that can be seen. */
  inSight() {
    const { left, right, top, bottom } = this.sheet.getBoundingClientRect();
    const [first, last] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
    return { x: (left + right) / 2, y: first < last ? (first + last) / 2 : (top + bottom) / 2 };
  }

  /** Whether a point of the window lies in the part of the sheet that can be seen. */
  isSeen({ x, y }) {
    const { left, right, top, bottom } = seenOf(this.sheet);
    return x > left && x < right && y > top && y < bottom;
  }
}

/** How the engine saw a page: its `state` and `notes`, as docs/viewer.md has them, and where its pieces are. One stops asking
    where it `isWanted` no more. */
export async function fetchSeen(address, isWanted) {
  if (!address) return { state: "unread" };
  const response = await askUntilCut(address, isWanted);
  if (!response?.ok) return { state: isBusy(response) ? "busy" : "lost" };
  const seen = await response.json();
  return { ...seen, pieces: `${address}${seen.version}/` };
}

/* The answer of the server, once it is not busy with other pages, or has been asked so often; null where none is to be had. */
async function askUntilCut(address, isWanted) {
  let response = null;
  for (let asked = 0; asked < MOST_ASKED && isWanted(); asked += 1) {
    response = await fetch(address).catch(() => null);
    if (!isBusy(response)) return response;
    const seconds = Number(response.headers.get("Retry-After"));
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  }
  return response;
}

/* What did not work does not say when to come again. */
function isBusy(response) {
  return response?.status === 503 && response.headers.has("Retry-After");
}

/* OpenSeadragon counts levels from the smallest, we from the largest. */
function sourceOf({ width, height, levels, pieces }) {
  const [finest, coarsest] = [levels[0], levels.at(-1)];
  return {
    width: Math.ceil(width / 2 ** finest),
    height: Math.ceil(height / 2 ** finest),
    tileSize: SIDE,
    minLevel: 0,
    maxLevel: coarsest - finest,
    getTileUrl: (level, x, y) => `${pieces}${coarsest - level}/${x}-${y}.jpg`,
  };
}
