// Comfort for answering: questions appear as their conditions are met, an exclusive answer clears the others, sliders and
// sums follow what is typed, and everything is kept a moment later. Everything works without this file too.

const form = document.querySelector("[data-questionnaire]");
const saved = document.querySelector("[data-saved]");
const questions = [...form.querySelectorAll("[data-code]")];
const seen = form.elements.seen;
const TYPING = 2000; // milliseconds after the last key until what was typed is kept
let timer = 0;

function valueOf(name) {
  const fields = [...form.querySelectorAll(`[name="${name}"]`)];
  if (fields.some((field) => field.type === "checkbox")) return fields.filter((field) => field.checked).map((field) => field.value);
  if (fields.some((field) => field.type === "radio")) return fields.find((field) => field.checked)?.value;
  return fields[0] && coded(fields[0]);
}

// A list that is searched holds words; conditions ask for the code behind them, found as the server finds it.
function coded(field) {
  const typed = field.value.trim();
  const options = [...(field.list?.options ?? [])].filter((option) => option.dataset.code);
  const bare = typed.split("(").pop().replace(/[) ]+$/, "").toUpperCase();
  const named = options.filter((option) => [option.value, option.dataset.name].some((name) => name?.toLowerCase() === typed.toLowerCase()));
  const found = options.find((option) => [typed, bare].includes(option.dataset.code)) ?? (named.length === 1 ? named[0] : undefined);
  return found?.dataset.code ?? typed;
}

function shown(name) {
  const question = form.querySelector(`[data-code="${name.split(".")[0]}"]`);
  return question !== null && !question.hidden;
}

function answered(code) {
  const fields = [...form.querySelectorAll(`[name="${code}"], [name^="${code}."]`)].filter((field) => field.name !== `${code}.other`);
  return fields.some((field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value.trim() !== ""));
}

function compared(operator, name, wanted) {
  const typed = valueOf(name);
  if (!typed) return false;
  const given = typeof wanted === "number" ? numeric(typed) : typed;
  return { lt: given < wanted, le: given <= wanted, gt: given > wanted, ge: given >= wanted }[operator];
}

function numeric(typed) {
  const written = typed.replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written) ? Number(written) : NaN;
}

function holds(condition) {
  const [[operator, operand]] = Object.entries(condition);
  switch (operator) {
    case "all": return operand.every(holds);
    case "any": return operand.some(holds);
    case "not": return !holds(operand);
    case "answered": return shown(operand) && answered(operand);
    case "eq": return shown(operand[0]) && String(valueOf(operand[0])) === String(operand[1]);
    case "in": return shown(operand[0]) && [valueOf(operand[0])].flat().includes(operand[1]);
    default: return shown(operand[0]) && compared(operator, ...operand);
  }
}

function refresh() {
  for (const question of questions) {
    if (question.dataset.show) question.hidden = !holds(JSON.parse(question.dataset.show));
    if (question.dataset.require) question.querySelector(".needed").hidden = !holds(JSON.parse(question.dataset.require));
  }
  seen.value = questions.filter((question) => !question.hidden).map((question) => question.dataset.code).join(" ");
}

function offerOthers() {
  for (const other of form.querySelectorAll("[data-other]")) {
    const chosen = [valueOf(other.dataset.of)].flat().includes(other.dataset.other);
    other.hidden = !chosen && other.querySelector("input").value === "";
  }
}

function exclude(field) {
  if (field.type !== "checkbox" || !field.checked) return;
  for (const other of form.querySelectorAll(`[name="${field.name}"]`)) {
    if (other !== field && ("exclusive" in field.dataset || "exclusive" in other.dataset)) other.checked = false;
  }
}

function addUp(shares) {
  const given = [...shares.querySelectorAll("input")].map((field) => Number.parseInt(field.value, 10) || 0);
  shares.querySelector("[data-sum]").textContent = given.reduce((sum, share) => sum + share, 0);
}

function twin(range) {
  const field = form.elements[range.dataset.twin];
  range.hidden = false;
  range.value = field.value.replace(",", ".");
  range.addEventListener("input", () => { field.value = range.value; });
  range.addEventListener("change", () => field.dispatchEvent(new Event("change", { bubbles: true })));
  field.addEventListener("input", () => { range.value = field.value.replace(",", "."); });
}

function count(area) {
  const told = area.parentElement.querySelector("[data-count]");
  const tell = () => { told.textContent = `${area.value.length} / ${area.dataset.limit}.`; };
  told.hidden = false;
  area.addEventListener("input", tell);
  tell();
}

function weigh(field) {
  const large = [...field.files].some((file) => file.size > field.dataset.most * 2 ** 20);
  field.parentElement.querySelector("[data-large]").hidden = !large;
  if (large) field.value = "";
}

// Each writing has a turn, so that one that comes late is known: what a button kept stays.
function takeTurn() {
  const turn = form.elements.turn;
  turn.value = Number(turn.value) + 1;
  return turn.value;
}

function keepIn(moment) {
  clearTimeout(timer);
  timer = setTimeout(keep, moment);
}

async function keep() {
  const turn = takeTurn();
  const typed = new FormData(form);
  for (const field of form.querySelectorAll("[type=file]")) typed.delete(field.name);
  typed.append("autosave", "1");
  try {
    const answer = await fetch(location.href, { method: "POST", body: typed });
    const told = await answer.json();
    if (turn !== form.elements.turn.value) return;
    saved.textContent = told.saved;
    if (told.stood !== undefined) form.elements.stood.value = told.stood;
  } catch {
    saved.textContent = saved.dataset.failed;
  }
}

for (const range of form.querySelectorAll("[data-twin]")) twin(range);
for (const area of form.querySelectorAll("[data-limit]")) count(area);
offerOthers();
form.addEventListener("input", (event) => {
  const shares = event.target.closest("[data-shares]");
  if (shares) addUp(shares);
  if (event.target.type !== "file") keepIn(TYPING);
});
form.addEventListener("change", (event) => {
  if (event.target.type === "file") return weigh(event.target);
  exclude(event.target);
  refresh();
  offerOthers();
  keepIn(600);
});
form.addEventListener("submit", () => {
  clearTimeout(timer);
  takeTurn();
});
document.querySelector(".errors")?.focus();
