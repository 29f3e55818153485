// What the journey adds where JavaScript runs: a count that says what is left, and "none of these" that clears the others.
// Nothing here is needed to answer, and nothing is stored.
(() => {
  "use strict";
  document.querySelectorAll("[data-limit]").forEach((note) => {
    const box = document.getElementById(note.dataset.limitOf);
    if (!box) return;
    const limit = Number(note.dataset.limit);
    const spoken = document.createElement("div");
    spoken.className = "govuk-visually-hidden";
    spoken.setAttribute("aria-live", "polite");
    note.after(spoken);
    let timer;
    const count = () => {
      const left = limit - Array.from(box.value).length;
      const said = (left < 0 ? note.dataset.over : note.dataset.left)
        .replace("NUMBER", Math.abs(left).toLocaleString(document.documentElement.lang));
      note.textContent = said;
      note.classList.toggle("govuk-error-message", left < 0);
      clearTimeout(timer);
      timer = setTimeout(() => { spoken.textContent = said; }, 1000);
    };
    box.addEventListener("input", count);
  });

  const boxes = Array.from(document.querySelectorAll(".govuk-checkboxes__input"));
  boxes.forEach((box) => box.addEventListener("change", () => {
    if (!box.checked) return;
    const isAlone = "exclusive" in box.dataset;
    boxes.forEach((other) => {
      if (other !== box && (isAlone || "exclusive" in other.dataset)) other.checked = false;
    });
  }));

  // Older browsers do not take the focus to an error by themselves.
  const first = document.querySelector("[autofocus]");
  if (first) first.focus();
})();
