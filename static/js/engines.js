/* Says that the chosen engine cannot read a chosen language, before anything is sent. */

export function enhanceEngines(root) {
  for (const choice of root.querySelectorAll(".engines")) watch(choice);
}

function watch(choice) {
  const says = choice.querySelector("[data-beyond]");
  const tell = () => {
    const names = beyond(choice).map((box) => box.closest("label").textContent.trim());
    says.textContent = names.length ? says.dataset.beyond.replace("{languages}", names.join(", ")) : "";
  };
  choice.closest("form").addEventListener("change", tell);
  tell();
}

/* The boxes of the chosen languages that the chosen engine does not read. */
function beyond(choice) {
  const reads = choice.querySelector("[name=engine]:checked")?.closest("label").dataset.reads;
  if (!reads) return []; // all that is installed
  const codes = new Set(reads.split(" "));
  const chosen = choice.closest("form").querySelectorAll("[name=languages]:checked:not([value=detect])");
  return [...chosen].filter((box) => !codes.has(box.value));
}
