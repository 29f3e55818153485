// Covers opened words again when the person looks away or presses Escape, and never shows them from the browser's memory.
(() => {
  const cover = () => document.querySelectorAll("details[data-words][open]").forEach((words) => { words.open = false; });

  document.addEventListener("visibilitychange", () => { if (document.hidden) cover(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.target.closest("textarea, input, select")) cover();
  });
  // A page brought back by the Back button is the closed one, not a copy the browser kept.
  window.addEventListener("pageshow", (event) => {
    const reading = document.querySelector("[data-closed-address]");
    if (event.persisted && reading) window.location.replace(reading.dataset.closedAddress);
  });
})();
