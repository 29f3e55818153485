// Keys for coding. Each does what a button, a link or a field of the page does; without this script all of those still work.
(() => {
  const page = document.querySelector("[data-coding]");
  if (!page) return;
  const all = (selector) => [...page.querySelectorAll(selector)];

  const answer = (number) => {
    const suggestion = page.querySelector(`[data-suggestion="${number}"]`);
    if (!suggestion) return;
    const answers = [...suggestion.querySelectorAll("input[type=radio]")];
    const next = answers[(answers.findIndex((one) => one.checked) + 1) % answers.length];
    next.checked = true;
    next.focus();
    unfold(next);
  };

  // A correction is asked for where it is wanted, and folded away again where it is not.
  const unfold = (radio) => {
    const fix = radio.closest("[data-suggestion]")?.querySelector("[data-fix]");
    if (fix) fix.open = radio.value === "fix";
  };

  const add = () => {
    const row = all("[data-own]").find((field) => !field.value);
    if (!row) return;
    const selection = document.getSelection();
    const statement = page.querySelector("[data-statement]");
    const words = row.closest(".coding-own__row").querySelector("[name^=words-]");
    // What is read out beside the evidence is not part of what was said.
    const said = selection.rangeCount ? selection.getRangeAt(0).cloneContents() : null;
    if (said && statement.contains(selection.anchorNode) && statement.contains(selection.focusNode)) {
      said.querySelectorAll("sup").forEach((mark) => mark.remove());
      words.value = said.textContent.trim();
    }
    const folded = row.closest("details");
    if (folded) folded.open = true;
    row.focus();
  };

  const follow = (selector) => page.querySelector(selector)?.click();
  const toggle = (selector) => all(selector).forEach((part) => { part.open = !part.open; });
  const keys = {
    a: add,
    d: () => toggle("[data-definition]"),
    j: () => follow("[data-later]"),
    k: () => follow("[data-earlier]"),
    n: () => follow("[data-none]"),
    s: () => toggle("[data-words]"),
    enter: () => page.querySelector("[data-form]")?.requestSubmit(),
  };

  page.addEventListener("change", (event) => {
    if (event.target.matches("[data-suggestion] input[type=radio]")) unfold(event.target);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    const busy = "textarea, select, input:not([type=radio])";
    const pressable = "a, button, summary, input";
    if (event.target.closest(busy) || (key === "enter" && event.target.closest(pressable) && !event.target.closest("[type=radio]"))) return;
    const act = /^[1-9]$/.test(key) ? () => answer(key) : keys[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
