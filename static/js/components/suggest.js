// Fills the list beside a search box with what begins as typed; without it the box works all the same.
const wait = 200;

for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = document.getElementById(box.getAttribute("list"));
  let timer, asked;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const address = new URL(box.dataset.suggest, location.href);
      address.searchParams.set("q", box.value);
      asked = address.href;
      const answer = await fetch(address).catch(() => null);
      if (answer?.ok && asked === address.href) {
        const text = await answer.text();
        if (asked === address.href) list.innerHTML = text;
      }
    }, wait);
  });
}
