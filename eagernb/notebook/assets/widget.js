// The timing widget: a table of operations, a sweep over sizes, and for a graph the passes and executors that were tried.
// Python measures (widget.py), and the controls are ipywidgets (widget_controls.py); this draws what the traits hold.

const UNITS = [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]];

function time(ns) {
  const [size, unit] = UNITS.find(([size]) => ns >= size) ?? UNITS[3];
  const value = ns / size;
  return `${value >= 100 || unit === "ns" ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
}

const fill = (words, ...values) => words.replace(/\{(\d)\}/g, (_, place) => values[place]);

function element(tag, className, ...content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...content.map((part) => part ?? "")); // text is only ever text: names are the user's
  return node;
}

function drawn(tag, attributes, ...content) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...content);
  return node;
}

function tableOf(caption, headings, rows) {
  const cells = rows.find((row) => row.children.length === headings.length)?.children ?? [];
  const head = element("tr", "", ...headings.map((heading, column) => {
    if (!heading) return element("td"); // above bars, which the columns before say in words
    const isNumber = cells[column]?.classList.contains("enbw-number");
    return Object.assign(element("th", isNumber ? "enbw-number" : "", heading), { scope: "col" });
  }));
  return element("table", "", element("caption", "", caption), element("thead", "", head), element("tbody", "", ...rows));
}

const number = (text) => element("td", "enbw-number", text);

function rowHead(...content) {
  return Object.assign(element("th", "", ...content), { scope: "row" });
}

// The operations.

function bar(row, longest, words) {
  const box = element("div", "enbw-bar");
  for (const part of ["kernel", "dispatch"]) {
    const piece = element("span", `enbw-${part}`);
    piece.style.width = `${(100 * row[part][1]) / longest}%`;
    box.append(piece);
  }
  const total = [0, 1, 2].map((i) => row.kernel[i] + row.dispatch[i]);
  const spread = element("span", "enbw-spread");
  spread.style.left = `${(100 * total[0]) / longest}%`;
  spread.style.width = `${(100 * (total[2] - total[0])) / longest}%`;
  box.append(spread);
  box.title = fill(words.from_to, time(total[0]), time(total[2]));
  return box;
}

function operation(row, index, longest, words) {
  const line = element("tr", "", number(index + 1), rowHead(row.label), element("td", "", row.result), number(row.line));
  if (!row.kernel) {
    line.append(Object.assign(element("td", "enbw-note", words.effect), { colSpan: 4 }));
    return line;
  }
  const kernel = number(time(row.kernel[1]));
  if (row.coarse) kernel.append(element("span", "enbw-coarse", " ⚠"));
  const spread = `${time(row.kernel[0])} – ${time(row.kernel[2])}`;
  line.append(kernel, element("td", "enbw-number enbw-quiet", spread), number(time(row.dispatch[1])));
  line.append(element("td", "", bar(row, longest, words)));
  return line;
}

function operations(rows, words) {
  const timed = rows.filter((row) => row.kernel);
  const longest = Math.max(1, ...timed.map((row) => row.kernel[2] + row.dispatch[2]));
  const headings = ["#", words.operation, words.result, words.line, words.kernel, words.quartiles, words.dispatch, words.both];
  return tableOf(summary(timed, words), headings, rows.map((row, index) => operation(row, index, longest, words)));
}

function summary(timed, words) {
  const sum = (part) => timed.reduce((total, row) => total + row[part][1], 0);
  const kernel = sum("kernel"), dispatch = sum("dispatch");
  if (!timed.length) return words.nothing;
  return fill(words.sum, time(kernel), time(dispatch), Math.round((100 * dispatch) / (kernel + dispatch)));
}

// The sweep: both times over the size, on logarithmic axes.

const WIDTH = 560, HEIGHT = 250, LEFT = 64, RIGHT = 150, TOP = 14, BOTTOM = 40;

function plot(points, enough, words, said) {
  const all = points.flatMap((p) => [...p.kernel, ...p.dispatch]).filter((t) => t > 0);
  const decades = [Math.floor(Math.log10(Math.min(...all))), Math.ceil(Math.log10(Math.max(...all)))];
  const sizes = [Math.log2(points[0].size), Math.log2(points.at(-1).size)];
  const x = (size) => LEFT + ((WIDTH - LEFT - RIGHT) * (Math.log2(size) - sizes[0])) / (sizes[1] - sizes[0] || 1);
  const y = (ns) => {
    const share = (Math.log10(Math.max(ns, 10 ** decades[0])) - decades[0]) / (decades[1] - decades[0] || 1);
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
  };
  const svg = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, role: "img", "aria-label": said });
  for (let decade = decades[0]; decade <= decades[1]; decade++) {
    const at = y(10 ** decade);
    svg.append(drawn("line", { class: "enbw-grid", x1: LEFT, x2: WIDTH - RIGHT, y1: at, y2: at }));
    svg.append(drawn("text", { x: LEFT - 6, y: at + 4, "text-anchor": "end" }, time(10 ** decade)));
  }
  const every = Math.ceil(points.length / 6);
  points.forEach((point, index) => {
    if (index % every) return;
    svg.append(drawn("text", { x: x(point.size), y: HEIGHT - BOTTOM + 16, "text-anchor": "middle" }, point.size.toLocaleString("en")));
  });
  svg.append(drawn("text", { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 6, "text-anchor": "middle" }, words.size));
  if (enough && enough > points[0].size) {
    const at = x(enough);
    svg.append(drawn("line", { class: "enbw-enough", x1: at, x2: at, y1: TOP, y2: HEIGHT - BOTTOM }));
    svg.append(drawn("text", { x: at - 4, y: TOP + 8, "text-anchor": "end" }, words.enough));
  }
  for (const part of ["kernel", "dispatch"]) {
    const up = points.map((p) => `${x(p.size)},${y(p[part][2])}`), down = points.map((p) => `${x(p.size)},${y(p[part][0])}`);
    svg.append(drawn("polygon", { class: `enbw-band enbw-${part}`, points: [...up, ...down.reverse()].join(" ") }));
    svg.append(drawn("polyline", { class: `enbw-curve enbw-${part}`, points: points.map((p) => `${x(p.size)},${y(p[part][1])}`).join(" ") }));
    for (const p of points) svg.append(mark(part, x(p.size), y(p[part][1]), `${words[part]}, ${p.size.toLocaleString("en")}: ${time(p[part][1])}`));
  }
  // Named at their ends, apart from one another.
  const last = points.at(-1), ends = ["kernel", "dispatch"].map((part) => [part, y(last[part][1])]).sort((a, b) => a[1] - b[1]);
  if (ends[1][1] - ends[0][1] < 15) ends[1][1] = ends[0][1] + 15;
  for (const [part, at] of ends) svg.append(drawn("text", { x: WIDTH - RIGHT + 10, y: at + 4, class: "enbw-name" }, words[part]));
  return svg;
}

// A circle for the kernel, a square for dispatch: colour does not stand alone.
function mark(part, x, y, said) {
  const title = drawn("title", {}, said);
  if (part === "kernel") return drawn("circle", { class: "enbw-mark enbw-kernel", cx: x, cy: y, r: 4 }, title);
  return drawn("rect", { class: "enbw-mark enbw-dispatch", x: x - 3.5, y: y - 3.5, width: 7, height: 7 }, title);
}

function sizes(points, words) {
  const rows = points.map((p) => {
    const share = (100 * p.dispatch[1]) / (p.kernel[1] + p.dispatch[1] || 1);
    const cells = [time(p.kernel[1]), time(p.dispatch[1]), `${share < 10 ? share.toFixed(1) : share.toFixed(0)} %`];
    return element("tr", "", rowHead(p.size.toLocaleString("en")), ...cells.map(number));
  });
  const headings = [words.size, words.kernel, words.dispatch, words.share];
  return element("details", "enbw-sizes", element("summary", "", words.points), tableOf("", headings, rows));
}

// The whole graph, under the passes and executors that were tried.

function named(passes, all, words) {
  const without = all.filter((name) => !passes.includes(name));
  if (!without.length) return words.all;
  return without.length < 3 ? fill(words.all_but, without.join(", ")) : passes.join(", ") || words.none;
}

function wholeRuns(runs, all, words) {
  const longest = Math.max(1, ...runs.map((run) => run.time[2]));
  const rows = runs.map((run, index) => {
    const box = element("div", "enbw-bar");
    const piece = element("span", "enbw-whole");
    piece.style.width = `${(100 * run.time[1]) / longest}%`;
    box.append(piece);
    const spread = `${time(run.time[0])} – ${time(run.time[2])}`;
    const cells = [number(run.ops), number(time(run.time[1])), element("td", "enbw-number enbw-quiet", spread), element("td", "", box)];
    const line = element("tr", index === runs.length - 1 ? "enbw-now" : "", rowHead(named(run.passes, all, words)), element("td", "", run.executor), ...cells);
    if (index === runs.length - 1) line.setAttribute("aria-current", "true");
    return line;
  });
  return tableOf(words.runs, [words.passes, words.executor, words.operations, words.time, words.quartiles, ""], rows);
}

// A control that is disabled while a measurement runs loses the focus: it gets it back.
function keepFocus(el) {
  let lost = null;
  const giveBack = () => {
    if (lost?.isConnected && lost.disabled) return requestAnimationFrame(giveBack);
    if (document.activeElement === document.body) lost?.focus();
    lost = null;
  };
  return (running) => {
    if (!running) giveBack();
    else if (el.closest(".enbw-panel")?.contains(document.activeElement)) lost = document.activeElement;
  };
}

function render({ model, el }) {
  const words = model.get("words");
  el.classList.add("enbw");
  el.lang = model.get("language");
  el.setAttribute("role", "group");
  const progress = Object.assign(element("progress"), { max: 1 });
  progress.setAttribute("aria-label", words.progress);
  const status = element("span", "enbw-status");
  status.setAttribute("role", "status");
  const going = element("div", "enbw-going", progress, status), focus = keepFocus(el);
  const legend = element("div", "enbw-legend");
  for (const [part, said] of [["kernel", words.kernel], ["dispatch", words.dispatch], ["spread", words.quartiles]])
    legend.append(element("span", `enbw-${part} enbw-swatch`), element("span", "", said));
  const body = element("div", "enbw-table"), whole = element("div", "enbw-table"), note = element("p", "enbw-note");
  const swept = element("div", "enbw-sweep");
  for (const scrolls of [body, whole]) scrolls.setAttribute("role", "region");
  body.tabIndex = 0;
  el.append(going, whole, legend, body, note, swept);

  const showSweep = () => {
    const points = model.get("points"), said = model.get("swept");
    swept.replaceChildren();
    if (said) swept.append(element("p", "", said));
    if (points.length > 1) swept.append(plot(points, model.get("enough"), words, said));
    if (points.length) swept.append(sizes(points, words));
  };
  const draw = {
    title: () => {
      el.setAttribute("aria-label", model.get("title"));
      body.setAttribute("aria-label", model.get("title"));
      whole.setAttribute("aria-label", words.runs);
    },
    rows: () => {
      body.replaceChildren(operations(model.get("rows"), words));
      note.textContent = model.get("rows").some((row) => row.coarse) ? fill(words.coarse, time(model.get("resolution"))) : "";
    },
    points: showSweep,
    swept: showSweep,
    progress: () => (progress.value = model.get("progress")),
    running: () => {
      progress.hidden = !model.get("running");
      status.textContent = model.get("running") ? words.measuring : model.get("error");
      focus(model.get("running"));
    },
    error: () => (status.textContent = model.get("error")),
    runs: () => {
      const runs = model.get("runs");
      whole.hidden = !runs?.length;
      whole.tabIndex = whole.hidden ? -1 : 0;
      whole.replaceChildren(...(runs?.length ? [wholeRuns(runs, model.get("all_passes"), words)] : []));
    },
  };
  for (const [trait, update] of Object.entries(draw)) {
    model.on(`change:${trait}`, update);
    update();
  }
}

export default { render };
