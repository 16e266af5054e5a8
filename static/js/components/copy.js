for (const box of document.querySelectorAll("[data-copy]")) {
  const [text, button, note] = ["textarea", "button", "[role=status]"].map((part) => box.querySelector(part));
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy");
    }
    note.textContent = button.dataset.copied;
  });
}
