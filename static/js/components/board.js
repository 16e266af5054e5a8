// Cards are dragged from column to column; dropping one presses the button it has for that column.

const board = document.querySelector("[data-board]");
let taken = null;

for (const card of board.querySelectorAll("[data-task]")) {
  card.draggable = true;
  card.addEventListener("dragstart", () => { taken = card; card.classList.add("taken"); });
  card.addEventListener("dragend", () => { taken = null; card.classList.remove("taken"); });
}

for (const column of board.querySelectorAll("[data-state]")) {
  column.addEventListener("dragover", (event) => { if (taken) { event.preventDefault(); column.classList.add("over"); } });
  column.addEventListener("dragleave", () => column.classList.remove("over"));
  column.addEventListener("drop", (event) => {
    event.preventDefault();
    column.classList.remove("over");
    taken?.querySelector(`button[value="${column.dataset.state}"]`)?.click();
  });
}
