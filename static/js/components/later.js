// Fills a part of the page when the reader gets near it; until then, and without this, a link leads to the same.
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    fetch(target.dataset.later)
      .then(async (answer) => { if (answer.ok) target.innerHTML = await answer.text(); })
      .catch(() => {});
  }
}, { rootMargin: "400px" });

for (const part of document.querySelectorAll("[data-later]")) seen.observe(part);
