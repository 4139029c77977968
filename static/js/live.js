// The clock of the evening ticks, and the page stays the same for everybody who runs it.
//
// The server says what time it is (data-now) and when the minutes of the item end (data-ends), in milliseconds;
// what a device's own clock shows does not matter. Every twenty seconds the parts marked data-live are fetched
// again. Notes, and where the keyboard is, are left alone. Without this script the page works as it was made.

const EVERY = 20_000;
const PATIENCE = 8_000;
const TWO_MINUTES = 120;

const says = document.getElementById("clock-says");
const line = says.querySelector("[role=status]");
const words = says.dataset;
const bar = () => document.getElementById("clock");

let ahead = 0; // milliseconds that the server's clock is ahead of this one
let last = { item: null, left: null };
let connected = true;

function setClock() {
  ahead = Number(bar().dataset.now) - Date.now();
}

function say(text) {
  if (line.textContent !== text) line.textContent = text;
}

function two(number) {
  return String(number).padStart(2, "0");
}

// Spoken at two minutes left, when they are up, and at every second minute over.
function announce(item, left) {
  const before = last.item === item ? last.left : null;
  if (last.item !== null && last.item !== item) say(""); // what was said was of another item
  last = { item, left };
  if (before === null || before === left) return;
  const passed = (mark) => before > mark && left <= mark;
  if (passed(TWO_MINUTES)) say(words.two);
  else if (passed(0)) say(words.up);
  else if (left < 0) {
    const minutes = Math.floor(-left / TWO_MINUTES) * 2;
    if (minutes > 0 && passed(-60 * minutes)) say(words.more.replace("NUMBER", minutes));
  }
}

function tick() {
  const { ends, item } = bar().dataset;
  if (!ends) {
    if (last.item !== null) say("");
    last = { item: null, left: null };
    return;
  }
  const left = Math.ceil((Number(ends) - Date.now() - ahead) / 1000);
  const shown = Math.abs(left);
  const clock = bar().querySelector("[data-clock]");
  const text = two(Math.floor(shown / 60)) + words.colon + two(shown % 60);
  if (clock.textContent !== text) clock.textContent = text;
  const word = bar().querySelector("[data-clock-word]");
  const said = left > 0 ? words.left : words.over;
  if (word.textContent !== said) word.textContent = said;
  announce(item, left);
}

// A part with the keyboard in it is changed only where the same control is there again.
function putIn(part) {
  const old = document.getElementById(part.id);
  if (!old) return;
  const here = document.activeElement;
  const inside = old.contains(here);
  if (inside && !(here.id && part.querySelector(`#${CSS.escape(here.id)}`))) return;
  if (old.querySelector("form[data-on-its-way]")) return;
  old.replaceWith(part);
  if (inside) document.getElementById(here.id).focus({ preventScroll: true });
}

async function refresh() {
  try {
    const answer = await fetch(words.url, {
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    page.querySelectorAll("[data-live]").forEach(putIn);
    setClock();
    tick();
    if (!connected) say("");
    connected = true;
  } catch {
    if (connected) say(words.lost.replace("CLOCK", bar().dataset.shows));
    connected = false;
  }
}

setClock();
tick();
setInterval(tick, 500);
setInterval(() => {
  if (!document.hidden) refresh();
}, EVERY);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});
