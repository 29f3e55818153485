/* Helps editors write rules: offers earlier questions and their answers, and says each rule in a sentence.
   The plain text fields stay the ones that are sent, so everything can be done, and is checked, without this file. */
(() => {
  "use strict";
  const STEERING = new Set(["take_part", "uses", "voice", "single", "multiple", "agree5", "satisfaction5", "area", "crime_type"]);
  const split = (text) => text.split(",").map((part) => part.trim()).filter(Boolean);
  const field = (root, path) => root.querySelector(path.map((name) => `[data-contentpath="${name}"]`).join(" ") + " :is(input, select, textarea)");
  const hidden = (root, name) => root.querySelector(`:scope > input[name$="-${name}"]`);

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function isGone(child) {
    const deleted = hidden(child, "deleted");
    return Boolean(deleted && deleted.value);
  }

  function options(child, type) {
    const scales = JSON.parse(child.querySelector("[data-heard-scales]").dataset.heardScales);
    if (scales[type]) return scales[type];
    return [...child.querySelectorAll('[data-contentpath="options"] [data-streamfield-child]')]
      .filter((option) => !isGone(option))
      .map((option) => ({ value: field(option, ["value"]).value, label: field(option, ["label"]).value }))
      .filter((option) => option.value);
  }

  function read(child) {
    const type = hidden(child, "type").value;
    return {
      child,
      type,
      key: field(child, ["key"]),
      label: field(child, ["label"]).value,
      question: field(child, ["show_if", "question"]),
      answers: field(child, ["show_if", "answers"]),
      options: STEERING.has(type) ? options(child, type) : [],
    };
  }

  function questions() {
    return [...document.querySelectorAll("[data-streamfield-child]")]
      .filter((child) => hidden(child, "type")?.value && child.querySelector(".heard-show-if") && !isGone(child))
      .map(read);
  }

  /* The server gives an empty key the same name, from the same block id. */
  function giveKey(item) {
    const id = hidden(item.child, "id").value;
    if (!item.key.value && id && document.activeElement !== item.key) write(item.key, `Q-${id.slice(0, 8)}`);
  }

  function write(input, value) {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* Rebuild a control only when what it shows has changed, so that focus stays where it is. */
  function control(input, kind, state, build) {
    const signature = JSON.stringify(state);
    let holder = input.parentElement.querySelector(`.heard-${kind}`);
    if (holder && holder.dataset.state === signature) return;
    const fresh = build();
    fresh.classList.add(`heard-${kind}`);
    fresh.dataset.state = signature;
    if (holder) holder.replaceWith(fresh);
    else input.after(fresh);
    input.hidden = true;
    const help = input.closest("[data-field]")?.querySelector("[data-field-help]");
    if (help) help.hidden = true; // it explains how to fill in the plain field
  }

  function offerQuestions(item, earlier) {
    const label = document.querySelector(`label[for="${item.question.id}"]`)?.textContent || "Earlier question";
    const choices = earlier.filter((other) => other.options.length && other.key.value).map((other) => [other.key.value, `${other.key.value}: ${other.label}`]);
    const chosen = item.question.value;
    if (chosen && !choices.some(([value]) => value === chosen)) choices.push([chosen, `${chosen} (does not come before this one)`]);
    control(item.question, "choice", [chosen, choices], () => {
      const select = make("select", { ariaLabel: label });
      select.append(make("option", { value: "", textContent: "Everyone is asked" }));
      choices.forEach(([value, words]) => select.append(make("option", { value, textContent: words, selected: value === chosen })));
      select.addEventListener("change", () => {
        write(item.answers, "");
        write(item.question, select.value);
      });
      return select;
    });
  }

  function offerAnswers(item, steering) {
    const chosen = split(item.answers.value);
    const known = steering ? steering.options : [];
    const strange = chosen.filter((value) => !known.some((option) => option.value === value));
    const offered = [...known, ...strange.map((value) => ({ value, label: `${value} (not an answer to it)` }))];
    control(item.answers, "answers", [chosen, offered], () => {
      const group = make("fieldset", { ariaLabel: "Any of these answers" });
      if (!offered.length) group.append(make("span", { textContent: "Choose an earlier question first." }));
      offered.forEach(({ value, label }) => {
        const box = make("input", { type: "checkbox", value, checked: chosen.includes(value) });
        box.addEventListener("change", () => {
          const ticked = [...group.querySelectorAll("input:checked")].map((input) => input.value);
          group.dataset.state = JSON.stringify([ticked, offered]);
          write(item.answers, ticked.join(", "));
        });
        group.append(make("label", {}, box, document.createTextNode(label)));
      });
      return group;
    });
  }

  function sayRule(item, steering) {
    const header = item.child.querySelector(".w-panel__header");
    let line = header.parentElement.querySelector(":scope > .heard-rule");
    if (!line) {
      line = make("p", { className: "heard-rule" });
      header.after(line);
    }
    const values = split(item.answers.value);
    const known = new Map((steering ? steering.options : []).map((option) => [option.value, option.label]));
    const broken = item.question.value && (!values.length || values.some((value) => !known.has(value)));
    const listed = values.map((value) => `“${known.get(value) || value}”`).join(" or ");
    const rule = `Asked only if ${item.question.value} is ${listed || "… (choose its answers)"}.`;
    const words = item.question.value ? rule + (broken && listed ? " This rule needs putting right." : "") : "";
    if (line.textContent !== words) line.textContent = words;
    line.hidden = !words;
    line.classList.toggle("heard-rule--broken", Boolean(broken));
  }

  function refresh() {
    const items = questions();
    items.forEach(giveKey);
    items.forEach((item, position) => {
      const earlier = items.slice(0, position);
      const steering = earlier.find((other) => other.key.value === item.question.value);
      offerQuestions(item, earlier);
      offerAnswers(item, steering);
      sayRule(item, steering);
    });
  }

  let waiting;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 150);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("w-editor-form");
    if (!form) return;
    // A click too, and on its way down: taking out a question only sets a hidden field and lets no event up.
    ["input", "change", "click"].forEach((name) => form.addEventListener(name, soon, true));
    new MutationObserver(soon).observe(form, { childList: true, subtree: true });
    soon();
  });
})();
