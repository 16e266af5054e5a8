// Keeps a form a moment after each change, and says so. Without this file the form has a button for it.

const form = document.querySelector("form[data-draft]");
const told = form.querySelector("[data-saved]");
let timer = 0;

async function keep() {
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
    const { saved, version } = await answer.json();
    told.textContent = saved;
    if (version) form.elements.draft_version.value = version;
  } catch {
    told.textContent = told.dataset.failed;
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(keep, 1000);
});
form.addEventListener("submit", () => clearTimeout(timer));
