// The builder of an agenda: presses go to the server without a new page, rows have keys, and a handle to drag by.
//
// Every press is the same form sent to the same address; what comes back is the inside of the form, made by the
// server. Where that fails the form is sent as it would be without this script.

const form = document.getElementById("builder");
const status = document.getElementById("builder-status");
const HANDLES = matchMedia("(pointer: fine) and (min-width: 640px)");
const EDGE = 90; // pixels from the window's edge where dragging scrolls
const STEP = 14; // pixels a frame
const LONGEST = 20_000; // milliseconds to wait for an answer

const byId = (id) => (id ? document.getElementById(id) : null);
const rows = () => [...form.querySelectorAll("li[data-item]")];

// Sending

let chain = Promise.resolve(); // one press at a time: each is made of what the one before left

function later(act) {
  chain = chain.then(act).catch(() => {});
}

function typed() {
  const values = new Map();
  for (const one of form.elements) {
    if (one.name && one.type !== "hidden" && one.type !== "submit") {
      values.set(one.name, one.type === "checkbox" ? one.checked : one.value);
    }
  }
  return values;
}

function sendWhole(value) {
  status.textContent = form.dataset.failed;
  const press = document.createElement("input");
  press.type = "hidden";
  press.name = "press";
  press.value = value;
  form.append(press);
  form.submit();
  return new Promise(() => {}); // another page is on its way: nothing more is sent from this one
}

async function send(value, focus) {
  const data = new URLSearchParams(new FormData(form));
  data.set("press", value);
  const sent = typed();
  form.setAttribute("aria-busy", "true");
  let html = "";
  try {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      body: data,
      headers: { "X-Part": "builder" },
      signal: AbortSignal.timeout(LONGEST),
    });
    html = await answer.text();
  } catch {
    return sendWhole(value);
  }
  if (!html.includes('id="builder-part"') || html.includes("<html")) return sendWhole(value);
  const writing = value === "add" ? undefined : caret();
  swap(html, sent, value);
  form.removeAttribute("aria-busy");
  lookAt([writing?.id, ...focus]);
  if (writing && document.activeElement?.id === writing.id) writing.goOn(document.activeElement);
  return undefined;
}

// Where somebody is writing when an answer comes: she stays there, so that no key falls on a row.
function caret() {
  const box = document.activeElement?.closest("#builder :is(input, select, textarea)");
  if (!box?.id) return undefined;
  const { selectionStart: from, selectionEnd: to } = box;
  return { id: box.id, goOn: (now) => from !== null && from !== undefined && now.setSelectionRange?.(from, to) };
}

// What was said on arrival is old news after a press. Its room stays, so that no button moves under the finger.
function hush() {
  for (const one of document.querySelectorAll("#main > .notice[role]")) one.style.visibility = "hidden";
}

function swap(html, sent, value) {
  hush();
  const open = [...form.querySelectorAll("details[open]")].map((one) => one.id);
  const now = typed();
  form.innerHTML = html;
  for (const id of open) {
    if (!(id === "new-item" && value === "add") && !(id === "ways" && value.startsWith("fit"))) {
      byId(id)?.setAttribute("open", "");
    }
  }
  // What was typed while the press was on its way is newer than what came back.
  for (const [name, text] of now) {
    const box = form.elements.namedItem(name);
    if (text === sent.get(name) || !(box instanceof Element)) continue;
    if (box.type === "checkbox") box.checked = text;
    else box.value = text;
  }
  furnish();
}

function lookAt(focus) {
  const part = byId("builder-part");
  const wrong = form.querySelector(".error-summary");
  const target = wrong ?? focus.map(found).find(Boolean) ?? byId(part.dataset.focus) ?? byId("agenda");
  target.focus();
  status.textContent = "";
  const said = part.dataset.said || (focus.includes("=search") && byId("pool-heading").textContent);
  // The same sentence twice is two pieces of news.
  if (said && !wrong) setTimeout(() => (status.textContent = said), 50);
}

// Which control has the focus afterwards, where the pressed one goes away with its row: the next row's.
function heirs(button) {
  const row = button.closest("li");
  if (!row || !/^(remove|put|carry)-/.test(button.id)) return [];
  const verb = button.id.split("-")[0];
  const beside = [row.nextElementSibling, row.previousElementSibling];
  return beside.filter(Boolean).map((one) => one.querySelector(`[id^="${verb}-"]`)?.id);
}

// A control is known by its id, or as `=value` where it has none; the button of the Enter key is never meant.
const nameOf = (button) => button.id || `=${button.value}`;

function found(name) {
  if (!name?.startsWith("=")) return byId(name);
  return form.querySelector(`button[name="press"][value="${CSS.escape(name.slice(1))}"]:not([aria-hidden])`);
}

function press(button, focus) {
  const name = nameOf(button);
  later(() => {
    const now = found(name); // its value may have changed with the press before
    if (!now || now.getAttribute("aria-disabled") === "true") return undefined;
    const here = now.value === "add" ? [] : [name];
    return send(now.value, [...(focus ?? here), ...heirs(now)]);
  });
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || "leave" in button.dataset) return;
  event.preventDefault();
  press(button);
});

// Keys of a row: only while the row itself has the focus, so that no box loses a letter.

const KEYS = { "+": "more", "-": "less", Delete: "remove" };

form.addEventListener("keydown", (event) => {
  const row = event.target;
  if (!row.matches("li[data-item]") || event.ctrlKey || event.metaKey) return;
  let verb = event.altKey ? undefined : KEYS[event.key];
  if (event.altKey && event.key === "ArrowUp") verb = "up";
  if (event.altKey && event.key === "ArrowDown") verb = "down";
  if (!verb) return;
  event.preventDefault();
  const beside = verb === "remove" ? [row.nextElementSibling?.id, row.previousElementSibling?.id] : [];
  press(byId(`${verb}-${row.dataset.item}`), [row.id, ...beside]);
});

// Dragging by the handle. The rest of the row can be selected and scrolled as ever.

let drag = null;

function placeAt(y) {
  return drag.others.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.top + box.height / 2 < y;
  }).length;
}

function mark() {
  for (const one of drag.others) one.classList.remove("drop-above", "drop-below");
  drag.place = placeAt(drag.y);
  const next = drag.others[drag.place];
  if (next) next.classList.add("drop-above");
  else drag.others.at(-1)?.classList.add("drop-below");
}

function scrollAlong() {
  if (!drag) return;
  const top = EDGE + (form.querySelector(".gauge-sticky")?.getBoundingClientRect().height ?? 0);
  if (drag.y < top) window.scrollBy(0, -STEP);
  else if (drag.y > window.innerHeight - EDGE) window.scrollBy(0, STEP);
  mark();
  requestAnimationFrame(scrollAlong);
}

function letGo() {
  const { row, others, place, from } = drag;
  drag = null;
  row.classList.remove("dragged");
  for (const one of others) one.classList.remove("drop-above", "drop-below");
  return { row, place, from };
}

form.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  const row = handle.closest("li");
  const all = rows();
  drag = { row, from: all.indexOf(row), others: all.filter((one) => one !== row), y: event.clientY, place: 0 };
  handle.setPointerCapture(event.pointerId);
  row.classList.add("dragged");
  requestAnimationFrame(scrollAlong);
});

form.addEventListener("pointermove", (event) => {
  if (!drag) return;
  drag.y = event.clientY;
  mark();
});

form.addEventListener("pointerup", () => {
  if (!drag) return;
  mark();
  const { row, place, from } = letGo();
  if (place === from) return;
  const id = row.dataset.item;
  form.elements.namedItem(`item-${id}-place`).value = String(place + 1);
  press(byId(`place-${id}`), [row.id]);
});

form.addEventListener("pointercancel", () => drag && letGo());
window.addEventListener("keydown", (event) => {
  if (drag && event.key === "Escape") letGo();
});

// What a script adds to each row.

function furnish() {
  const help = byId("keys");
  if (help) help.hidden = false;
  for (const row of rows()) {
    row.tabIndex = 0;
    row.setAttribute("aria-keyshortcuts", "Alt+ArrowUp Alt+ArrowDown Plus - Delete");
    if (!HANDLES.matches || row.querySelector(".handle")) continue;
    const handle = document.createElement("span");
    handle.className = "handle";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    row.prepend(handle);
  }
}

HANDLES.addEventListener("change", furnish);
furnish();
