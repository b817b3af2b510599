// The replay: a slider walks the tape step by step. What a step took and gave is in the table, or in the data beside it.
// show(step) lights a step, in all places or in none (-1).
function replay(part, rows, boxOf, show) {
  const tape = part.querySelector("script.enb-tape");
  if (!tape) return null;
  const { takes, outside, cells, adds, words } = JSON.parse(tape.textContent);
  const calm = matchMedia("(prefers-reduced-motion: reduce)"), last = takes.length;
  const fill = (template, ...values) => template.replace(/\{(\d)\}/g, (_, index) => values[index]);
  let step = 0, timer = 0, motions = [];

  function make(tag, name, text, ...inside) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    made.append(...inside);
    return made;
  }

  // What is known of a value: of a step's result by the step's number, of one from outside by a negative one.
  function valueOf(place) {
    if (place < 0) {
      const [box, name, type, value, spread, few] = outside[-place - 1];
      return { box, name, type, value, spread, few };
    }
    const row = rows[place - 1], [, result, value] = row.querySelectorAll("td"), spread = value.querySelector("i");
    const name = result.querySelector("b")?.textContent || "";
    const type = result.innerText || result.textContent, bars = spread ? spread.textContent : "";
    return {
      box: boxOf(row), name, type: type.slice(name.length).trim(), spread: bars, few: cells[place],
      value: value.textContent.slice(bars.length).trim(), label: `${nameOf(place)} (${place})`,
      kind: row.classList.contains("enb-back") ? "enb-back" : "",
    };
  }
  const boxAt = (place) => place < 0 ? outside[-place - 1][0] : boxOf(rows[place - 1]);
  const headOf = (place) => rows[place - 1].querySelector("th");
  const nameOf = (place) => adds.includes(place) ? "+=" : headOf(place).firstChild.textContent.trim();
  const lineOf = (row) => row.dataset.line ? fill(words.line, row.dataset.line) : words.nowhere;

  // A gradient has two lines: that of the step whose backward it is, and the one that asked for it.
  function sentence(place) {
    const row = rows[place - 1], { of } = row.dataset, { name, type, value } = valueOf(place);
    const head = headOf(place).textContent.trim(), sum = head.split(" += ")[1], result = [name, type].filter(Boolean).join(" ");
    let where = of ? fill(words.of, of, lineOf(rows[of - 1]), lineOf(row)) : lineOf(row);
    if (row.classList.contains("enb-up")) where = fill(words.update, where);
    return fill(words.step, place, last, sum ? fill(words.adds, sum) : head, where, result ? `${result}, ${value}` : words.nothing);
  }

  // The steps that a step was computed from, however far back, and what came from outside.
  function ancestors(place) {
    const found = new Set(), left = [...takes[place - 1]];
    for (let next; (next = left.pop());) {
      if (found.has(next)) continue;
      found.add(next);
      if (next > 0) left.push(...takes[next - 1]);
    }
    return [...found].sort((a, b) => b - a);
  }
  function origin(place) {
    const all = ancestors(place), steps = all.filter((one) => one > 0);
    const names = listed(all.filter((one) => one < 0));
    if (steps.length === 1) return fill(words["from one"], names, steps[0]);
    return names && fill(words[steps.length ? "from" : "from outside"], names, steps.length);
  }
  function listed(places) {
    const names = [...new Set(places.slice(0, 40).map(valueOf).map(({ name, label, value }) => name || label || value))].slice(0, 8);
    const left = places.length - names.length;
    return [...names, ...(places.length > 40 || names.length === 8 && left ? [fill(words.more, left)] : [])].join(words.comma);
  }

  // A value as a card: its name and type, then its elements as a heat map, or a histogram over its range.
  function card({ name, type, value, spread, few, label, kind }) {
    const made = make("div", `enb-card ${kind || ""}`, "", make("b", "", name || label || ""), " ", make("small", "", type));
    if (few) {
      const [columns, numbers] = few.split(": "), all = numbers.split(" ");
      const most = Math.max(...all.map((number) => Math.abs(number) || 0)) || 1;
      const map = make("div", "enb-heat");
      map.style.setProperty("--columns", columns);
      for (const number of all) {
        const cell = make("span", number < 0 ? "enb-back" : "", number);
        cell.style.setProperty("--share", `${Math.round((60 * Math.abs(number) || 0) / most)}%`);
        map.append(cell);
      }
      made.append(map);
      if (all.length > 6) made.append(make("div", "enb-quiet", value));
    } else {
      if (spread) {
        const bars = make("div", "enb-bars");
        for (const bar of spread) bars.append(make("span"));
        [...spread].forEach((bar, index) => (bars.children[index].style.height = `${4 + (bar.charCodeAt() - 0x2581) * 13.7}%`));
        made.append(bars);
      }
      made.append(make("div", spread ? "enb-quiet" : "", value));
    }
    return made;
  }

  // What is in memory after a step: the results of the steps before that were not freed yet.
  function alive(place) {
    const there = rows.slice(0, place).flatMap((row, index) => (row.dataset.until >= place ? [index + 1] : [])).reverse();
    return there.length ? fill(words.alive, listed(there)) : "";
  }

  // On an edge there is room for one number, or for the shape.
  const brief = ({ value, type }) => {
    const shortest = value.split(words.comma).pop();
    return shortest.length > 12 ? type.split(" ")[0] : shortest;
  };

  // It stands where it covers neither a box nor another label, if there is such a place along the edge.
  function label(svg, edge, text) {
    const line = edge.querySelector("path");
    if (!line || !text) return;
    const length = line.getTotalLength(), [from, to] = [0, length].map((at) => line.getPointAtLength(at));
    const level = Math.abs(to.x - from.x) > 2 * Math.abs(to.y - from.y);
    const made = document.createElementNS(svg.namespaceURI, "text");
    made.setAttribute("class", "enb-label enb-flowing");
    made.textContent = text;
    edge.parentElement.append(made);
    const taken = [...svg.querySelectorAll("[data-box], .enb-flowing")].filter((one) => one !== made).map((one) => one.getBBox());
    const frame = svg.getBoundingClientRect();
    const isFree = ({ x, y, width, height }, { left, right }) => left >= frame.left && right <= frame.right &&
      !taken.some((one) => x < one.x + one.width && one.x < x + width && y < one.y + one.height && one.y < y + height);
    const shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8], sides = level ? [["middle", 0, -4], ["middle", 0, 11]] : [["start", 5, 3], ["end", -5, 3]];
    const put = ([share, [anchor, dx, dy]]) => {
      const at = line.getPointAtLength(share * length);
      for (const [name, value] of Object.entries({ x: at.x + dx, y: at.y + dy, "text-anchor": anchor })) made.setAttribute(name, value);
      return isFree(made.getBBox(), made.getBoundingClientRect());
    };
    const places = shares.flatMap((share) => sides.map((side) => [share, side]));
    if (!places.some(put)) put(places[0]);
  }

  // In the picture: what has not run yet is faint, values flow along the edges of the step, each with its value.
  function draw() {
    for (const motion of motions) motion.cancel();
    motions = [];
    for (const made of part.querySelectorAll(".enb-flowing")) made.remove();
    for (const made of part.querySelectorAll(".enb-later, .enb-flow, .enb-path, .enb-aside"))
      made.classList.remove("enb-later", "enb-flow", "enb-path", "enb-aside");
    if (!step) return;
    const before = ancestors(step);
    for (const place of before) if (place > 0) rows[place - 1].classList.add("enb-path");
    for (const svg of part.querySelectorAll("svg.enb-diagram")) {
      if (svg.style.display === "none") continue;
      const shown = svg.shownAs || ((id) => id), done = new Set(), later = new Set();
      takes.forEach((inputs, index) => {
        const set = index < step ? done : later;
        for (const place of inputs) set.add(shown(boxAt(place)));
        set.add(shown(boxOf(rows[index])));
      });
      for (const id of done) later.delete(id);
      const now = shown(boxOf(rows[step - 1])), result = brief(valueOf(step));
      const path = new Set(before.map((place) => shown(boxAt(place))));
      for (const box of svg.querySelectorAll("[data-box]")) {
        const id = box.dataset.box;
        if (id !== now) box.classList.add(later.has(id) ? "enb-later" : path.has(id) ? "enb-path" : "enb-aside");
      }
      const taken = new Map(takes[step - 1].map(valueOf).map((one) => [shown(one.box), brief(one)]));
      for (const edge of svg.querySelectorAll("[data-source]")) {
        const { source, target } = edge.dataset;
        if (target === now && taken.has(source)) {
          edge.classList.add("enb-flow");
          label(svg, edge, taken.get(source));
          const line = edge.querySelector("path");
          if (!calm.matches && line) motions.push(line.animate({ strokeDashoffset: [16, 0] }, { duration: 600, iterations: Infinity }));
        } else if (source === now && later.has(target) && !edge.matches(".enb-saved")) label(svg, edge, result);
        else if (later.has(source) || later.has(target)) edge.classList.add("enb-later");
        else edge.classList.add(path.has(source) && (path.has(target) || target === now) ? "enb-path" : "enb-aside");
      }
    }
  }

  const button = make("button", "enb-play", words.play), slider = make("input"), count = make("output", "enb-quiet");
  const said = make("p", "enb-said"), cards = make("div", "enb-cards"), kept = make("p", "enb-quiet");
  const bar = make("div", "enb-replay", "", button, slider, count);
  button.type = "button";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.title);
  Object.assign(slider, { type: "range", min: 0, max: last, step: 1, value: 0 });
  slider.setAttribute("aria-label", words.slider);
  said.setAttribute("aria-live", "polite");
  // JupyterLab moves from cell to cell by the arrow keys, wherever the focus is.
  slider.dataset.lmSuppressShortcuts = button.dataset.lmSuppressShortcuts = "true";
  tape.before(bar);
  // Its height is always the same: what is below stays where it is.
  const stage = make("div", "enb-stage", "", said, cards, kept);
  stage.tabIndex = 0;
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", words.stage);
  part.querySelector(".enb-columns").append(stage);
  const legends = [...part.querySelectorAll(".enb-legend")];
  for (const [at, name, key] of [[0, "enb-key-now", "chosen"], [0, "enb-key-life", "life"], [-1, "enb-key-now", "chosen"], [-1, "enb-key-path", "path"], [-1, "enb-key-lit", "lit"]].slice(legends.length > 1 ? 0 : 1))
    legends.at(at)?.append(make("li", "", "", make("i", name), words[key]));

  const sliders = [...part.querySelectorAll(".enb-strip")].map((strip) => {
    strip.parentElement.removeAttribute("aria-hidden");
    strip.tabIndex = 0;
    strip.dataset.lmSuppressShortcuts = "true";
    const name = strip.matches(".enb-time") ? words.time : words.memory;
    for (const [key, value] of Object.entries({ role: "slider", "aria-label": name, "aria-valuemin": 0, "aria-valuemax": last }))
      strip.setAttribute(key, value);
    strip.addEventListener("keydown", (event) => {
      const next = { ArrowRight: step + 1, ArrowUp: step + 1, ArrowLeft: step - 1, ArrowDown: step - 1, Home: 0, End: last }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      go(next);
    });
    return strip;
  });

  function go(to) {
    step = Math.max(0, Math.min(last, to));
    slider.value = step;
    const text = step ? sentence(step) : fill(words.whole, last);
    count.textContent = step ? `${step} / ${last}` : "";
    said.textContent = text;
    slider.setAttribute("aria-valuetext", step ? text : fill(words.none, last));
    for (const strip of sliders) {
      strip.setAttribute("aria-valuenow", step);
      strip.setAttribute("aria-valuetext", slider.getAttribute("aria-valuetext"));
    }
    cards.replaceChildren();
    kept.textContent = "";
    if (step) {
      const reason = rows[step - 1].lastElementChild.textContent;
      kept.textContent = [origin(step), reason && fill(words["memory of"], reason), alive(step)].filter(Boolean).join(" ");
      const plus = adds.includes(step) ? "+=" : "";
      takes[step - 1].forEach((place, index) => {
        if (index) cards.append(make("span", "enb-then", plus || ","));
        cards.append(card(valueOf(place)));
      });
      cards.append(make("span", "enb-then", plus ? "=" : "→"));
      cards.append(card(valueOf(step)));
    }
    draw();
    show(step - 1);
  }

  function play(on) {
    clearInterval(timer);
    timer = on ? setInterval(() => (step < last && part.isConnected ? go(step + 1) : play(false)), 900) : 0;
    button.textContent = on ? words.pause : words.play;
    button.classList.toggle("enb-playing", on);
    if (on && step === last) go(0);
    if (on) go(step + 1);
  }
  button.addEventListener("click", () => play(!timer));
  slider.addEventListener("input", () => {
    if (timer) play(false);
    go(Number(slider.value));
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.target === button) return;
    event.preventDefault();
    play(!timer);
  });
  return { go, sentence, get step() { return step; }, stop: () => timer && play(false) };
}
