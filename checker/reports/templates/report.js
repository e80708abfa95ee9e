"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const findings = all(".finding");
  let active = null;

  // The lines: down the margin, with a branch at every place of the finding.
  const draw = () => {
    all(".lines").forEach((svg) => svg.replaceChildren());
    if (!active) return;
    const text = active.closest(".article").querySelector(".text");
    const svg = text.querySelector(".lines");
    const frame = text.getBoundingClientRect();
    const heights = places(active).map((place) => {
      const box = place.getClientRects()[0];
      return Math.round(box.top - frame.top + box.height / 2);
    });
    if (!heights.length) return;
    const width = svg.getBoundingClientRect().width;
    const left = Math.round(width * 0.35), right = width - 6;
    const level = ["error", "warning", "note"].find((name) => active.classList.contains(name));
    const steps = [`M ${left} ${Math.min(...heights)} V ${Math.max(...heights)}`];
    heights.forEach((height) => steps.push(`M ${left} ${height} H ${right}`));
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", steps.join(" "));
    path.setAttribute("class", level);
    svg.append(path);
  };

  const places = (finding) =>
    finding.dataset.places.split(" ").map((id) => id && document.getElementById(id)).filter(Boolean);

  const activate = (finding) => {
    if (active) active.classList.remove("active");
    all("mark.active").forEach((mark) => mark.classList.remove("active"));
    active = finding;
    if (finding) {
      finding.classList.add("active");
      places(finding).forEach((place) => place.classList.add("active"));
    }
    draw();
  };

  const show = (finding) => {
    activate(finding);
    finding.querySelector("details").open = true;
    finding.querySelector("summary").focus({ preventScroll: true });
    finding.scrollIntoView({ block: "nearest" });
    const first = places(finding)[0]; // last, for a second smooth scroll ends the first
    if (first) first.scrollIntoView({ block: "center" });
  };

  findings.forEach((finding) => {
    finding.addEventListener("focusin", () => active !== finding && activate(finding));
    finding.querySelector("summary").addEventListener("click", () => activate(finding));
    finding.querySelector("details").addEventListener("toggle", draw);
  });
  all("mark .badge").forEach((badge) =>
    badge.addEventListener("click", (event) => {
      const finding = document.getElementById(badge.hash.slice(1));
      if (!finding) return;
      event.preventDefault();
      activate(finding);
      finding.querySelector("details").open = true;
      finding.querySelector("summary").focus();
    }));
  document.addEventListener("keydown", (event) => {
    const step = { n: 1, p: -1 }[event.key];
    if (!step || !findings.length || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = findings.indexOf(active);
    show(findings[(at + step + findings.length) % findings.length]);
  });

  // The ledger: a click on a heading sorts by it, another turns it round.
  all(".sortable th button").forEach((button) =>
    button.addEventListener("click", () => {
      const head = button.closest("th"), row = head.parentElement, body = head.closest("table").tBodies[0];
      const column = Array.from(row.cells).indexOf(head);
      const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      const key = (line) => {
        const cell = line.cells[column];
        return "order" in cell.dataset ? (cell.dataset.order === "" ? NaN : Number(cell.dataset.order)) : cell.textContent.trim();
      };
      const compare = (a, b) => {
        if (typeof a === "string") return a.localeCompare(b, "en", { numeric: true });
        return Number.isNaN(a) || Number.isNaN(b) ? Number.isNaN(a) - Number.isNaN(b) : a - b;
      };
      const lines = Array.from(body.rows).map((line, index) => [key(line), index, line]);
      lines.sort((a, b) => direction * compare(a[0], b[0]) || a[1] - b[1]);
      body.append(...lines.map((entry) => entry[2]));
      Array.from(row.cells).forEach((cell) => cell.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    }));

  const theme = document.getElementById("theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  addEventListener("beforeprint", () => { all("details").forEach((part) => { part.open = true; }); draw(); });
  addEventListener("resize", draw);
  if (document.fonts) document.fonts.ready.then(draw);
  if (findings.length) activate(findings[0]);
})();
