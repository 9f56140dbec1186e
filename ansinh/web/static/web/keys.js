// Ctrl K and / go to the search box; a refusal is focused so that it is read out; j and k walk the rows of a table.
const search = () => document.getElementById("tim");
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  const wanted = (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing(event.target));
  if (wanted && search()) {
    event.preventDefault();
    search().focus();
    search().select();
    return;
  }
  if (typing(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
});

function step(by) {
  const links = [...document.querySelectorAll("table tbody th a")];
  if (!links.length) return;
  const next = links.indexOf(document.activeElement) + by;
  links[Math.max(0, Math.min(links.length - 1, next))].focus();
}

const showRefusal = () => document.getElementById("tu-choi")?.focus();
document.addEventListener("htmx:afterSwap", showRefusal);
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-selects]");
  if (!all) return;
  document.querySelectorAll(`input[name="${all.dataset.selects}"]`).forEach((box) => { box.checked = all.checked; });
});
showRefusal();
