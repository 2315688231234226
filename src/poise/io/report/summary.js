"use strict";
/* Finding one clip among thousands: a word to look for, and an order by any column. Without this the page reads the same. */
const data = JSON.parse(document.getElementById("data").textContent);
const say = (english) => (data.words || {})[english] || english;
const table = document.querySelector(".clips");
const rows = table ? [...table.tBodies[0].rows] : [];
const valueOf = (cell) => cell.dataset.v || cell.textContent.trim();

function show(word) {
  const wanted = word.trim().toLowerCase();
  for (const row of document.querySelectorAll(".stacked tbody tr")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
}
function order(head) {
  const column = head.cellIndex;
  const up = head.getAttribute("aria-sort") === "descending" || (!head.hasAttribute("aria-sort") && !head.matches(".right"));
  const compare = (a, b) => valueOf(a.cells[column]).localeCompare(valueOf(b.cells[column]), undefined, { numeric: true });
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  table.tBodies[0].append(...rows.sort((a, b) => (up ? compare(a, b) : compare(b, a))));
}
if (rows.length > 1) {
  const field = Object.assign(document.createElement("input"), { type: "search", placeholder: say("find a clip"), className: "find" });
  field.setAttribute("aria-label", say("find a clip by its name, exercise or correction"));
  field.addEventListener("input", () => show(field.value));
  document.querySelector(".tiles").after(field);
  for (const head of table.tHead.rows[0].cells) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "order", textContent: head.textContent });
    button.addEventListener("click", () => order(head));
    head.replaceChildren(button);
  }
}
