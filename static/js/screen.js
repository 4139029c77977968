// The screen of the room asks every five seconds what the evening is now. The page works without: it then
// loads itself anew every fifteen seconds. When there is no answer the last state stays, and a quiet line
// tells since when.

const EVERY = 5_000;
const PATIENCE = 4_000;

const { body } = document;
const lost = document.querySelector(".screen-lost");
const room = () => document.getElementById("main");

async function fetched() {
  const answer = await fetch(body.dataset.part, {
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("main");
  if (!found) throw new Error("another page");
  return found;
}

function say(text) {
  if (lost.textContent !== text) lost.textContent = text;
}

async function refresh() {
  try {
    const found = await fetched();
    if (found.outerHTML !== room().outerHTML) room().replaceWith(found);
    say("");
  } catch {
    say(body.dataset.lost.replace("CLOCK", room().dataset.clock));
  }
  setTimeout(refresh, EVERY);
}

setTimeout(refresh, EVERY);
