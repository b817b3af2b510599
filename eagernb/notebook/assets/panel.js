// Pictures become part of the page, rows and boxes light one another, number columns sort. Nothing else needs it.
for (const panel of document.querySelectorAll(".enb-panel:not([data-live])")) {
  panel.dataset.live = "";
  for (const image of panel.querySelectorAll("img.enb-picture")) {
    const address = image.getAttribute("src"), holder = document.createElement("template");
    const whole = image.nextElementSibling;
    holder.innerHTML = decodeURIComponent(address.slice(address.indexOf(",") + 1)) + (whole ? whole.textContent : "");
    const [first, svg] = holder.content.children;
    for (const svg of holder.content.children) {
      // The panel's own style sheet has all of the picture's, which is for the image alone. The same picture may be in
      // the page twice: it names itself without ids.
      svg.querySelector("style")?.remove();
      svg.removeAttribute("id");
      svg.setAttribute("aria-label", image.alt);
      for (const part of svg.querySelectorAll("[id]")) part.removeAttribute("id");
    }
    image.replaceWith(holder.content);
    if (svg) foldable(svg, new Set(JSON.parse(whole.dataset.folded)), first);
    else if (first.querySelector("[data-fold]")) foldable(first, new Set());
  }
  for (const code of panel.querySelectorAll(".enb-program")) {
    const [copy, copied, selected] = (panel.dataset.words || "Copy|Copied|Selected").split("|");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "enb-copy";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      getSelection().selectAllChildren(code);
      // Without the clipboard's consent the text is selected all the same.
      const done = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false);
      button.textContent = done || document.execCommand("copy") ? copied : selected;
      setTimeout(() => (button.textContent = copy), 2000);
    });
    code.before(button);
  }
  for (const part of panel.querySelectorAll(".enb-part")) enliven(part);

  function enliven(part) {
    const rows = [...part.querySelectorAll(".enb-ops tbody tr")];
    const heads = [...part.querySelectorAll(".enb-ops th[data-sort]")];
    const lineColumn = heads.length ? [...heads[0].parentElement.children].indexOf(heads.find((h) => h.dataset.sort === "l")) : 0;
    // Each operation is at one place of each kind: its row, its piece of each strip, its line (a gradient: also the
    // line of the operation that it is the gradient of). From any of them to its operations, and back.
    const steps = new Map(), places = rows.map((row) => [row]), byBox = new Map();
    const boxOf = (row) => row.dataset.box, valueOf = (cell) => cell.dataset.v ?? cell.textContent;
    const stand = (element, step) => {
      if (!steps.has(element)) steps.set(element, []);
      steps.get(element).push(step);
      if (!places[step].includes(element)) places[step].push(element);
    };
    const lines = [...part.querySelectorAll(".enb-source li")];
    rows.forEach((row, step) => {
      row.dataset.line = Number(valueOf(row.children[lineColumn])) || "";
      steps.set(row, [step]);
      if (!byBox.has(boxOf(row))) byBox.set(boxOf(row), []);
      byBox.get(boxOf(row)).push(step);
      const cause = rows[row.dataset.of - 1];
      for (const number of new Set([row.dataset.line, cause && cause.dataset.line]))
        if (number && lines[number - 1]) stand(lines[number - 1], step);
    });
    const outer = rows.map((_, step) => step).filter((step) => !rows[step].querySelector("th[style]"));
    for (const strip of part.querySelectorAll(".enb-strip")) {
      let from = 0;
      for (const piece of strip.children) {
        const its = outer.slice(from, (from += Number(piece.dataset.n || 1)));
        for (const step of its) stand(piece, step);
      }
    }
    const lit = new Set();
    const mark = (element, name) => (element.classList.add(name), lit.add(element));

    // Light what is at one of these operations, or is one of these boxes.
    function light(its, ids, from) {
      for (const element of lit) element.classList.remove("enb-lit", "enb-dim", "enb-on", "enb-life");
      lit.clear();
      for (const step of its) for (const place of places[step]) if (place !== from) mark(place, "enb-on");
      // How long the result of one operation was in memory.
      const until = its.length === 1 && rows[its[0]].dataset.until;
      for (let step = its[0]; step < until && step < rows.length; step++)
        for (const place of places[step]) if (place.closest(".enb-memory")) mark(place, "enb-life");
      if (!ids.length) return;
      for (const svg of part.querySelectorAll("svg.enb-diagram")) {
        // What is inside of a folded group is shown as that group, and a call or a loop is its frame too.
        const shown = new Set(ids.map((id) => (svg.shownAs ? svg.shownAs(id) : id))), near = new Set(shown);
        for (const edge of svg.querySelectorAll("[data-source]")) {
          const { source, target } = edge.dataset;
          if (shown.has(source) || shown.has(target)) near.add(source).add(target).add(edge);
        }
        const frames = [...svg.querySelectorAll("[data-group]")].filter((group) => shown.has(group.dataset.group));
        for (const frame of frames) mark(frame, "enb-lit");
        const isLit = (box) => shown.has(box.dataset.box), boxes = [...svg.querySelectorAll("[data-box]")];
        if (!frames.length && !boxes.some(isLit)) continue;
        const isInside = (box) => frames.some((frame) => svg.isInside(box, frame.dataset.group));
        for (const box of boxes) {
          if (isLit(box)) mark(box, "enb-lit");
          else if (!near.has(box.dataset.box) && !(frames.length && isInside(box))) mark(box, "enb-dim");
        }
        if (frames.length) continue;
        for (const edge of svg.querySelectorAll("[data-source]")) mark(edge, near.has(edge) ? "enb-lit" : "enb-dim");
      }
      for (const other of part.querySelectorAll("li[data-box], code[data-box]")) if (ids.includes(other.dataset.box) && other !== from) mark(other, "enb-on");
    }

    // What an element stands for: operations and boxes.
    function meant(element) {
      const its = steps.get(element) || byBox.get(element.dataset.box) || [];
      const ids = element.dataset.box ? [element.dataset.box] : its.map((step) => boxOf(rows[step]));
      return [its, [...new Set(ids)]];
    }
    const target = (event) => {
      for (let element = event.target; element && element !== part; element = element.parentElement)
        if (steps.has(element) || element.dataset.box) return element;
      return null;
    };
    const point = (event) => {
      const element = target(event);
      if (!element) return rest();
      if (element.parentElement.matches(".enb-strip") && !element.title) {
        const [step] = steps.get(element);
        element.title = player ? player.sentence(step + 1) : rows[step].querySelector("th").textContent;
      }
      light(...meant(element), element);
    };

    // At rest the step of the replay is lit, which the picture shows in its own way.
    let now = [];
    function rest() {
      light(now.length ? meant(now[0])[0] : [], []);
    }
    function showStep(step) {
      for (const element of now) {
        element.classList.remove("enb-now");
        element.removeAttribute("aria-current");
      }
      const ofPicture = step < 0 ? [] : [...part.querySelectorAll("svg [data-box]")].filter((box) => {
        const { shownAs } = box.closest("svg"), id = boxOf(rows[step]);
        return box.dataset.box === (shownAs ? shownAs(id) : id);
      });
      now = step < 0 ? [] : [...places[step], ...ofPicture];
      for (const element of now) {
        element.classList.add("enb-now");
        // The line that a gradient comes from is not the one that asked for it.
        if (lines.includes(element) && element !== lines[rows[step].dataset.line - 1]) element.classList.add("enb-path");
        if (element.matches("tr, li")) element.setAttribute("aria-current", "step");
      }
      rest();
      for (const element of now) bring(element, true);
    }

    // What is brought into view moves in its own frame only, never the page, and if asked so only where it is out of sight.
    function bring(element, ifNeeded) {
      const frame = element && element.closest(".enb-frame");
      if (!frame) return;
      const inner = element.getBoundingClientRect(), outer = frame.getBoundingClientRect();
      const room = frame.matches(".enb-ops") ? 60 : 0;
      const seen = inner.top >= outer.top + room && inner.bottom <= outer.bottom && inner.left >= outer.left && inner.right <= outer.right;
      if (!inner.height || (ifNeeded && (seen || !outer.height))) return;
      frame.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
      if (element.closest("svg")) frame.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
    }

    const player = typeof replay === "function" ? replay(part, rows, boxOf, showStep) : null;
    part.addEventListener("pointerover", point);
    part.addEventListener("pointerleave", rest);
    part.addEventListener("focusin", point);
    part.addEventListener("focusout", rest);
    part.addEventListener("click", (event) => {
      const element = target(event);
      if (!element) return;
      const [its, ids] = meant(element);
      if (player && its.length && its[0] < rows.length) {
        player.stop();
        return player.go(its[0] + 1);
      }
      for (const other of part.querySelectorAll("[data-box], [data-group]")) {
        const svg = other.closest("svg");
        const wanted = svg && svg.shownAs ? ids.map(svg.shownAs) : ids;
        if (wanted.includes(other.dataset.box || other.dataset.group) && other.tagName !== element.tagName) bring(other);
      }
    });

    // One stop of the Tab key for all rows, for all lines, for all boxes; the arrow keys go on from there.
    function walk(list, keys) {
      list.forEach((element, index) => (element.tabIndex = index ? -1 : 0));
      const [back, on] = keys;
      for (const element of list) {
        element.dataset.lmSuppressShortcuts = "true";
        element.addEventListener("keydown", (event) => {
          if (event.target !== element) return;
          if (event.key === "Enter" || event.key === " ") element.dispatchEvent(new MouseEvent("click", { bubbles: true }));
          const shown = list.filter((other) => other.isConnected && other.getClientRects().length);
          if (list === rows) shown.sort((a, b) => a.rowIndex - b.rowIndex);
          const at = shown.indexOf(element);
          const next = { [on]: shown[at + 1], [back]: shown[at - 1], Home: shown[0], End: shown.at(-1) }[event.key];
          if (!next && event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          if (!next) return;
          element.tabIndex = -1;
          next.tabIndex = 0;
          next.focus();
        });
      }
    }
    walk(rows, ["ArrowUp", "ArrowDown"]);
    for (const list of part.querySelectorAll(".enb-said ul")) walk([...list.querySelectorAll("li[data-box]")], ["ArrowUp", "ArrowDown"]);
    if (player) {
      const gradients = [...part.querySelectorAll(".enb-gradients [data-n]")];
      for (const item of gradients) if (rows[item.dataset.n - 1]) steps.set(item, [item.dataset.n - 1]);
      walk(gradients, ["ArrowUp", "ArrowDown"]);
      walk(lines.filter((line) => steps.has(line)), ["ArrowUp", "ArrowDown"]);
      for (const svg of part.querySelectorAll("svg.enb-diagram")) {
        const boxes = [...byBox.keys()].map((id) => [...svg.querySelectorAll("[data-box]")].find((box) => box.dataset.box === id)).filter(Boolean);
        svg.setAttribute("role", "group");
        for (const box of boxes) {
          const its = byBox.get(box.dataset.box), title = box.querySelector("title") || document.createElementNS(svg.namespaceURI, "title");
          if (!title.textContent) title.textContent = player.sentence(its[0] + 1);
          box.prepend(title);
          box.setAttribute("role", "button");
          box.setAttribute("aria-label", title.textContent);
        }
        walk(boxes, ["ArrowLeft", "ArrowRight"]);
      }
      player.go(0);
    }
    const body = part.querySelector(".enb-ops tbody");
    if (!body) return;

    const place = new Map(rows.map((row, index) => [row, index]));
    for (const head of heads) {
      const column = [...head.parentElement.children].indexOf(head);
      const key = (row) => {
        const cell = row.children[column];
        if (head.dataset.sort === "n") return place.get(row);
        return head.dataset.sort === "t" ? parseFloat(cell.style.getPropertyValue("--t")) : Number(valueOf(cell));
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
        // Of a copy: the number of an operation is its place among the rows.
        body.append(...[...rows].sort((a, b) => sign * (key(a) - key(b)) || place.get(a) - place.get(b)));
      });
    }
  }
}
