// A little work for the browser before answers are sent; only counts where very many come from one network at once.

const form = document.querySelector("[data-task]");

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function work(task) {
  const most = task.maxnumber ?? task.maxNumber;
  for (let number = 0; number <= most; number += 1) {
    if ((await digest(task.salt + number)) === task.challenge) return { ...task, number };
  }
  return null;
}

form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});

if (form && globalThis.crypto?.subtle) {
  work(JSON.parse(form.dataset.task)).then((done) => {
    if (!done) return;
    const { algorithm, challenge, number, salt, signature } = done;
    form.elements.proof.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  });
}
