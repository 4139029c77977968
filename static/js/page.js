// Small conveniences for every page. Each page works the same without them.

const { body } = document;

// A refused form: the list of what to correct is read first.
document.querySelector(".error-summary")?.focus();

// A second press of the same button while the first is on its way sends nothing.
// Ten seconds later it works again, for answers that are a file and leave the page in place.
const ON_ITS_WAY = "onItsWay";

function release(form) {
  delete form.dataset[ON_ITS_WAY];
}

body.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (ON_ITS_WAY in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset[ON_ITS_WAY] = "";
  setTimeout(() => release(form), 10_000);
});

// The back button shows the page as it was left: let the form be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-on-its-way]").forEach(release);
});

// Unsent text is looked after only where there is some. The page knows the script's address.
function textWasLeft() {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith("keep:"));
  } catch {
    return false; // storage is switched off in this browser
  }
}

if (body.dataset.keepScript && (document.querySelector("textarea[data-keep]") || textWasLeft())) {
  import(body.dataset.keepScript).then(({ keep }) => keep());
}

// An address to copy gets a button; without it, it is marked and copied by hand.
function offerToCopy(box) {
  const press = document.createElement("button");
  press.type = "button";
  press.className = "link-like";
  press.textContent = box.dataset.copy;
  press.setAttribute("aria-describedby", box.id);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  press.addEventListener("click", () => {
    box.select();
    navigator.clipboard.writeText(box.value).then(() => {
      said.textContent = ` ${box.dataset.copied}`;
    }, () => {});
  });
  box.after(press, said);
}

if (navigator.clipboard) document.querySelectorAll("input[data-copy]").forEach(offerToCopy);
