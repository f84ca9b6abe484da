/* A form that starts long work says so, and cannot be sent twice. Without this file the browser's own sign of loading tells. */
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-wait]"))
    form.addEventListener("submit", (event) => {
      const files = [...(form.querySelector("input[type=file]")?.files ?? [])];
      const tooMuch = files.reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.most ?? Infinity);
      const told = form.querySelector("[data-too-much]");
      if (told) told.hidden = !tooMuch;
      if (tooMuch) { event.preventDefault(); told.scrollIntoView({ block: "center" }); return; }
      form.querySelector("[data-waiting]").hidden = false;
      for (const button of form.querySelectorAll("button[type=submit]")) setTimeout(() => { button.disabled = true; });
    });
  // Back again by the browser's own button, the form can be sent anew.
  window.addEventListener("pageshow", () => {
    for (const part of document.querySelectorAll("form[data-wait] [data-waiting]")) part.hidden = true;
    for (const button of document.querySelectorAll("form[data-wait] button[type=submit]")) button.disabled = false;
  });
})();
