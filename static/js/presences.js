// The list at the door: a press marks somebody without a new page, so that the list stays where the thumb is.
//
// The same form goes to the same address, and the parts named below are taken from the page that comes back.
// Where that fails the form is sent as it would be without this script.

const PATIENCE = 8_000;
const SINGLE = /^(present|remote|excused|clear)-/;
const PARTS = ["attendance-total", "attendance-twice", "marks"];

const list = document.getElementById("marks-part");
const form = () => document.getElementById("marks");

let chain = Promise.resolve(); // one press at a time: each is made of what the one before left

// The boxes of clock times by their line: places in the form change when somebody is marked.
function typed() {
  const boxes = new Map();
  for (const box of form().querySelectorAll("li input[type=text]")) {
    boxes.set(`${box.closest("li").id} ${box.name.split("-").pop()}`, box);
  }
  return boxes;
}

function values() {
  return new Map([...typed()].map(([key, box]) => [key, box.value]));
}

function sendWhole(value) {
  const press = document.createElement("input");
  press.type = "hidden";
  press.name = "press";
  press.value = value;
  form().append(press);
  form().submit();
  return new Promise(() => {}); // another page is on its way: nothing more is sent from this one
}

function swap(page, sent, value) {
  const now = values();
  const open = [...list.querySelectorAll("li:has(details[open])")].map((line) => line.id);
  const more = list.querySelector("details.more-people")?.open;
  for (const id of PARTS) document.getElementById(id).replaceWith(page.getElementById(id));
  for (const id of open) document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
  if (more) list.querySelector("details.more-people")?.setAttribute("open", "");
  // What was typed while the press was on its way is newer than what came back.
  for (const [key, box] of typed()) {
    if (now.has(key) && now.get(key) !== sent.get(key)) box.value = now.get(key);
  }
  const same = list.querySelector(`button[value="${CSS.escape(value)}"]`);
  (same ?? document.getElementById(value.split("-")[1]))?.focus({ preventScroll: true });
}

async function send(value) {
  const data = new URLSearchParams(new FormData(form()));
  data.set("press", value);
  const sent = values();
  list.setAttribute("aria-busy", "true");
  let page = null;
  try {
    const answer = await fetch(form().action, {
      method: "POST",
      body: data,
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) return sendWhole(value);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return sendWhole(value);
  }
  if (!PARTS.every((id) => page.getElementById(id))) return sendWhole(value);
  swap(page, sent, value);
  list.removeAttribute("aria-busy");
  return undefined;
}

list?.addEventListener("submit", (event) => {
  const { value } = event.submitter ?? {};
  if (!value || !SINGLE.test(value)) return;
  event.preventDefault();
  chain = chain.then(() => send(value)).catch(() => sendWhole(value));
});
