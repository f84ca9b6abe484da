/* A card and its words light each other; a button prints. Without this file the numbers in the text and on the cards are
   plain links, and the browser's own menu prints. */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  const lit = new Map();
  const add = (key, part) => lit.set(key, [...(lit.get(key) ?? []), part]);
  for (const mark of document.querySelectorAll("mark[data-cards]"))
    for (const key of mark.dataset.cards.split(" ")) add(key, mark);
  for (const ref of document.querySelectorAll("a.ref")) add(ref.id.slice(2), ref);
  const cards = new Map([...document.querySelectorAll("[data-card]")].map((card) => [card.dataset.card, card]));
  const narrow = window.matchMedia("(max-width: 61.99rem)");
  let shown = [];

  const light = (keys) => {
    for (const key of shown) for (const part of [cards.get(key), ...(lit.get(key) ?? [])]) part?.classList.remove("on");
    shown = keys;
    for (const key of shown) for (const part of [cards.get(key), ...(lit.get(key) ?? [])]) part?.classList.add("on");
  };
  const inView = (part, room) => {
    const at = part.getBoundingClientRect();
    return at.top >= room.top && at.bottom <= room.bottom;
  };
  const toCard = (key) => {
    const card = cards.get(key);
    const pane = card?.closest(".pane");
    if (!card || narrow.matches) return;
    const room = pane.getBoundingClientRect();
    if (!inView(card, room)) pane.scrollTop += card.getBoundingClientRect().top - room.top - 12;
  };
  const toWords = (key) => {
    const first = lit.get(key)?.[0];
    if (first && !narrow.matches && !inView(first, { top: 0, bottom: window.innerHeight })) first.scrollIntoView({ block: "center" });
  };
  const peek = (key) => {
    for (const card of document.querySelectorAll(".card.peek")) card.classList.remove("peek");
    if (key && narrow.matches) cards.get(key)?.classList.add("peek");
  };
  // The innermost card is the one with the fewest words.
  const nearest = (keys) => keys.toSorted((a, b) => size(a) - size(b))[0];
  const size = (key) => lit.get(key).reduce((sum, part) => sum + part.textContent.length, 0);

  for (const [key, parts] of lit)
    for (const part of parts) {
      const keys = part.dataset.cards?.split(" ") ?? [key];
      part.addEventListener("mouseenter", () => { light(keys); toCard(nearest(keys)); });
      part.addEventListener("focus", () => { light([key]); toCard(key); });
      part.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopPropagation();
        const chosen = part.dataset.cards ? nearest(keys) : key;
        light([chosen]);
        toCard(chosen);
        peek(chosen);
      });
    }
  for (const [key, card] of cards) {
    card.addEventListener("mouseenter", () => light([key]));
    card.addEventListener("focusin", () => { light([key]); toWords(key); });
    card.addEventListener("click", (event) => {
      event.stopPropagation();
      if (!event.target.closest("a, button, input, label, summary")) { card.focus({ preventScroll: true }); light([key]); toWords(key); }
    });
  }
  // Judging: forms that work by themselves; here the card's foot alone is sent and renewed, one after the other.
  const fault = document.querySelector("[data-fault]")?.dataset.fault;
  const button = (card, value) => card.querySelector(`.judge button[value="${value}"]`);
  let sent = Promise.resolve();
  const judge = (card, value) => { sent = sent.then(() => send(card, value)); };
  const send = async (card, value) => {
    const pressed = button(card, value);
    if (!pressed) return;
    const focused = pressed === document.activeElement;
    const answer = await fetch(pressed.formAction, {
      method: "POST", headers: { "Desk-Part": "foot" }, body: new FormData(pressed.form, pressed), redirect: "error",
    }).catch(() => null);
    if (!answer?.ok) { window.alert(fault); return; }
    const foot = card.querySelector(".judge");
    const before = foot.outerHTML;
    foot.outerHTML = answer.status === 204 ? card.before : await answer.text();
    card.before = before;
    card.dataset.judged = card.querySelector(".judge").dataset.judged;
    if (focused) (button(card, value) ?? card).focus();
  };
  document.addEventListener("submit", (event) => {
    const card = event.submitter?.closest(".judge")?.closest("[data-card]");
    if (!card || !fault) return;
    event.preventDefault();
    judge(card, event.submitter.value);
  });
  for (const hint of document.querySelectorAll(".by-key")) hint.hidden = false;
  const verdicts = { a: "accept", r: "reject", u: "unsure", z: "undo" };
  const step = (card, by) => {
    const all = [...cards.values()];
    (all[card ? all.indexOf(card) + by : 0] ?? card).focus();
  };
  // Keys work while a card, or something in it, has the focus; without one, j begins with the first. Nowhere else.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, textarea, select")) return;
    const card = event.target.closest("[data-card]");
    if (!card && event.target !== document.body) return;
    if (event.key === "J") document.querySelector("[data-next]")?.click();
    if (event.key === "j" && cards.size) step(card, 1);
    if (!card) return;
    if (event.key === "k") step(card, -1);
    if (event.key === "m") card.querySelector(".judge .mend")?.click();
    if (event.key === "o") card.querySelector("[data-open]")?.click();
    const value = /^[1-9]$/.test(event.key) ? String(event.key - 1) : verdicts[event.key];
    if (!value || !button(card, value)) return;
    judge(card, value);
    if (event.key !== "z") step(card, 1);
  });
  // Words selected in the text can become a claim: a button leads to the form, with the words and where they stand.
  const adding = document.querySelector("[data-add]");
  const here = adding?.cloneNode(true);
  const place = (node, offset) => {
    const paragraph = (node.nodeType === 1 ? node : node.parentElement)?.closest("p[data-at]");
    if (!paragraph) return null;
    const before = document.createRange();
    before.selectNodeContents(paragraph);
    before.setEnd(node, offset);
    return Number(paragraph.dataset.at) + [...before.toString()].length;
  };
  if (adding) document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const words = chosen.toString().trim();
    const at = words && chosen.rangeCount ? place(chosen.getRangeAt(0).startContainer, chosen.getRangeAt(0).startOffset) : null;
    if (at === null || words.length > 1500) { here.remove(); return; }
    here.className = "button main add-here";
    here.href = `${adding.getAttribute("href")}?${new URLSearchParams({ words, near: at })}`;
    document.body.append(here);
  });
  document.addEventListener("click", () => { peek(null); light([]); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { peek(null); light([]); } });
})();
