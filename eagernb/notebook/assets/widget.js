// The timing widget's table: a row for each operation, its kernel and dispatch times as one bar.
// Python measures (widget.py); this only draws what the traits hold and asks to run again.

const UNITS = [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]];

function time(ns) {
  const [size, unit] = UNITS.find(([size]) => ns >= size) ?? UNITS[3];
  const value = ns / size;
  return `${value >= 100 || unit === "ns" ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
}

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text; // never innerHTML: names are the user's
  return node;
}

function bar(row, longest) {
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
  box.title = `quartiles ${time(total[0])} to ${time(total[2])}`;
  return box;
}

function cells(row, index, longest) {
  const line = element("tr");
  line.append(element("td", "enbw-number", index + 1));
  const name = element("th", "", row.label);
  name.scope = "row";
  line.append(name, element("td", "", row.result));
  line.append(element("td", "enbw-number", row.line ?? ""));
  if (!row.kernel) {
    const note = element("td", "enbw-note", "reads or changes state: not run again");
    note.colSpan = 4;
    line.append(note);
    return line;
  }
  const kernel = element("td", "enbw-number", time(row.kernel[1]));
  if (row.coarse) {
    kernel.append(element("span", "enbw-coarse", " ⚠"));
    kernel.title = "So short that the clock hardly resolves it.";
  }
  const spread = `${time(row.kernel[0])} – ${time(row.kernel[2])}`;
  line.append(kernel, element("td", "enbw-number enbw-quiet", spread));
  line.append(element("td", "enbw-number", time(row.dispatch[1])));
  const picture = element("td");
  picture.append(bar(row, longest));
  line.append(picture);
  return line;
}

const HEADINGS = ["#", "operation", "result", "line", "kernel", "quartiles", "dispatch", "kernel + dispatch"];

function table(rows) {
  const timed = rows.filter((row) => row.kernel);
  const longest = Math.max(1, ...timed.map((row) => row.kernel[2] + row.dispatch[2]));
  const node = element("table");
  node.append(element("caption", "", summary(timed)));
  const head = element("tr");
  for (const heading of HEADINGS) {
    const cell = element("th", "", heading);
    cell.scope = "col";
    head.append(cell);
  }
  const top = element("thead");
  top.append(head);
  const body = element("tbody");
  rows.forEach((row, index) => body.append(cells(row, index, longest)));
  node.append(top, body);
  return node;
}

function summary(timed) {
  const sum = (part) => timed.reduce((total, row) => total + row[part][1], 0);
  const kernel = sum("kernel"), dispatch = sum("dispatch");
  if (!timed.length) return "Nothing here can be timed again.";
  const share = Math.round((100 * dispatch) / (kernel + dispatch));
  return `Medians add up to ${time(kernel)} in kernels and ${time(dispatch)} in Python dispatch (${share} %).`;
}

function render({ model, el }) {
  el.classList.add("enbw");
  const title = element("div", "enbw-title");
  const controls = element("div", "enbw-controls");
  const label = element("label", "", "Run ");
  const repeats = element("input");
  Object.assign(repeats, { type: "number", min: 1, max: 10000, step: 1 });
  label.append(repeats, " times");
  const button = element("button", "", "Run again");
  button.type = "button";
  const progress = element("progress");
  progress.max = 1;
  progress.setAttribute("aria-label", "Progress of the measurement");
  const status = element("span", "enbw-status");
  status.setAttribute("role", "status");
  controls.append(label, button, progress, status);
  const legend = element("div", "enbw-legend");
  for (const part of ["kernel", "dispatch", "spread"]) {
    const words = { kernel: "NumPy kernel", dispatch: "Python dispatch", spread: "quartiles" }[part];
    legend.append(element("span", `enbw-${part} enbw-swatch`), element("span", "", words));
  }
  const body = element("div", "enbw-table");
  el.append(title, controls, legend, body);

  repeats.addEventListener("change", () => {
    const wanted = Math.min(10000, Math.max(1, Math.round(Number(repeats.value) || 1)));
    repeats.value = wanted;
    model.set("repeats", wanted);
    model.save_changes();
  });
  button.addEventListener("click", () => model.send({ kind: "run" }));

  const draw = {
    title: () => (title.textContent = model.get("title")),
    repeats: () => (repeats.value = model.get("repeats")),
    rows: () => body.replaceChildren(table(model.get("rows"))),
    progress: () => (progress.value = model.get("progress")),
    running: () => {
      button.disabled = model.get("running");
      progress.hidden = !model.get("running");
      status.textContent = model.get("running") ? "measuring …" : model.get("error");
    },
    error: () => (status.textContent = model.get("error")),
  };
  for (const [trait, update] of Object.entries(draw)) {
    model.on(`change:${trait}`, update);
    update();
  }
}

export default { render };
