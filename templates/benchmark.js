"use strict";
// What the page can do beyond being read: show quotes in cells, fold the tree, choose columns. Texts are only moved as text.
(() => {
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const one = (what) => document.getElementById(what);

  // A link into a fold opens it.
  const reveal = () => {
    let name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = name && one(name);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    if (target.hidden) unfold();
    target.scrollIntoView({ block: "center" });
  };

  // The sentence behind a link, in the cell itself, with its words marked.
  const quote = (link) => {
    const source = one(link.getAttribute("href").slice(1));
    const text = source && source.querySelector("p").textContent;
    if (!text) return;
    const block = document.createElement("blockquote");
    block.lang = link.lang;
    const words = link.textContent;
    const at = text.indexOf(words);
    link.after(block);
    if (at < 0) block.append(text);
    else block.append(text.slice(0, at), link, text.slice(at + words.length));
  };
  addEventListener("toggle", (event) => {
    const fold = event.target;
    if (!fold.open || fold.dataset.done || !fold.closest("td")) return;
    fold.dataset.done = "1";
    all(".ev a", fold).forEach(quote);
  }, true);

  // The tree: a row's button hides the rows below it.
  const tools = one("folds");
  const rows = all("#matrix tr[data-d]");
  const depth = (row) => Number(row.dataset.d);
  const below = (row) => {
    const found = [];
    for (let next = row.nextElementSibling; next && depth(next) > depth(row); next = next.nextElementSibling) found.push(next);
    return found;
  };
  const buttons = [];
  const draw = () => {
    for (const { button, row, children } of buttons) {
      const open = button.getAttribute("aria-expanded") === "true";
      button.textContent = open ? "▾" : "▸";
      button.title = open ? tools.dataset.fold : tools.dataset.open;
      button.setAttribute("aria-label", button.title + " " + row.firstElementChild.textContent.replace(/[▾▸]/g, "").trim());
    }
    const closed = new Set();
    for (const { button, children } of buttons) {
      if (button.getAttribute("aria-expanded") !== "true") children.forEach((child) => closed.add(child));
    }
    const only = one("differ").getAttribute("aria-pressed") === "true";
    for (const row of rows) row.hidden = closed.has(row) || (only && row.dataset.same === "1");
  };
  const set = (button, open) => button.setAttribute("aria-expanded", open);
  const unfold = () => { buttons.forEach(({ button }) => set(button, true)); one("differ").setAttribute("aria-pressed", false); draw(); };
  if (tools) {
    const add = (row, children, cell) => {
      if (!children.length) return;
      const button = document.createElement("button");
      button.type = "button";
      set(button, true);
      cell.prepend(button);
      buttons.push({ button, row, children });
      button.addEventListener("click", () => { set(button, button.getAttribute("aria-expanded") !== "true"); draw(); });
    };
    for (const row of rows) {
      add(row, below(row), row.firstElementChild);
      const kinds = new Set([...row.cells].slice(1).map((cell) => cell.className));
      row.dataset.same = kinds.size === 1 ? "1" : "0";
    }
    for (const row of all("#matrix .cat")) add(row, all("tr[data-d]", row.parentElement), row.querySelector("span"));
    tools.hidden = false;
    one("fold").addEventListener("click", () => { buttons.forEach(({ button, row }) => set(button, row.className === "cat")); draw(); });
    one("unfold").addEventListener("click", unfold);
    one("differ").addEventListener("click", (event) => {
      const yes = event.currentTarget.getAttribute("aria-pressed") !== "true";
      event.currentTarget.setAttribute("aria-pressed", yes);
      draw();
    });
    draw();
  }

  // Columns: style hides what is not checked; these check all or none.
  const picker = one("picker");
  if (picker) {
    const line = document.createElement("p");
    line.className = "tools";
    for (const yes of [true, false]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = yes ? picker.dataset.all : picker.dataset.none;
      button.addEventListener("click", () => all("input", picker).forEach((box) => { box.checked = yes; }));
      line.append(button);
    }
    picker.append(line);
  }

  // Paper has no folds, but cells stay as they are: their sentences are printed once, at the end.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details.said:not([open]), details.apart:not([open])");
    folded.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((fold) => { fold.open = false; }));
  addEventListener("hashchange", reveal);
  reveal();
})();
