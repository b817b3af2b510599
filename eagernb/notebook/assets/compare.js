// The time axis and the memory axis: a piece, its row in the table and its line in the source are lit together. Each lane is one stop of the
// Tab key; the arrow keys walk along it, Home and End go to its ends.
for (const race of document.querySelectorAll(".enb-race:not([data-live])")) {
  race.dataset.live = "";
  const lines = [...race.querySelectorAll(".enb-source li")], lanes = [...race.querySelectorAll("[data-lane]")];
  const said = document.createElement("p"), ways = new Map();
  said.className = "enb-say";
  said.setAttribute("aria-live", "polite");
  [...race.querySelectorAll(".enb-axis")].at(-1).append(said);
  let lit = [];

  function light(way, from) {
    for (const element of lit) element.classList.remove("enb-on");
    lit = way ? [...way.pieces, ...way.rows, ...way.lines] : [];
    for (const element of lit) element.classList.add("enb-on");
    said.textContent = way ? way.text : "";
    for (const element of way ? [way.rows[0], way.lines[0]] : []) if (element && element !== from) bring(element);
  }

  // What is brought into view moves in its own frame only, never the page.
  function bring(element) {
    const frame = element.closest(".enb-frame"), inner = element.getBoundingClientRect(), outer = frame.getBoundingClientRect();
    if (inner.top < outer.top + 50 || inner.bottom > outer.bottom) frame.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
  }

  const heads = [...race.querySelectorAll(".enb-costs thead th")], titles = heads.map((head) => head.textContent), sorts = [];
  for (const body of race.querySelectorAll(".enb-costs tbody")) {
    const its = lanes.filter((lane) => lane.dataset.lane === body.dataset.side), below = [...body.rows].slice(1);
    const rows = below.filter((row) => !row.matches(".enb-end")), ends = below.filter((row) => row.matches(".enb-end"));
    if (!rows.length) continue;
    const own = [];
    for (const lane of its) {
      let from = 0;
      [...lane.children].forEach((piece, at) => {
        const part = rows.slice(from, (from += Number(piece.dataset.n || 1)));
        if (!part.length) return;
        own[at] ||= way(lane, part);
        own[at].pieces.push(piece);
        piece.title = own[at].text;
        ways.set(piece, own[at]);
      });
    }
    for (const lane of its) walk(lane, own);
    rows.forEach((row, index) => (row.tabIndex = index ? -1 : 0));
    body.addEventListener("keydown", (event) => {
      const shown = [...body.rows].filter((row) => rows.includes(row)), row = event.target.closest("tr"), place = shown.indexOf(row);
      const next = shown[{ ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: shown.length - 1 }[event.key]];
      if (!next) return;
      event.preventDefault();
      row.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
    // Each mode's operations are sorted among themselves, above what they come to.
    sorts.push((column, sign) => body.append(...[...rows].sort((a, b) => sign * (amount(a, column) - amount(b, column)) || rows.indexOf(a) - rows.indexOf(b)), ...ends));
  }

  // What stands for the same operations: pieces of both axes, rows, lines.
  function way(lane, rows) {
    const mode = lane.closest("tr").cells[0].firstChild.data.trim();
    const numbers = [...new Set(rows.map((row) => row.cells[2].textContent).filter(Boolean))];
    const [number, name, line, ...amounts] = [...rows[0].cells].map((cell) => cell.textContent);
    const where = line && `, ${titles[2].toLowerCase()} ${line}`, more = rows.length > 1 ? ` + ${rows.length - 1}` : "";
    const text = `${mode} ${number}: ${name}${more}${where}. ${amounts.map((amount, index) => `${titles[3 + index]}: ${amount}`).join("; ")}.`;
    const found = { pieces: [], rows, lines: numbers.map((number) => lines[number - 1]).filter(Boolean), text };
    for (const row of rows) ways.set(row, found);
    return found;
  }

  function walk(lane, own) {
    let at = 0;
    lane.tabIndex = 0;
    lane.dataset.lmSuppressShortcuts = "true";
    const heading = lane.closest(".enb-axis").querySelector(".enb-heading").firstChild.data;
    const values = { role: "slider", "aria-label": `${heading}: ${lane.closest("tr").cells[0].textContent}`, "aria-valuemin": 1, "aria-valuemax": own.length };
    for (const name in values) lane.setAttribute(name, values[name]);
    const go = (to) => {
      at = Math.max(0, Math.min(own.length - 1, to));
      lane.setAttribute("aria-valuenow", at + 1);
      lane.setAttribute("aria-valuetext", own[at].text);
    };
    go(0);
    lane.addEventListener("focus", () => light(own[at]));
    lane.addEventListener("keydown", (event) => {
      const to = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: own.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
      light(own[at]);
    });
  }

  // A number, or a quantity with its unit.
  function amount(row, column) {
    const [number, unit] = row.cells[column].textContent.split("\u00a0");
    return parseFloat(number.replace(/,/g, "")) * ({ µs: 1e3, ms: 1e6, s: 1e9, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }[unit] || 1) || 0;
  }

  for (const [column, head] of sorts.length ? heads.entries() : []) {
    if (head.dataset.sort === undefined) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      // Places begin with the first, quantities with the largest.
      const first = column < 3 ? "ascending" : "descending", other = column < 3 ? "descending" : "ascending";
      const order = head.getAttribute("aria-sort") === first ? other : first;
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      for (const sort of sorts) sort(column, order === "ascending" ? 1 : -1);
    });
  }
  // A source line stands for all that runs on it.
  lines.forEach((line) => {
    const its = [...new Set(ways.values())].filter((way) => way.lines.includes(line));
    if (its.length) ways.set(line, { pieces: [line], rows: its.flatMap((way) => [...way.rows, ...way.pieces]), lines: [], text: "" });
  });
  const target = (event) => [...ways.keys()].find((element) => element.contains(event.target));
  race.addEventListener("pointerover", (event) => light(ways.get(target(event)), target(event)));
  race.addEventListener("pointerleave", () => light(null));
  race.addEventListener("focusin", (event) => target(event) && event.target.matches("tr") && light(ways.get(target(event)), target(event)));
  race.addEventListener("focusout", () => light(null));
}
