// Folding: a group of boxes becomes one. What only folded groups took up, in height and in width, is cut out.
// Where large groups are folded at first, that picture has been laid out so: it is shown as long as nothing else is.
function foldable(svg, folded, first) {
  const all = (selector) => [...svg.querySelectorAll(selector)];
  const by = (name) => new Map(all(`[data-${name}]`).map((g) => [g.dataset[name], g]));
  const groups = by("group"), folds = by("fold"), titles = by("title");
  if (!folds.size) return;
  const number = (element, name) => Number(element.getAttribute(name));
  const at = (g) => g.dataset.at.split(" ").map(Number);
  const frames = new Map([...groups].map(([id, g]) => {
    const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => number(g.firstElementChild, name));
    return [id, [x, y, x + w, y + h]];
  }));
  const boxes = new Map(all("[data-box]").map((g) => [g.dataset.box, { g, at: at(g) }]));
  const edges = all("[data-source]").map((g) => ({
    g, source: g.dataset.source, target: g.dataset.target, label: g.querySelector("text"),
    lines: [...g.children].map((part) => [part, part.tagName === "path" ? "d" : "points"])
      .filter(([part, name]) => part.hasAttribute(name)).map(([part, name]) => [part, name, part.getAttribute(name)]),
  }));
  const atFirst = [...folded].sort().join();
  const size = [number(svg, "width"), number(svg, "height")];
  for (const [id, g] of titles) {
    const text = g.querySelector("text");
    text.dataset.width = text.getAttribute("textLength") || 40;
    if (folds.has(id)) mark(g, "▾"), mark(folds.get(id), "▸");
  }
  for (const g of first ? first.querySelectorAll("[data-box], [data-title]") : [])
    if (folds.has(g.dataset.box || g.dataset.title)) mark(g, g.dataset.box ? "▸" : "▾");

  function mark(g, sign) {
    g.querySelector("text").removeAttribute("textLength");
    g.querySelector("text").append(` ${sign}`);
    g.setAttribute("data-folds", "");
  }

  const hider = (id) => {
    let found = null;
    for (; id; id = groups.get(id).dataset.in) if (folded.has(id)) found = id;
    return found;
  };
  const shownAs = (id) => hider(boxes.has(id) ? boxes.get(id).g.dataset.in : groups.has(id) ? id : null) || id;

  // Where a coordinate comes to lie once the stretches that are needed by nothing are cut out.
  function cutter(stretches, needs, room) {
    needs = needs.map(([from, to]) => [from - room, to + room]).sort((a, b) => a[0] - b[0]);
    const cuts = [];
    let last = -Infinity;
    for (let [from, to] of stretches.sort((a, b) => a[0] - b[0])) {
      from = Math.max(from, last);
      last = Math.max(to, last);
      for (const [start, end] of needs) {
        if (end <= from || start >= to) continue;
        if (start > from) cuts.push([from, start]);
        from = Math.max(from, end);
      }
      if (from < to) cuts.push([from, to]);
    }
    return (v) => cuts.reduce((left, [from, to]) => left - Math.max(0, Math.min(v, to) - from), v);
  }

  // A way from one rectangle to another, as a path and an arrowhead.
  function link(from, to) {
    const along = from[3] <= to[1] || from[1] >= to[3] ? 1 : 0, across = 1 - along;
    const sign = from[along] < to[along] ? 1 : -1;
    const middle = (r, other) => Math.min(Math.max((other[across] + other[across + 2]) / 2, r[across] + 9), r[across + 2] - 9);
    const start = [middle(from, to), sign > 0 ? from[along + 2] : from[along]];
    const end = [middle(to, from), sign > 0 ? to[along] : to[along + 2]];
    const half = (start[1] + end[1]) / 2, neck = end[1] - 6 * sign;
    const point = (a, b) => (along ? `${a},${b}` : `${b},${a}`);
    return {
      d: `M${point(...start)}C${point(start[0], half)} ${point(end[0], half)} ${point(end[0], neck)}`,
      points: `${point(end[0] - 3, neck)} ${point(...end)} ${point(end[0] + 3, neck)}`,
    };
  }

  const show = (g, on) => (on ? g.removeAttribute("display") : g.setAttribute("display", "none"));

  function draw() {
    const closed = [...folds.keys()].filter((id) => hider(id) === id);
    const places = new Map(closed.map((id) => [id, at(folds.get(id))]));
    for (const [id, box] of boxes) if (shownAs(id) === id) places.set(id, box.at);
    const needs = [0, 1].map((axis) => [...places.values()].map((r) => [r[axis], r[axis + 2]]));
    for (const [id, r] of frames) {
      if (hider(id)) continue;
      needs[0].push([r[0], r[0] + 16 + Number(titles.get(id).firstElementChild.dataset.width)], [r[2], r[2]]);
      needs[1].push([r[1], r[1] + 14], [r[3], r[3]]);
    }
    const [fx, fy] = [0, 1].map((axis) =>
      cutter(closed.map((id) => [frames.get(id)[axis], frames.get(id)[axis + 2]]), needs[axis], axis ? 10 : 8));
    const moved = (r) => [fx(r[0]), fy(r[1]), fx(r[2]), fy(r[3])];
    const move = (g, x, y) => g.setAttribute("transform", `translate(${fx(x) - x} ${fy(y) - y})`);

    for (const [id, g] of groups) {
      const [x, y, right, bottom] = moved(frames.get(id));
      const sides = { x, y, width: right - x, height: bottom - y };
      for (const name in sides) g.firstElementChild.setAttribute(name, sides[name]);
      move(titles.get(id), frames.get(id)[0], frames.get(id)[1]);
      for (const part of [g, titles.get(id)]) show(part, !hider(id));
    }
    for (const [id, g] of folds) {
      show(g, hider(id) === id);
      if (hider(id) === id) g.dataset.box = id;
      else delete g.dataset.box;
      move(g, ...at(g));
    }
    for (const [id, box] of boxes) {
      show(box.g, shownAs(id) === id);
      move(box.g, ...box.at);
    }
    const drawn = new Set();
    for (const { g, source, target, label, lines } of edges) {
      const ends = [shownAs(source), shownAs(target)], key = ends + g.getAttribute("class");
      const bent = ends[0] !== source || ends[1] !== target;
      [g.dataset.source, g.dataset.target] = ends;
      show(g, !bent || (ends[0] !== ends[1] && !drawn.has(key)));
      if (bent) drawn.add(key);
      if (label) show(label, !bent), move(label, number(label, "x"), number(label, "y"));
      const way = bent && ends[0] !== ends[1] ? link(...ends.map((id) => moved(places.get(id)))) : null;
      for (const [part, name, value] of lines)
        part.setAttribute(name, way ? way[name] : value.replace(/(-?[\d.]+),(-?[\d.]+)/g, (_, x, y) => `${fx(+x)},${fy(+y)}`));
    }
    const [width, height] = [size[0] + fx(1e6) - 1e6, size[1] + fy(1e6) - 1e6];
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const isFirst = first && [...folded].sort().join() === atFirst;
    svg.style.display = isFirst ? "none" : "";
    if (first) first.style.display = isFirst ? "" : "none";
    svg.parentElement.style.setProperty("--w", `${isFirst ? number(first, "width") : width}px`);
    for (const [id, button] of buttons) {
      button.setAttribute("aria-expanded", !folded.has(id));
      button.hidden = hider(groups.get(id).dataset.in) !== null;
    }
  }

  const bar = document.createElement("div"), buttons = new Map();
  bar.className = "enb-folds";
  bar.setAttribute("role", "group");
  const said = svg.closest("[data-words]")?.dataset.words.split("|")[3];
  bar.setAttribute("aria-label", said || "Fold and unfold parts of the picture");
  const toggle = (id) => {
    folded.has(id) ? folded.delete(id) : folded.add(id);
    draw();
  };
  const named = [...folds.keys()].map((id) => titles.get(id).firstElementChild.firstChild.data);
  for (const [index, id] of [...folds.keys()].entries()) {
    const button = document.createElement("button"), name = named[index];
    button.type = "button";
    const place = named.slice(0, index + 1).filter((other) => other === name).length;
    button.textContent = named.indexOf(name) === named.lastIndexOf(name) ? name : `${name} (${place})`;
    button.addEventListener("click", () => toggle(id));
    buttons.set(id, button);
    bar.append(button);
  }
  svg.parentElement.before(bar);
  for (const picture of [svg, ...(first ? [first] : [])]) {
    picture.addEventListener("click", (event) => {
      const part = event.target.closest("[data-box], [data-title]"), id = part && (part.dataset.box || part.dataset.title);
      if (folds.has(id)) toggle(id);
    });
    picture.shownAs = shownAs;
    picture.isInside = (box, id) => {
      for (let group = box.dataset.in; group; group = groups.get(group).dataset.in) if (group === id) return true;
      return false;
    };
  }
  draw();
}
