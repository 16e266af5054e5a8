// Sends the files of a form in parts, so that what has arrived stays when the line breaks; files can be dropped on it.

const form = document.querySelector("form[data-upload]");
const chosen = form.querySelector("input[type=file]");
const told = form.querySelector("[data-progress]");
const token = form.elements.csrfmiddlewaretoken.value;
const ATTEMPTS = 6;
let busy = false;

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const nameOf = (file) => `upload ${file.name} ${file.size} ${file.lastModified}`;

async function ask(address, options) {
  const answer = await fetch(address, { ...options, headers: { ...options?.headers, "X-CSRFToken": token } });
  const body = await answer.json();
  if (!answer.ok && answer.status !== 409) throw Object.assign(new Error(body.problem), { final: answer.status < 500 });
  return body;
}

async function begin(file) {
  const known = localStorage.getItem(nameOf(file));
  if (known) {
    try {
      return await ask(`${form.dataset.upload}${known}/`);
    } catch {
      localStorage.removeItem(nameOf(file));
    }
  }
  const body = new FormData();
  body.set("name", file.name);
  body.set("size", file.size);
  const begun = await ask(form.dataset.upload, { method: "POST", body });
  localStorage.setItem(nameOf(file), begun.upload);
  return begun;
}

async function send(file) {
  const { upload, part, ...begun } = await begin(file);
  let received = begun.received;
  for (let attempt = 0; received < file.size; ) {
    told.textContent = `${file.name}: ${Math.floor((100 * received) / file.size)} %`;
    try {
      const body = file.slice(received, received + part);
      const headers = { "Upload-Offset": received, "Content-Type": "application/octet-stream" };
      received = (await ask(`${form.dataset.upload}${upload}/`, { method: "PUT", body, headers })).received;
      attempt = 0;
    } catch (problem) {
      if (problem.final || ++attempt > ATTEMPTS) throw problem;
      await pause(2 ** attempt);
    }
  }
  return upload;
}

form.addEventListener("submit", async (event) => {
  if (!chosen.files.length) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  try {
    const uploads = [];
    for (const file of chosen.files) uploads.push(await send(file));
    for (const file of chosen.files) localStorage.removeItem(nameOf(file));
    form.elements.uploads.value = uploads.join(" ");
    chosen.value = "";
    form.submit();
  } catch (problem) {
    told.textContent = problem.final ? problem.message : told.dataset.failed;
    busy = false;
  }
});
form.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) chosen.files = event.dataTransfer.files;
});
