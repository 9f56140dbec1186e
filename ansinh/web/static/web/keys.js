// Keys that shorten the way; every page works without them.
const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

const find = (event) => {
  const box = document.getElementById("search");
  const asked = (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing(event.target));
  if (!box || !asked) return false;
  box.focus();
  box.select();
  return true;
};

// Arrow keys walk the rows of the table that holds the focus; Enter opens, because the focus is on the row's own link.
const links = (row) => row?.querySelector("th a, td a, td button");

const walk = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest?.("tbody tr");
  if (!step || !row || typing(event.target)) return false;
  const rows = [...row.parentElement.rows].filter(links);
  const next = rows[rows.indexOf(row) + step];
  links(next)?.focus();
  return Boolean(next);
};

document.addEventListener("keydown", (event) => {
  if (find(event) || walk(event)) event.preventDefault();
});

// The sentence of a refusal is read out and stands in view as soon as it comes.
const refusal = (root) => root.querySelector?.("[data-refusal]")?.focus();
refusal(document);
document.addEventListener("htmx:afterSwap", (event) => refusal(event.target));

// A page that was kept open past the session says so instead of failing silently.
document.addEventListener("htmx:responseError", (event) => {
  if ([401, 403].includes(event.detail.xhr.status)) location.reload();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.defaultPrevented) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  setTimeout(() => delete event.target.dataset.sent, 8000);
});
