// The time axis: a piece, its row in the table and its line in the source are lit together. Each lane is one stop of the
// Tab key; the arrow keys walk along it, Home and End go to its ends.
for (const race of document.querySelectorAll(".enb-race:not([data-live])")) {
  race.dataset.live = "";
  const lines = [...race.querySelectorAll(".enb-source li")], lanes = [...race.querySelectorAll(".enb-lane")];
  const said = document.createElement("p"), ways = new Map();
  said.className = "enb-say";
  said.setAttribute("aria-live", "polite");
  race.querySelector(".enb-axis").append(said);
  let lit = [];

  function light(way, from) {
    for (const element of lit) element.classList.remove("enb-on");
    lit = way ? [way.piece, ...way.rows, ...way.lines] : [];
    for (const element of lit) element.classList.add("enb-on");
    said.textContent = way ? way.text : "";
    for (const element of way ? [way.rows[0], way.lines[0]] : []) if (element && element !== from) bring(element);
  }

  // What is brought into view moves in its own frame only, never the page.
  function bring(element) {
    const frame = element.closest(".enb-frame"), inner = element.getBoundingClientRect(), outer = frame.getBoundingClientRect();
    if (inner.top < outer.top + 50 || inner.bottom > outer.bottom) frame.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
  }

  for (const body of race.querySelectorAll(".enb-costs tbody")) {
    const lane = lanes[body.dataset.side === "eager" ? 0 : 1], rows = [...body.rows].slice(1);
    const mode = lane.closest("tr").cells[0].firstChild.data.trim(), own = [];
    const heads = [...race.querySelectorAll(".enb-costs thead th")].map((head) => head.textContent);
    let from = 0;
    for (const piece of lane.children) {
      const its = rows.slice(from, (from += Number(piece.dataset.n || 1))).filter((row) => row.cells.length > 1);
      if (!its.length) continue;
      const numbers = [...new Set(its.map((row) => row.cells[2].textContent).filter(Boolean))];
      const [number, name, line, ...times] = [...its[0].cells].map((cell) => cell.textContent);
      const where = line && `, ${heads[2].toLowerCase()} ${line}`, more = its.length > 1 ? ` + ${its.length - 1}` : "";
      const text = `${mode} ${number}: ${name}${more}${where}. ${times.map((time, index) => `${heads[3 + index]}: ${time}`).join("; ")}.`;
      const way = { piece, rows: its, lines: numbers.map((number) => lines[number - 1]).filter(Boolean), text };
      piece.title = text;
      own.push(way);
      for (const element of [piece, ...its]) ways.set(element, way);
    }
    if (!own.length) continue;
    let at = 0;
    lane.tabIndex = 0;
    lane.dataset.lmSuppressShortcuts = "true";
    const values = { role: "slider", "aria-label": lane.closest("tr").cells[0].textContent, "aria-valuemin": 1, "aria-valuemax": own.length };
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
    rows.forEach((row, index) => (row.tabIndex = index ? -1 : 0));
    body.addEventListener("keydown", (event) => {
      const row = event.target.closest("tr"), place = rows.indexOf(row);
      const next = rows[{ ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: rows.length - 1 }[event.key]];
      if (!next) return;
      event.preventDefault();
      row.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }
  // A source line stands for all that runs on it.
  lines.forEach((line) => {
    const its = [...new Set(ways.values())].filter((way) => way.lines.includes(line));
    if (its.length) ways.set(line, { piece: line, rows: its.flatMap((way) => [way.piece, ...way.rows]), lines: [], text: "" });
  });
  const target = (event) => [...ways.keys()].find((element) => element.contains(event.target));
  race.addEventListener("pointerover", (event) => light(ways.get(target(event)), target(event)));
  race.addEventListener("pointerleave", () => light(null));
  race.addEventListener("focusin", (event) => target(event) && event.target.matches("tr") && light(ways.get(target(event)), target(event)));
  race.addEventListener("focusout", () => light(null));
}
