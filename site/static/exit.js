// Leaves at once: replaces this page in the history, on a click or on Shift three times within five seconds.
(() => {
  "use strict";
  const link = document.querySelector("[data-exit]");
  if (!link) return;
  let isLeaving = false;
  let presses = 0;
  let isShiftAlone = false;
  let timer;

  const leave = () => {
    isLeaving = true;
    document.documentElement.hidden = true;
    window.location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    isShiftAlone = event.key === "Shift";
  });

  document.addEventListener("keyup", (event) => {
    // Shift held for a capital letter is not a press.
    if (event.key !== "Shift" || !isShiftAlone) return;
    presses += 1;
    clearTimeout(timer);
    timer = setTimeout(() => { presses = 0; }, 5000);
    if (presses === 3) leave();
  });

  // A browser may keep the page in memory and show it again on Back: ask the server instead.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted && !isLeaving) return;
    document.documentElement.hidden = true;
    window.location.reload();
  });
})();
