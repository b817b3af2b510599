// The walk through the passes: a slider shows one stage at a time. In the picture of the traced graph, what a pass takes
// away is a ghost with a word at that stage, and faint from then on; the last stage is the optimised graph.
for (const walk of document.querySelectorAll(".enb-walk:not([data-live])")) {
  walk.dataset.live = "";
  const { steps, sources, back, words } = JSON.parse(walk.querySelector("script.enb-marks").textContent);
  const rows = [...walk.querySelectorAll(".enb-saved tbody tr")], said = [...walk.querySelectorAll(".enb-said > li")];
  const radios = walk.querySelectorAll(".enb-switch input"), traced = walk.querySelector("figure");
  const isAlone = walk.querySelectorAll("figure").length === 1;
  const pictures = [...traced.querySelectorAll("svg.enb-diagram")], last = steps.length + 1;
  const fill = (template, ...values) => template.replace(/\{(\d)\}/g, (_, index) => values[index]);
  const names = rows.map((row) => row.querySelector("th").textContent);
  names[last] = names[last].split(":")[0];
  const caption = traced.querySelector("figcaption"), asTraced = caption.innerHTML;
  let stage = 0;

  const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text });
  const bar = make("div", "enb-stepper", ""), slider = make("input", "", ""), count = make("output", "", "");
  const buttons = [make("button", "", `◀ ${words.previous}`), make("button", "", `${words.next} ▶`)];
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.bar);
  // JupyterLab moves from cell to cell by the arrow keys, wherever the focus is.
  for (const control of [slider, ...buttons]) control.dataset.lmSuppressShortcuts = "true";
  Object.assign(slider, { type: "range", min: 0, max: last, step: 1, value: 0 });
  slider.setAttribute("aria-label", words.slider);
  slider.addEventListener("input", () => go(Number(slider.value)));
  buttons.forEach((button, index) => {
    button.type = "button";
    button.addEventListener("click", () => go(stage + (index ? 1 : -1)));
    button.addEventListener("keydown", (event) => {
      const to = { ArrowLeft: stage - 1, ArrowRight: stage + 1, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
    });
  });
  bar.append(buttons[0], slider, buttons[1], count);
  walk.prepend(bar);
  rows.forEach((row, index) => row.addEventListener("click", () => go(index)));
  // Folding moves what the words are at.
  traced.addEventListener("click", () => draw());

  function go(to) {
    stage = Math.max(0, Math.min(last, to));
    slider.value = stage;
    const summary = said[stage].querySelector("summary small, p").textContent;
    slider.setAttribute("aria-valuetext", `${fill(words.count, stage, last, names[stage])}. ${summary}`);
    count.textContent = fill(words.count, stage, last, names[stage]);
    buttons[0].setAttribute("aria-disabled", stage === 0);
    buttons[1].setAttribute("aria-disabled", stage === last);
    rows.forEach((row, index) => (index === stage ? row.setAttribute("aria-current", "step") : row.removeAttribute("aria-current")));
    said.forEach((item, index) => item.classList.toggle("enb-here", index === stage));
    caption.innerHTML = stage % last ? "" : asTraced;
    if (isAlone && stage === last) caption.textContent = names[last];
    if (stage % last) caption.textContent = fill(words.after, names[stage]);
    if (radios.length) radios[stage === last ? 1 : 0].checked = true;
    draw();
    const ghost = traced.querySelector("svg:not([style*=none]) .enb-ghost");
    if (ghost) bring(ghost);
  }

  // What became of each box by now: the newest mark of its own, and whether that is of this stage.
  function draw() {
    const fates = new Map();
    steps.slice(0, stage).forEach((marks, index) => {
      for (const [box, word, now, into, gone] of marks)
        fates.set(box, { word, now: now || (fates.get(box) || {}).now, isNew: now, into, gone: gone === 1, known: gone === 2 || (fates.get(box) || {}).known, here: index === stage - 1 });
    });
    for (const svg of pictures) drawIn(svg, fates);
  }

  function drawIn(svg, fates) {
    const isLast = isAlone && stage === last;
    const shownAs = svg.shownAs || ((id) => id), tags = new Map(), away = new Set();
    for (const layer of svg.querySelectorAll(".enb-tags")) layer.remove();
    const parts = [...svg.querySelectorAll("[data-box], [data-group]")];
    // A constant that was merged with another one still stands at what uses it.
    const kept = new Set();
    for (const { dataset: { source, target } } of isLast ? svg.querySelectorAll("[data-source]") : []) {
      const fate = fates.get(target);
      if (sources.includes(source) && !(fate && (fate.gone || fate.known))) kept.add(source);
    }
    for (const part of parts) {
      const id = part.dataset.box || part.dataset.group, fate = kept.has(id) ? undefined : fates.get(id);
      // A node in two places may be taken away in one of them only.
      if (ever.has(id) || (ever.size && part.classList.contains("enb-removed"))) {
        part.classList.toggle("enb-alive", Boolean(part.dataset.box) && wasRemoved(part));
        part.classList.toggle("enb-still", sources.includes(id));
        if (back.includes(id)) part.classList.add("enb-gradient");
      }
      part.classList.toggle("enb-ghost", Boolean(fate && fate.here));
      part.classList.toggle("enb-gone", Boolean(fate && fate.gone && !fate.here));
      part.classList.toggle("enb-out", Boolean(isLast && fate && fate.gone));
      part.classList.toggle("enb-known", Boolean(fate && fate.known));
      // What a box stands for by now is its first line.
      const line = part.querySelector(".enb-title + text");
      if (line && ever.has(id)) {
        const now = fate && !fate.here && !fate.gone && fate.now;
        if (line.was === undefined) line.was = [line.textContent, line.getAttribute("textLength")];
        line.textContent = now || line.was[0];
        if (now || !line.was[1]) line.removeAttribute("textLength");
        else line.setAttribute("textLength", line.was[1]);
        line.classList.toggle("enb-became", Boolean(now));
      }
      if (fate && fate.gone && !fate.here) away.add(id);
    }
    for (const edge of svg.querySelectorAll("[data-source]"))
    {
      const isGone = away.has(edge.dataset.source) || away.has(edge.dataset.target);
      edge.classList.toggle("enb-gone", isGone);
      edge.classList.toggle("enb-out", isLast && isGone);
    }
    if (!svg.getBoundingClientRect().width) return;
    const layer = draws(svg, svg, "g", { class: "enb-tags" });
    const ways = draws(svg, svg, "g", { class: "enb-tags" });
    svg.querySelector(":scope > g").before(ways); // below the boxes
    for (const edge of isLast ? svg.querySelectorAll("[data-source].enb-out") : []) {
      // What used a result that has gone uses the one that serves in its place.
      const named = (id) => parts.find((part) => (part.dataset.box || part.dataset.group) === id);
      let { source, target } = edge.dataset;
      if (away.has(target)) continue;
      while (away.has(source)) source = fates.get(source).into;
      if (source && named(source)) way(svg, draws(svg, ways, "g", { class: edge.getAttribute("class").replace(/enb-(gone|out)/g, "") }), named(source), named(target));
    }
    const inside = new Map();
    for (const [id, fate] of fates) {
      const shown = shownAs(id);
      if (shown === id) tags.set(id, fate);
      else if (fate.here) inside.set(shown, (inside.get(shown) || 0) + 1);
    }
    for (const [id, number] of inside) tags.set(id, { word: fill(words.inside, number), here: true });
    for (const part of parts) {
      const fate = tags.get(part.dataset.box || part.dataset.group);
      if (!fate || part.getAttribute("display") === "none" || !fate.here) continue;
      part.classList.toggle("enb-ghost", Boolean(fate.here));
      const target = fate.here && fate.into && parts.find((other) => (other.dataset.box || other.dataset.group) === shownAs(fate.into));
      tag(svg, layer, part, fate, target);
    }
  }
  const ever = new Set(steps.flat().map(([box]) => box));
  const removed = new Set();
  const wasRemoved = (part) => {
    if (part.classList.contains("enb-removed")) {
      part.classList.remove("enb-removed");
      removed.add(part);
    }
    return removed.has(part);
  };

  function draws(svg, parent, name, attributes) {
    const made = document.createElementNS(svg.namespaceURI, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    return parent.appendChild(made);
  }

  // Where an outline is, in the picture's own measure: left, top, right, bottom.
  function place(svg, part) {
    const outline = part.querySelector(":scope > rect, :scope > path").getBoundingClientRect();
    const toPicture = svg.getScreenCTM().inverse();
    const [a, b] = [[outline.left, outline.top], [outline.right, outline.bottom]].map(([x, y]) => new DOMPoint(x, y).matrixTransform(toPicture));
    return [a.x, a.y, b.x, b.y];
  }

  // A straight way from a part to another one.
  function way(svg, whole, part, target) {
    const [left, top, right, bottom] = place(svg, part), [l, t, r, b] = place(svg, target), middle = [(left + right) / 2, (top + bottom) / 2];
    const [x, y] = [Math.max(l, Math.min(middle[0], r)), Math.max(t, Math.min(middle[1], b))];
    const from = [Math.max(left, Math.min(x, right)), Math.max(top, Math.min(y, bottom))];
    const angle = Math.atan2(y - from[1], x - from[0]);
    const head = [[-8, -4], [0, 0], [-8, 4]].map(([dx, dy]) => `${x + dx * Math.cos(angle) - dy * Math.sin(angle)},${y + dx * Math.sin(angle) + dy * Math.cos(angle)}`);
    draws(svg, whole, "path", { d: `M${from}L${x - 7 * Math.cos(angle)},${y - 7 * Math.sin(angle)}` });
    draws(svg, whole, "polygon", { points: head.join(" ") });
  }

  // A word on the upper edge of a box, and a way to the box that serves in its place.
  function tag(svg, layer, part, { word, now, isNew }, target) {
    const [left, top] = place(svg, part), whole = draws(svg, layer, "g", { class: "enb-tag" });
    if (target && target !== part) way(svg, whole, part, target);
    const pill = draws(svg, whole, "rect", { x: left - 4, y: top - 12, height: 14, rx: 3 });
    const text = draws(svg, whole, "text", { x: left + 1, y: top - 1.5 });
    text.textContent = !isNew ? word : `${word}${now[0] === "=" ? "" : ":"} ${now}`;
    pill.setAttribute("width", text.getComputedTextLength() + 10);
  }

  // What is brought into view moves in its own frame only, never the page.
  function bring(part) {
    const frame = part.closest(".enb-frame"), outer = frame.getBoundingClientRect(), inner = part.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) frame.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
    if (inner.left < outer.left || inner.right > outer.right) frame.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  }
  // Tooltips that the page does not hold: what the row says, and what the passes say.
  const part = walk.closest(".enb-part"), lines = [...part.querySelectorAll(".enb-source li code")];
  const rowOf = new Map([...part.querySelectorAll(".enb-ops tbody tr")].reverse().map((row) => [row.dataset.box, row]));
  for (const box of walk.querySelectorAll("svg.enb-diagram .enb-box")) {
    if (box.querySelector("title")) continue;
    const cells = [...(rowOf.get(box.dataset.box)?.cells || [])].map((cell) => cell.innerText.replace(/\s+/g, " ").trim());
    const told = [...walk.querySelectorAll(".enb-said li[data-box]")].filter((item) => item.dataset.box === box.dataset.box);
    const texts = cells.length ? [`${cells[1]}: ${cells[2]} = ${cells[3]}`, lines[cells[4] - 1]?.textContent.trim()] : [];
    const title = draws(box, box, "title", {});
    title.textContent = [...texts, ...told.map((item) => item.textContent)].filter(Boolean).join("\n");
    box.prepend(title);
  }
  go(0);
}
