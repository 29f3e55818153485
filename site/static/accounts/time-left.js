// Says two minutes before a staff session ends that it will, and lets the person stay. The server knows how long is left,
// whatever other windows do; asking it keeps no session alive. The times in minutes are said on "Your work" as well.
(() => {
  "use strict";
  const WARN_SECONDS = 120;
  const here = document.currentScript || document.querySelector("script[data-ask]");
  const { ask, stay } = here.dataset;
  let note;

  let waiting;
  const later = (seconds) => {
    clearTimeout(waiting);
    waiting = setTimeout(look, seconds * 1000);
  };

  const write = (left) => {
    if (note) return note;
    note = document.createElement("div");
    note.className = "heard-ending";
    note.setAttribute("role", "alertdialog");
    note.setAttribute("aria-labelledby", "heard-ending-text");
    const text = document.createElement("p");
    text.id = "heard-ending-text";
    text.textContent = left.unused < left.at_most
      ? "You will be signed out in two minutes because nothing was done for a while. What is not saved is lost."
      : "You will be signed out in two minutes because a session ends after some hours. Save what you are doing.";
    note.append(text);
    if (left.unused < left.at_most) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "govuk-button button";
      button.textContent = "Stay signed in";
      button.addEventListener("click", remain);
      note.append(button);
    }
    document.body.append(note);
    note.querySelector("button")?.focus();
    return note;
  };

  const remain = async () => {
    await fetch(stay, { cache: "no-store", redirect: "manual" });
    note.remove();
    note = undefined;
    look();
  };

  const look = async () => {
    try {
      const answer = await fetch(ask, { cache: "no-store", redirect: "manual" });
      if (!answer.ok) return window.location.reload();
      const left = await answer.json();
      if (left.unused > WARN_SECONDS) {
        note?.remove();
        note = undefined;
        return later(left.unused - WARN_SECONDS);
      }
      write(left);
      later(Math.min(left.unused + 1, 30));
    } catch {
      later(30);
    }
  };

  // A computer that slept comes back here before its timers do.
  document.addEventListener("visibilitychange", look);
  look();
})();
