"use strict";
// What the page can do beyond being read: filter, walk, fold, compare side by side, copy. Texts are only moved as text.
(() => {
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const one = (what) => document.getElementById(what);
  const show = (what, yes) => { if (what) what.hidden = !yes; };

  // A link into a fold opens it; a link to a filtered change ends the filter.
  const tools = one("tools");
  const reveal = () => {
    let name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = name && one(name);
    if (!target) return;
    let opened = false;
    for (let at = target; at; at = at.parentElement) {
      if (at.localName === "details" && !at.open) { at.open = true; opened = true; }
    }
    if (tools && target.hidden) { tools.reset(); filter(); opened = true; }
    if (target.localName === "article") { now = cards().indexOf(target); mark(); }
    if (opened) target.scrollIntoView();
  };

  // Filters
  const every = all("article");
  for (const card of every) {
    card.tabIndex = -1;
    card.dataset.c = card.parentElement.dataset.c;
  }
  const cards = () => every.filter((card) => !card.hidden);
  const words = new Map(every.map((card) => [card, card.textContent.toLowerCase()]));
  let now = -1;
  const filter = () => {
    const at = cards()[now];
    const want = new FormData(tools);
    const find = (want.get("words") || "").toString().trim().toLowerCase();
    for (const card of every) {
      card.hidden = all("select", tools).some((by) => by.value && !(card.dataset[by.name[0]] || "").split(" ").includes(by.value))
        || !words.get(card).includes(find);
    }
    for (const group of all(".group")) {
      const n = all("article:not([hidden])", group).length;
      group.hidden = n === 0;
      group.querySelector(".n").textContent = n;
    }
    const n = cards().length;
    const shown = one("shown");
    shown.textContent = shown.dataset.words.replace("{n}", n).replace("{total}", every.length);
    show(one("none"), n === 0);
    show(one("everything"), n < every.length);
    now = at ? cards().indexOf(at) : -1;
    mark();
  };
  const mark = () => {
    const list = cards();
    every.forEach((card) => card.classList.toggle("now", card === list[now]));
    one("where").textContent = (now < 0 ? "–" : now + 1) + " / " + list.length;
  };
  const walk = (by) => {
    const list = cards();
    if (!list.length) return;
    now = now < 0 ? (by > 0 ? 0 : list.length - 1) : (now + by + list.length) % list.length;
    list[now].focus({ preventScroll: true });
    list[now].scrollIntoView({ block: "start" });
    mark();
  };
  if (tools) {
    tools.hidden = false;
    tools.addEventListener("input", filter);
    tools.addEventListener("submit", (event) => event.preventDefault());
    tools.addEventListener("reset", () => setTimeout(filter));
    one("prev").addEventListener("click", () => walk(-1));
    one("next").addEventListener("click", () => walk(1));
    document.addEventListener("keydown", (event) => {
      const busy = event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]),select,textarea");
      if (busy || !tools.elements.keys.checked) return;
      if (event.key === "j") walk(1);
      if (event.key === "k") walk(-1);
    });
    filter();
  }

  // What a mark of the strip stands for shows when it is pointed at.
  for (const link of all(".strip a")) {
    const card = document.getElementById(link.getAttribute("href").slice(1));
    const title = document.createElementNS(link.namespaceURI, "title");
    title.textContent = card.querySelector("h4").textContent;
    link.append(title);
  }

  // A change as Markdown, read off its card.
  const escape = (text) => text.replace(/[\\`*_~[\]<>#|&]/g, "\\$&");
  const flat = (node) => escape(node.textContent.replace(/\s+/g, " ").trim());
  const marked = (node) => [...node.childNodes].map((part) => {
    const sign = { DEL: "~~", INS: "**" }[part.nodeName];
    const text = sign ? [...part.childNodes].slice(1).map((n) => n.textContent).join("") : part.textContent;
    const [, before, core, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
    return sign && core ? before + sign + escape(core) + sign + after : escape(text);
  }).join("").replace(/\s+/g, " ");
  const markdown = (card) => {
    const tags = all(".tags>*", card).map(flat).join(" · ");
    const lines = ["### " + flat(card.querySelector("h4")), "", tags, "", flat(card.querySelector(".why")), ""];
    for (const slot of all(".slots li", card)) lines.push("- " + flat(slot));
    for (const quote of all(".quotes>*", card)) {
      const text = quote.querySelector("blockquote");
      if (!text) lines.push("", flat(quote));
      else lines.push("", "**" + flat(quote.querySelector("b")) + "** " + all("figcaption span", quote).map(flat).join(""), "", "> " + marked(text));
    }
    return lines.join("\n") + "\n";
  };
  const copy = async (text) => {
    if (navigator.clipboard) {
      try { return await navigator.clipboard.writeText(text); } catch { /* not allowed here: the old way */ }
    }
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error();
  };
  const offer = (card, label, what) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = label;
    card.lastElementChild.append(button);
    button.addEventListener("click", async () => {
      try {
        await copy(what());
        button.textContent = tools.dataset.done;
      } catch {
        button.textContent = tools.dataset.failed;
      }
      button.focus();
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  };
  for (const card of all("article[data-s]")) {
    offer(card, tools.dataset.copy, () => markdown(card));
    offer(card, tools.dataset.id, () => card.querySelector(".links code").textContent);
  }

  // Tables sort by a column; numbers by what they count. Equal lines keep their order.
  for (const head of all(".sorts thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      all("th", head.parentElement).forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const body = head.closest("table").tBodies[0];
      const key = (row) => row.cells[head.cellIndex].textContent.trim();
      const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
      body.append(...[...body.rows].map((row) => [key(row), row])
        .sort((a, b) => (down ? order(b[0], a[0]) : order(a[0], b[0]))).map((pair) => pair[1]));
    });
  }

  // The text, side by side: each row beside a copy of itself; style hides what the other side has.
  const rows = one("rows");
  const pressed = (button, yes) => button.setAttribute("aria-pressed", yes);
  const beside = (yes) => {
    if (yes) {
      for (const row of all("[id^=r-]", rows)) {
        const pair = document.createElement("div");
        pair.className = "pair";
        row.replaceWith(pair);
        const was = row.cloneNode(true);
        was.removeAttribute("id");
        was.classList.add("was");
        row.classList.add("is");
        pair.append(was, row);
      }
    } else {
      for (const pair of all(".pair", rows)) {
        const row = pair.lastElementChild;
        row.classList.remove("is");
        pair.replaceWith(row);
      }
    }
    document.documentElement.classList.toggle("wide", yes);
  };
  if (rows) {
    show(one("views"), true);
    show(one("form"), rows.querySelector(".form"));
    one("sides").addEventListener("click", (event) => {
      const yes = !rows.querySelector(".pair");
      beside(yes);
      pressed(event.currentTarget, yes);
    });
    one("form").addEventListener("click", (event) => {
      const yes = rows.classList.toggle("plain");
      all(".edits.form").forEach((edits) => { edits.hidden = yes; });
      pressed(event.currentTarget, yes);
    });
    const narrow = matchMedia("(max-width: 68rem)");
    const index = document.querySelector(".index details");
    if (index && narrow.matches) index.open = false;
  }

  // Paper has no folds.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    folded.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((fold) => { fold.open = false; }));
  addEventListener("hashchange", reveal);
  reveal();
})();
