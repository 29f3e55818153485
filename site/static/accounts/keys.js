// Security keys and passkeys: gives allauth's script our buttons. Without it, or in a browser that knows no keys, the
// parts that need a key stay hidden and the other ways remain.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !window.allauth) return;
  const { forms } = window.allauth.webauthn;
  for (const part of document.querySelectorAll("[data-key]")) {
    const kind = part.dataset.key;
    const button = part.querySelector("button");
    const ids = { [kind]: button.id, credential: part.querySelector("[name=credential]").id, data: "key-data" };
    const alone = part.querySelector("[name=passwordless]");
    if (alone) ids.passwordless = alone.id;
    forms[`${kind}Form`]({ ids });
    part.hidden = false;
  }
  for (const without of document.querySelectorAll("[data-no-key]")) without.hidden = true;
  const fault = document.querySelector("[data-key-fault]");
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    fault.hidden = false;
  });
})();
