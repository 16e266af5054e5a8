// Comfort for answering: questions appear as their conditions are met, an exclusive answer clears the others,
// and what is typed is kept a moment later. Everything works without this file too.

const form = document.querySelector("[data-questionnaire]");
const saved = document.querySelector("[data-saved]");
const questions = [...form.querySelectorAll("[data-code]")];
const seen = form.elements.seen;
let timer = 0;

function valueOf(code) {
  const chosen = [...form.querySelectorAll(`[name="${code}"]`)];
  if (chosen.some((field) => field.type === "checkbox")) return chosen.filter((field) => field.checked).map((field) => field.value);
  if (chosen.some((field) => field.type === "radio")) return chosen.find((field) => field.checked)?.value;
  return chosen[0]?.value;
}

function onPage(condition) {
  const [[operator, operand]] = Object.entries(condition);
  if (operator === "eq" || operator === "in") return Boolean(form.querySelector(`[data-code="${operand[0]}"]`));
  return (operator === "not" ? [operand] : operand).every(onPage);
}

function shown(code) {
  const question = form.querySelector(`[data-code="${code}"]`);
  return question !== null && !question.hidden;
}

function holds(condition) {
  const [[operator, operand]] = Object.entries(condition);
  switch (operator) {
    case "eq": return shown(operand[0]) && valueOf(operand[0]) === operand[1];
    case "in": return shown(operand[0]) && (valueOf(operand[0]) || []).includes(operand[1]);
    case "all": return operand.every(holds);
    case "any": return operand.some(holds);
    default: return !holds(operand);
  }
}

function refresh() {
  for (const question of questions) {
    if (!question.dataset.show) continue;
    const condition = JSON.parse(question.dataset.show);
    if (onPage(condition)) question.hidden = !holds(condition);
  }
  seen.value = questions.filter((question) => !question.hidden).map((question) => question.dataset.code).join(" ");
}

function exclude(field) {
  if (field.type !== "checkbox" || !field.checked) return;
  for (const other of form.querySelectorAll(`[name="${field.name}"]`)) {
    if (other !== field && ("exclusive" in field.dataset || "exclusive" in other.dataset)) other.checked = false;
  }
}

async function keep() {
  const typed = new FormData(form);
  typed.append("autosave", "1");
  try {
    const answer = await fetch(location.href, { method: "POST", body: typed });
    saved.textContent = (await answer.json()).saved;
  } catch {
    saved.textContent = saved.dataset.failed;
  }
}

form.addEventListener("change", (event) => {
  exclude(event.target);
  refresh();
  clearTimeout(timer);
  timer = setTimeout(keep, 600);
});
form.addEventListener("submit", () => clearTimeout(timer));
document.querySelector(".errors")?.focus();
