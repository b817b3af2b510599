// Pictures become part of the page, rows and boxes light one another, number columns sort. Nothing else needs it.
for (const panel of document.querySelectorAll(".enb-panel:not([data-live])")) {
  panel.dataset.live = "";
  for (const image of panel.querySelectorAll("img.enb-picture")) {
    const address = image.getAttribute("src"), holder = document.createElement("template");
    const whole = image.nextElementSibling;
    holder.innerHTML = decodeURIComponent(address.slice(address.indexOf(",") + 1)) + (whole ? whole.textContent : "");
    const [first, svg] = holder.content.children;
    image.replaceWith(holder.content);
    if (svg) foldable(svg, new Set(JSON.parse(whole.dataset.folded)), first);
    else if (first.querySelector("[data-fold]")) foldable(first, new Set());
  }
  for (const code of panel.querySelectorAll(".enb-program")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "enb-copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      getSelection().selectAllChildren(code);
      // Without the clipboard's consent the text is selected all the same.
      const done = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false);
      button.textContent = done || document.execCommand("copy") ? "Copied" : "Selected";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    code.before(button);
  }
  for (const part of panel.querySelectorAll(".enb-part")) enliven(part);

  function enliven(part) {
    const rows = [...part.querySelectorAll(".enb-ops tbody tr")];
    const lit = new Set();

    function light(id, from) {
      for (const element of lit) element.classList.remove("enb-lit", "enb-dim", "enb-on");
      lit.clear();
      if (id === null) return;
      const mark = (element, name) => (element.classList.add(name), lit.add(element));
      for (const svg of part.querySelectorAll("svg.enb-diagram")) {
        // What is inside of a folded group is shown as that group, and a call or a loop is its frame too.
        const shown = svg.shownAs ? svg.shownAs(id) : id, near = new Set([shown]);
        for (const edge of svg.querySelectorAll("[data-source]")) {
          const { source, target } = edge.dataset;
          if (source === shown || target === shown) near.add(source).add(target).add(edge);
        }
        const frames = [...svg.querySelectorAll("[data-group]")].filter((group) => group.dataset.group === shown);
        for (const frame of frames) mark(frame, "enb-lit");
        const isLit = (box) => box.dataset.box === shown, boxes = [...svg.querySelectorAll("[data-box]")];
        if (!frames.length && !boxes.some(isLit)) continue;
        for (const box of boxes) {
          if (isLit(box)) mark(box, "enb-lit");
          else if (!near.has(box.dataset.box) && !(frames.length && svg.isInside(box, shown))) mark(box, "enb-dim");
        }
        if (frames.length) continue;
        for (const edge of svg.querySelectorAll("[data-source]")) mark(edge, near.has(edge) ? "enb-lit" : "enb-dim");
      }
      for (const other of part.querySelectorAll("tr[data-box], .enb-strip [data-box]"))
        if (other.dataset.box === id && other !== from) mark(other, "enb-on");
    }

    // What is brought into view moves in its own frame only, never the page.
    function bring(element) {
      const frame = element && element.closest(".enb-frame");
      if (!frame) return;
      const inner = element.getBoundingClientRect(), outer = frame.getBoundingClientRect();
      frame.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
      frame.scrollLeft += element.matches("tr") ? 0 : inner.left + inner.width / 2 - outer.left - outer.width / 2;
    }

    const target = (event) => event.target.closest("[data-box]");
    part.addEventListener("pointerover", (event) => {
      const element = target(event);
      light(element ? element.dataset.box : null, element);
    });
    part.addEventListener("pointerleave", () => light(null));
    part.addEventListener("focusin", (event) => target(event) && light(target(event).dataset.box, null));
    part.addEventListener("focusout", () => light(null));
    part.addEventListener("click", (event) => {
      const element = target(event);
      if (!element) return;
      for (const other of part.querySelectorAll("[data-box], [data-group]")) {
        const svg = other.closest("svg"), id = element.dataset.box;
        const wanted = svg && svg.shownAs ? svg.shownAs(id) : id;
        if ((other.dataset.box || other.dataset.group) === wanted && other.tagName !== element.tagName) bring(other);
      }
    });

    // One stop of the Tab key for all rows; the arrow keys go on from there.
    rows.forEach((row, index) => (row.tabIndex = index ? -1 : 0));
    const body = part.querySelector(".enb-ops tbody");
    if (!body) return;
    body.addEventListener("keydown", (event) => {
      const row = event.target.closest("tr");
      const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling,
        Home: body.firstElementChild, End: body.lastElementChild }[event.key];
      if (!next) return;
      event.preventDefault();
      row.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });

    const place = new Map(rows.map((row, index) => [row, index]));
    const heads = [...part.querySelectorAll(".enb-ops th[data-sort]")];
    for (const head of heads) {
      const column = [...head.parentElement.children].indexOf(head);
      const key = (row) => {
        const cell = row.children[column];
        if (head.dataset.sort === "n") return place.get(row);
        return head.dataset.sort === "t" ? parseFloat(cell.style.getPropertyValue("--t")) : Number(cell.dataset.v);
      };
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        // Numbers of operations and lines begin with the first, times and bytes with the largest.
        const first = "tb".includes(head.dataset.sort) ? "descending" : "ascending";
        const other = first === "ascending" ? "descending" : "ascending";
        const order = head.getAttribute("aria-sort") === first ? other : first;
        for (const each of heads) each.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        rows.sort((a, b) => sign * (key(a) - key(b)) || place.get(a) - place.get(b));
        body.append(...rows);
      });
    }
  }
}
