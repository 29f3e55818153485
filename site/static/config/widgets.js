/* Starts Wagtail's date pickers, choosers and panels, which it would start by inline scripts: see
   docs/decisions/nothing-inline.md. A page may name no function but these. */
(() => {
  "use strict";
  const PICKERS = ["initDateChooser", "initTimeChooser", "initDateTimeChooser"];
  const CHOOSERS = ["Chooser", "PageChooser", "ImageChooser", "DocumentChooser", "SnippetChooser"];
  const PANELS = ["InlinePanel", "MultipleChooserPanel"];

  function start(mark) {
    const { starts, for: id, options } = mark.dataset;
    const known = PICKERS.includes(starts) || CHOOSERS.includes(starts) || PANELS.includes(starts);
    if (!known || !window[starts] || !mark.isConnected) return;
    mark.removeAttribute("data-starts");
    const given = JSON.parse(options);
    if (PICKERS.includes(starts)) window[starts](id, given);
    else if (CHOOSERS.includes(starts)) new window[starts](id, given);
    else new window[starts](given);
  }

  const startAll = () => document.querySelectorAll("[data-starts]").forEach(start);

  function begin() {
    startAll();
    new MutationObserver(startAll).observe(document.body, { childList: true, subtree: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
