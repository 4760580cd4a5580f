/* What somebody did last before the modules of the page were there; a plain script is there before the page is seen.
   Until then End leads to the end of the few rows that are there, for which reader.js makes up. */
{
  const note = (event) => (document.lastDone = event);
  for (const kind of ["keydown", "wheel", "touchmove", "pointerdown"]) addEventListener(kind, note, { passive: true });
}
