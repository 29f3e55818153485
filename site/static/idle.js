// Half an hour without anybody: a warning after 25 minutes, then the page gives way to what the server shows instead.
// Nothing is stored. Typing counts as being here, which the server learns by a request without a word in it.
(() => {
  "use strict";
  const MINUTE = 60 * 1000;
  const note = document.querySelector("[data-idle]");
  if (!note) return;
  const said = note.querySelector("[data-idle-said]");
  let last = Date.now();
  let isAsking = false;

  const close = () => {
    document.documentElement.hidden = true;
    window.location.replace(window.location.pathname);
  };

  const stay = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      const answer = await fetch(window.location.pathname, { method: "HEAD", cache: "no-store" });
      if (!answer.ok) return close();
      last = Date.now();
      note.hidden = true;
      said.textContent = "";
    } catch {
      // Without a network the half hour goes on, and the warning stays.
    } finally {
      isAsking = false;
    }
  };

  const look = () => {
    const quiet = Date.now() - last;
    if (quiet >= 30 * MINUTE) return close();
    if (quiet < 25 * MINUTE || !note.hidden) return;
    note.hidden = false;
    said.textContent = said.dataset.idleSays;
  };

  note.querySelector("button").addEventListener("click", stay);
  document.addEventListener("input", () => {
    if (Date.now() - last > 5 * MINUTE) stay();
  });
  // A phone that slept comes back here before its timers do.
  document.addEventListener("visibilitychange", look);
  setInterval(look, 10 * 1000);
})();
