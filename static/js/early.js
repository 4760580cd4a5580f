/* What somebody did last before the modules of the page were there; a plain script is there before the page is seen.
   Until then End leads to the end of the few rows that are there, for which reader.js makes up. */
{
  const note = (event) => (document.lastDone = event);
  for (const kind of ["keydown", "wheel", "touchmove", "pointerdown"]) addEventListener(kind, note, { passive: true });

  /* In one step: a smooth scroll of the browser would go on when reader.js is there, past the page that it shows. */
  addEventListener("keydown", (event) => {
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    const isOurs = ["Home", "End"].includes(event.key) && !hasModifier && !event.target.closest("input, textarea, select");
    if (!isOurs || event.defaultPrevented || document.querySelector("#reader.is-enhanced")) return;
    event.preventDefault();
    scrollTo({ top: event.key === "End" ? document.documentElement.scrollHeight : 0, behavior: "instant" });
  });
}
