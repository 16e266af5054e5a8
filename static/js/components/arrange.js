// Questions are dragged onto the question before which they shall stand; the form beside them says the rest.

const form = document.querySelector("form[data-arrange]");
let taken = null;

for (const row of document.querySelectorAll("[data-code]")) {
  row.draggable = true;
  row.addEventListener("dragstart", () => { taken = row; row.classList.add("taken"); });
  row.addEventListener("dragend", () => { taken = null; row.classList.remove("taken"); });
  row.addEventListener("dragover", (event) => { if (taken && taken !== row) { event.preventDefault(); row.classList.add("over"); } });
  row.addEventListener("dragleave", () => row.classList.remove("over"));
  row.addEventListener("drop", (event) => {
    event.preventDefault();
    form.elements.dragged.value = taken.dataset.code;
    form.elements.before.value = row.dataset.code;
    form.submit();
  });
}
