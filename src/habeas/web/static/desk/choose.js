/* Words selected in the text go into the form. Without this file they are copied by hand. */
(() => {
  "use strict";
  const words = document.querySelector("[data-words]");
  const near = document.querySelector("input[name=near]");
  for (const hint of document.querySelectorAll("[data-hint]")) hint.hidden = false;
  // How many code points of its paragraph stand before a place; the paragraph knows where in the text it begins.
  const place = (node, offset) => {
    const paragraph = (node.nodeType === 1 ? node : node.parentElement)?.closest("p[data-at]");
    if (!paragraph) return null;
    const before = document.createRange();
    before.selectNodeContents(paragraph);
    before.setEnd(node, offset);
    return Number(paragraph.dataset.at) + [...before.toString()].length;
  };
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const text = chosen.toString().trim();
    if (!text || !chosen.rangeCount) return;
    const range = chosen.getRangeAt(0);
    const at = place(range.startContainer, range.startOffset);
    if (at === null || !range.commonAncestorContainer.parentElement?.closest(".text")) return;
    const target = document.activeElement?.matches("textarea#condition") ? document.activeElement : words;
    target.value = text;
    near.value = at;
  });
})();
