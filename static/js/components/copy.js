for (const box of document.querySelectorAll("[data-copy]")) {
  const [text, button, note] = ["textarea", "button", "[role=status]"].map((part) => box.querySelector(part));
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      const late = new Promise((_answered, refuse) => setTimeout(refuse, 1000));
      await Promise.race([navigator.clipboard.writeText(text.value), late]);
    } catch {
      document.execCommand("copy");
    }
    note.textContent = button.dataset.copied;
  });
}
