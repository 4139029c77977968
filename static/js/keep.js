// Text that has not been sent stays in this browser, and comes back after a reload.
//
// A form names its text with data-keep="KEY"; its textareas that are worth keeping carry data-keep.
// Stored under "keep:KEY:FIELD" as {text, base, sending}: base is what the server had shown; sending is set when the form leaves; the next page
// from the server clears it, unless that page refused the form or received nothing (data-not-sent).

const PREFIX = "keep:";
const WAIT = 500; // milliseconds after the last key

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; // storage full or switched off: the form still works
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was stored either
  }
}

function storedKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

// Was this page the answer to a form? Then we came from a page of ours, or the form's answer sent us on.
// The back button, or an address typed after a lost connection, proves nothing.
function isAnAnswer() {
  const arrival = performance.getEntriesByType("navigation")[0];
  if (arrival?.type !== "navigate") return false;
  return arrival.redirectCount > 0 || document.referrer.startsWith(`${location.origin}/`);
}

function settleWhatWasSent() {
  const answered = isAnAnswer();
  const refused = document.querySelector("[data-not-sent], .error-summary") !== null;
  for (const key of storedKeys()) {
    const kept = read(key);
    if (!kept) forget(key);
    else if (kept.sending && answered && !refused) forget(key);
    else if (kept.sending) write(key, { text: kept.text, base: kept.base });
  }
}

function lookAfter(area) {
  const form = area.form;
  const key = `${PREFIX}${form.dataset.keep || location.pathname}:${area.name}`;
  const status = document.querySelector(`[data-keep-status="${area.id}"]`);
  const clear = document.querySelector(`[data-keep-clear="${area.id}"]`);
  const fromServer = area.defaultValue;
  let timer = 0;
  let leaving = false;

  const say = (text) => {
    if (status && status.textContent !== text) status.textContent = text;
  };
  const offerToClear = (there) => {
    if (clear) clear.hidden = !there;
  };
  const unsent = () => area.value !== fromServer && area.value.trim() !== "";
  const store = () => {
    clearTimeout(timer);
    if (!unsent()) {
      forget(key);
      say("");
      offerToClear(false);
    } else if (write(key, { text: area.value, base: fromServer })) {
      say(status?.dataset.kept ?? "");
      offerToClear(true);
    }
  };

  const kept = read(key);
  if (kept?.text && !fromServer.includes(kept.text)) {
    // Somebody may have changed the text meanwhile: then both stay, one after the other.
    const changed = fromServer.trim() !== "" && kept.base !== fromServer;
    area.value = changed ? `${fromServer.trimEnd()}\n\n${kept.text}` : kept.text;
    say(status?.dataset.restored ?? "");
    offerToClear(true);
  }

  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(store, WAIT);
  });
  area.addEventListener("blur", () => {
    // Not at once: the lines that appear would move the button away from under a finger that is pressing it.
    clearTimeout(timer);
    if (unsent() && read(key)?.text !== area.value) timer = setTimeout(store, WAIT);
  });
  clear?.addEventListener("click", () => {
    clearTimeout(timer);
    area.value = fromServer;
    forget(key);
    say("");
    offerToClear(false);
    area.focus();
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    leaving = true;
    if (unsent() || read(key)) write(key, { text: area.value, base: fromServer, sending: true });
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !unsent()) return;
    store();
    event.preventDefault();
  });
}

export function keep() {
  settleWhatWasSent();
  document.querySelectorAll("form textarea[data-keep]").forEach(lookAfter);
}
