// The reading desk by keyboard: the field in hand is shown large on the page, and is kept as soon as it is accepted.
// Without this script the same form is sent as a whole; only zooming and drawing a frame are missing.
const form = document.getElementById("o-doc");
const view = document.getElementById("anh");
const held = Boolean(document.querySelector("main.held"));
const SIDES = ["page", "left", "top", "width", "height"];
const WIDTH_OF_BOX = 0.55;
const LARGEST = 2.2;
form.classList.add("live");
const unsaved = new Set();
let here = null;
let accepting = false;
let saving = Promise.resolve();

const rowOf = (element) => element?.closest?.(".read[data-name]");
const rows = () => [...form.querySelectorAll(".read[data-name]")];
const inputOf = (row) => row.querySelector("input:not([type=radio], [type=checkbox])");
const idOf = (row) => row.id.replace("hang-", "");
const composing = (event) => event.isComposing || event.keyCode === 229;
const spotOf = (element) => (element?.dataset.page ? Object.fromEntries(SIDES.map((side) => [side, Number(element.dataset[side])])) : null);
const sheetOf = (spot) => spot && document.getElementById(`trang-${spot.page}`);

// --- The page -------------------------------------------------------------
const frame = (row, spot = spotOf(row)) => {
  const old = document.getElementById(`khung-${idOf(row)}`);
  const boxes = sheetOf(spot)?.querySelector(".boxes");
  if (!boxes) {
    old?.remove();
    return null;
  }
  const rect = old || document.createElementNS("http://www.w3.org/2000/svg", "rect");
  rect.id = `khung-${idOf(row)}`;
  rect.setAttribute("class", row === here ? "here" : row.dataset.tone);
  rect.setAttribute("rx", "3");
  for (const [name, side] of [["x", "left"], ["y", "top"], ["width", "width"], ["height", "height"]]) rect.setAttribute(name, spot[side]);
  if (rect.parentNode !== boxes) boxes.append(rect);
  return rect;
};

const fit = () => {
  for (const sheet of view.querySelectorAll(".sheet")) {
    sheet.classList.remove("zoomed");
    sheet.style.width = "";
  }
};

const show = (spot) => {
  const sheet = sheetOf(spot);
  if (!sheet) return;
  fit();
  const whole = sheet.clientWidth / Number(sheet.dataset.width);
  const scale = Math.max(whole, Math.min(whole * LARGEST, (view.clientWidth * WIDTH_OF_BOX) / spot.width));
  sheet.classList.add("zoomed");
  sheet.style.width = `${Math.round(Number(sheet.dataset.width) * scale)}px`;
  const left = sheet.offsetLeft + (spot.left + spot.width / 2) * scale - view.clientWidth / 2;
  const top = sheet.offsetTop + (spot.top + spot.height / 2) * scale - view.clientHeight / 2;
  view.scrollTo(left, top);
};

const shownSheet = () => {
  const middle = view.getBoundingClientRect().top + view.clientHeight / 2;
  const sheets = [...view.querySelectorAll(".sheet")];
  return sheets.find((sheet) => sheet.getBoundingClientRect().bottom >= middle) || sheets.at(-1);
};

const number = document.getElementById("so-trang");
view.addEventListener("scroll", () => {
  const sheet = shownSheet();
  if (number && sheet) number.textContent = sheet.dataset.number;
});

const turn = async (step) => {
  const sheet = shownSheet();
  const next = step > 0 ? sheet?.nextElementSibling : sheet?.previousElementSibling;
  if (next?.classList.contains("sheet")) {
    fit();
    view.scrollTo(0, next.offsetTop - 12);
    return;
  }
  const link = document.getElementById(step > 0 ? "trang-sau" : "trang-truoc");
  if (link && (await settled())) location.assign(link.href);
};

// --- Keeping --------------------------------------------------------------
const cookie = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1] || form.elements.csrfmiddlewaretoken.value;

const post = (address, values) =>
  fetch(address, { method: "POST", body: new URLSearchParams(values), headers: { "X-CSRFToken": cookie() }, redirect: "manual" });

const say = (row, words) => {
  const note = row.querySelector(`#ghi-chu-${CSS.escape(idOf(row))}`) || row.querySelector(".err") || row.appendChild(document.createElement("p"));
  note.textContent = words;
  note.className = "err";
  note.hidden = false;
  row.classList.add("wrong");
};

const count = () => {
  const done = document.getElementById("so-nhan");
  if (done) done.textContent = rows().filter((row) => row.dataset.tone === "done").length;
};

// The row as the server has it now; what is being typed at this moment stays.
const take = (row, fresh, sent, ok) => {
  const input = inputOf(row);
  const newer = inputOf(fresh);
  if (input && newer) {
    if (ok && input.value === sent) input.value = newer.value;
    input.dataset.base = newer.dataset.base;
    for (const name of ["aria-describedby", "aria-invalid"]) newer.hasAttribute(name) ? input.setAttribute(name, newer.getAttribute(name)) : input.removeAttribute(name);
  }
  row.className = fresh.className + (row === here ? " here" : "");
  for (const name of [...SIDES, "tone"]) fresh.dataset[name] === undefined ? delete row.dataset[name] : (row.dataset[name] = fresh.dataset[name]);
  delete row.dataset.pointed;
  for (const part of [".sure", "p[id^=ghi-chu]", ":scope > p.err[id^=loi]"]) {
    const [old, next] = [row.querySelector(part), fresh.querySelector(part)];
    if (old && next) old.replaceWith(next);
    else if (next) row.append(next);
    else old?.remove();
  }
  frame(row);
  count();
};

const send = async (row, values, sent) => {
  let answer;
  try {
    answer = await post(location.href, { do: "field", paper: row.dataset.paper, name: row.dataset.name, ...values });
  } catch {
    return say(row, form.dataset.failed);
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) return say(row, form.dataset.ended);
  if (![200, 422].includes(answer.status)) return say(row, form.dataset.failed);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".read");
  take(row, fresh, sent, answer.ok);
  if (answer.ok) {
    unsaved.delete(row);
    document.getElementById("da-ghi").textContent = fresh.dataset.said;
    const until = document.getElementById("giu-den");
    if (until && fresh.dataset.until) until.textContent = fresh.dataset.until;
  }
};

const keep = (row, values, sent) => {
  unsaved.add(row);
  saving = saving.then(() => send(row, values, sent));
  return saving;
};

const accept = (row) => {
  const input = inputOf(row);
  const spot = row.dataset.pointed ? spotOf(row) : {};
  const choice = row.matches(".diff") ? { choice: "other" } : {};
  return keep(row, { [`value-${idOf(row)}`]: input.value, ...choice, ...spot }, input.value);
};

const choose = (row, radio) => (radio.value === "other" ? inputOf(row).focus() : keep(row, { choice: radio.value }, inputOf(row).value));

// Said of the field in hand, whatever stands in its box; then on to the next.
const unreadable = async (row) => {
  await keep(row, { choice: "unreadable" }, inputOf(row).value);
  const radio = row.querySelector("input[type=radio][value=unreadable]");
  if (radio) radio.checked = true;
  if (row === here && row.dataset.tone === "done") onward(row);
};

const isChanged = (row) => {
  const input = inputOf(row);
  return held && input && (input.value.trim() !== input.dataset.base || row.dataset.pointed);
};

const settled = async () => {
  if (here && isChanged(here)) accept(here);
  await saving;
  const [first] = unsaved;
  if (first) inputOf(first).focus();
  return !first;
};

addEventListener("beforeunload", (event) => {
  if (unsaved.size || (here && isChanged(here))) event.preventDefault();
});

// --- The page turned upright ------------------------------------------------
const rotate = async (button) => {
  if (!button || !(await settled())) return;
  document.getElementById("trang-xoay").value = shownSheet().id.replace("trang-", "");
  form.requestSubmit(button);
};
for (const id of ["xoay-trai", "xoay-phai"]) {
  document.getElementById(id)?.addEventListener("click", (event) => {
    event.preventDefault();
    rotate(event.currentTarget);
  });
}

// --- Focus and keys -------------------------------------------------------
form.addEventListener("focusin", (event) => {
  const row = rowOf(event.target);
  if (!row) return;
  const before = here;
  here = row;
  if (before && before !== row) {
    before.classList.remove("here");
    frame(before);
  }
  row.classList.add("here");
  const spot = spotOf(event.target) || spotOf(row);
  frame(row, spot);
  show(spot);
});

form.addEventListener("focusout", (event) => {
  const row = rowOf(event.target);
  if (!row || !held || event.target.type === "radio" || event.target.matches(".near")) return;
  const wanted = accepting && row.dataset.tone !== "done" && inputOf(row).value.trim();
  accepting = false;
  if (isChanged(row) && !row.contains(event.relatedTarget)) accept(row);
  else if (wanted) accept(row);
});

form.addEventListener("click", (event) => {
  const button = event.target.closest(".unread");
  if (button) unreadable(rowOf(button));
});

form.addEventListener("change", (event) => {
  if (held && event.target.type === "radio") choose(rowOf(event.target), event.target);
});

const revert = (row) => {
  const input = inputOf(row);
  input.value = input.dataset.base;
  if (row.dataset.pointed) {
    const before = JSON.parse(row.dataset.pointed);
    for (const side of SIDES) before ? (row.dataset[side] = before[side]) : delete row.dataset[side];
    delete row.dataset.pointed;
    frame(row);
  }
};

const onward = (row) => {
  accepting = true;
  const list = rows();
  const next = list[list.indexOf(row) + 1];
  (next ? next.querySelector("input") : document.getElementById("xong")).focus();
};

// --- Another place on the page: among the nearest words, or by a frame ------
const near = async (row) => {
  row.querySelector(".near")?.remove();
  const answer = await post(form.dataset.places, { paper: row.dataset.paper, name: row.dataset.name, value: inputOf(row).value });
  if (!answer.ok) return;
  row.insertAdjacentHTML("beforeend", await answer.text());
  const list = row.querySelector(".near");
  list.selectedIndex = 0;
  list.focus();
  preview(row, list);
  list.addEventListener("change", () => preview(row, list));
};

const preview = (row, list) => {
  const spot = spotOf(list.selectedOptions[0]);
  if (!spot) return;
  frame(row, spot);
  show(spot);
};

const point = (row, spot) => {
  if (!row.dataset.pointed) row.dataset.pointed = JSON.stringify(spotOf(row));
  for (const side of SIDES) row.dataset[side] = spot[side];
  frame(row);
  if (inputOf(row).value.trim()) accept(row);
};

const close = (row, list) => {
  list.previousElementSibling?.matches("label.unseen") && list.previousElementSibling.remove();
  list.remove();
  inputOf(row).focus();
};

const inNear = (event, row, list) => {
  if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) {
    const spot = spotOf(list.selectedOptions[0]);
    close(row, list);
    if (spot) point(row, spot);
  } else if (event.key === "Escape") close(row, list);
  else return;
  event.preventDefault();
};

document.addEventListener("keydown", async (event) => {
  if (composing(event)) return;
  const row = rowOf(event.target);
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    if (await settled()) form.requestSubmit(document.getElementById("xong"));
  } else if (event.altKey && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    event.preventDefault();
    turn(event.key === "ArrowRight" ? 1 : -1);
  } else if (event.altKey && event.code === "KeyR") {
    event.preventDefault();
    rotate(document.getElementById(event.shiftKey ? "xoay-trai" : "xoay-phai"));
  } else if (event.altKey && event.code === "KeyK" && row && held) {
    event.preventDefault();
    unreadable(row);
  } else if (row && event.target.matches(".near")) inNear(event, row, event.target);
  else if (row && held && event.target === inputOf(row)) inField(event, row);
});

const inField = (event, row) => {
  if (event.key === "Tab" && !event.shiftKey) accepting = true;
  else if (event.key === "Enter") {
    event.preventDefault();
    onward(row);
  } else if (event.key === "Escape") revert(row);
  else if (event.key === "ArrowDown" && event.altKey) {
    event.preventDefault();
    near(row);
  }
};

let drawn = null;
const on = (sheet, event) => {
  const svg = sheet.querySelector("svg");
  const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return { x: Math.round(place.x), y: Math.round(place.y) };
};

const boxOf = (event) => {
  const end = on(drawn.sheet, event);
  const [left, top] = [Math.min(drawn.start.x, end.x), Math.min(drawn.start.y, end.y)];
  return { page: Number(drawn.sheet.id.replace("trang-", "")), left, top, width: Math.abs(end.x - drawn.start.x), height: Math.abs(end.y - drawn.start.y) };
};

view.addEventListener("pointerdown", (event) => {
  const sheet = event.target.closest(".sheet");
  if (!sheet || !here || !held || event.pointerType === "touch" || event.button) return;
  event.preventDefault();
  drawn = { sheet, start: on(sheet, event) };
  view.setPointerCapture(event.pointerId);
});

view.addEventListener("pointermove", (event) => {
  if (drawn) frame(here, boxOf(event));
});

view.addEventListener("pointerup", (event) => {
  if (!drawn) return;
  const box = boxOf(event);
  drawn = null;
  if (box.width > 3 && box.height > 3) point(here, box);
  else frame(here);
});

// --- Beginning --------------------------------------------------------------
const wide = document.getElementById("vua-rong");
wide.hidden = false;
wide.addEventListener("click", fit);
for (const link of document.querySelectorAll("#trang-truoc, #trang-sau")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    if (await settled()) location.assign(link.href);
  });
}
const asked = document.getElementById(`trang-${form.dataset.page}`);
if (asked) view.scrollTo(0, asked.offsetTop - 12);
const first = rows().find((row) => row.dataset.tone !== "done") || rows()[0];
if (!document.querySelector("[data-refusal]")) first?.querySelector("input")?.focus();
