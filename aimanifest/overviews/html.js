"use strict";

const ORDER = ["met", "partial", "undetermined", "asked", "unstated", "unmet", "not-applicable"];

/** Give what a cell is sorted by: the rank of its outcome, a number that it carries, or its text. */
function key(cell) {
  const rank = ORDER.indexOf(cell.classList[0]);
  if (rank >= 0) return rank;
  if ("by" in cell.dataset) return Number(cell.dataset.by);
  return cell.textContent.trim();
}

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), "en", { numeric: true });
}

for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = table.querySelectorAll("thead th[data-column]");
  for (const head of heads) {
    const column = Number(head.dataset.column);
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", "sort by " + head.textContent.trim());
    button.addEventListener("click", () => {
      const turned = head.getAttribute("aria-sort") === "ascending";
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", turned ? "descending" : "ascending");
      const whole = rows.filter((row) => row.cells.length > column && row.cells[column].colSpan === 1);
      const keyed = whole.map((row) => [key(row.cells[column]), row]);
      keyed.sort((one, other) => (turned ? -1 : 1) * compare(one[0], other[0]));
      const unassessed = rows.filter((row) => !whole.includes(row));
      body.append(...keyed.map((each) => each[1]), ...unassessed);
    });
    head.append(button);
  }
}

// What a click would show, for those who only point.
document.addEventListener("pointerover", (event) => {
  const link = event.target.closest && event.target.closest("td > a.mark");
  const shown = link && !link.title && document.getElementById(link.hash.slice(1));
  if (!shown) return;
  const told = Array.from(shown.querySelectorAll(":scope > ul > li"), (each) => each.textContent);
  link.title = [link.getAttribute("aria-label"), ...told].join("\n");
});

// The cell whose evidence is shown.
function point() {
  for (const each of document.querySelectorAll("a.mark[aria-current]")) each.removeAttribute("aria-current");
  const cell = /^#r\d+f\d+q\d+$/.test(location.hash) && document.getElementById("c" + location.hash.slice(1));
  if (cell) cell.firstElementChild.setAttribute("aria-current", "true");
}
addEventListener("hashchange", point);
point();

document.addEventListener("keydown", (event) => {
  const back = event.key === "Escape" && document.querySelector(".cells > li:target .back a");
  if (back) back.click();
});
