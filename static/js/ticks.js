/* One box that ticks all others of its form, and says whether all are ticked. */

for (const all of document.querySelectorAll("[data-tick-all]")) watch(all);

function watch(all) {
  const box = all.querySelector("input");
  const others = [...box.form.querySelectorAll("input[type=checkbox][name]")];
  const tell = () => {
    const count = others.filter(({ checked }) => checked).length;
    box.checked = count === others.length;
    box.indeterminate = count > 0 && count < others.length;
  };
  box.addEventListener("change", () => {
    for (const other of others) other.checked = box.checked;
    tell();
  });
  box.form.addEventListener("change", ({ target }) => target !== box && tell());
  // The browser brings ticks back when one returns to a page.
  addEventListener("pageshow", tell);
  tell();
  all.hidden = false;
}
