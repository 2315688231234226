"use strict";
/* What the plots of all pages share: colours from the style sheet, Plotly's settings, lines of a measure. */
const data = JSON.parse(document.getElementById("data").textContent);
// What the page says in another language than the script.
const say = (english) => (data.words || {})[english] || english;
if (data.months) Plotly.register({ moduleType: "locale", name: document.documentElement.lang, dictionary: {},
  format: { shortMonths: data.months, months: data.months } });
const byId = (id) => document.getElementById(id);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const ofSide = (side) => colour(side === "left" || side === "right" ? side : "ink");
const dashOf = (side) => (side === "right" ? "dash" : "solid");
const narrow = () => window.innerWidth < 640;
// Plotly reads simple HTML in texts: what comes from files is shown as it is written.
const plain = (text) => String(text).replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

function frame(height, margin) {
  const text = { family: "inherit", size: narrow() ? 11 : 12, color: colour("ink") };
  return {
    height, margin, font: text, showlegend: false, hovermode: "x unified",
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    hoverlabel: { bgcolor: colour("card"), bordercolor: colour("line"), font: text },
    dragmode: window.matchMedia("(pointer: coarse)").matches ? false : "zoom",
  };
}
const axis = (more) => Object.assign(
  { gridcolor: colour("line"), zerolinecolor: colour("line"), linecolor: colour("line"), tickcolor: colour("line") }, more);
const SETTINGS = { locale: document.documentElement.lang, displayModeBar: false, responsive: true, doubleClick: "reset", scrollZoom: false };

/* Draw now, whenever colours or the width change, and for paper. */
function keepDrawn(draw) {
  draw();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  // Paper is light and of its own width, whatever the screen is; the style sheet for print applies later than this.
  window.addEventListener("beforeprint", () => {
    document.documentElement.classList.add("paper");
    draw(690);
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.classList.remove("paper");
    draw();
  });
}
