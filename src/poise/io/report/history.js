"use strict";
/* Minutes by week, pain, and every range of motion over time. */
const DAY = data.months ? "%-d. %b" : "%-d %b";
const height = 230;
const room = { l: 44, r: 14, t: 14, b: 42 };

function paint(node, traces, more, width) {
  const layout = Object.assign(frame(width ? 170 : height, room), more);
  if (width) Object.assign(layout, { width: width / 2, autosize: false });
  Plotly.react(node, traces, layout, SETTINGS);
}
/* A time axis that names no day twice: whole days of at least one, or of eight weeks where weeks are shown. */
function days(moments, weeks) {
  const whole = { type: "date", fixedrange: true, tickformat: DAY };
  const times = moments.map((at) => new Date(`${at.slice(0, 10)}T00:00Z`).getTime());
  const first = Math.min(...times), last = Math.max(...times), long = 864e5;
  if (!times.length || last - first > (weeks ? 49 : 6) * long) return whole;
  const range = weeks ? [last - 52 * long, last + 4 * long] : [first, last + long];
  return Object.assign(whole, { tick0: first, dtick: (weeks ? 7 : 1) * long, range, autorange: false });
}
function drawWeeks(width) {
  const shown = data.weeks.map((week) => week.day);
  const bars = {
    type: "bar", x: shown, width: 0.75 * 7 * 864e5, y: data.weeks.map((week) => week.minutes),
    customdata: data.weeks.map((week) => week.sessions), marker: { color: colour("accent") },
    hovertemplate: `%{y:.0f} min, ${say("sessions")}: %{customdata}<extra></extra>`,
  };
  paint(byId("weeks"), [bars], {
    xaxis: axis(Object.assign(days(shown, true), { hoverformat: `${say("week of")} ${DAY}` })),
    yaxis: axis({ fixedrange: true, rangemode: "tozero" }),
  }, width);
}
function drawPains(width) {
  const lines = ["before", "after"].map((when) => ({
    type: "scatter", mode: "lines+markers", name: say(when), x: data.pains[when].map((told) => told[0]),
    y: data.pains[when].map((told) => told[1]),
    line: { color: colour(when === "before" ? "soft" : "accent"), dash: when === "before" ? "dot" : "solid", width: 2 },
    marker: { size: 5, symbol: when === "before" ? "circle-open" : "circle" }, hovertemplate: `${say(when)} %{y}<extra></extra>`,
  }));
  paint(byId("pains"), lines, {
    showlegend: true, legend: { orientation: "h", x: 1, xanchor: "right", y: 1.12 },
    xaxis: axis(days([...data.pains.before, ...data.pains.after].map((told) => told[0]))), yaxis: axis({ range: [-0.4, 10.4], dtick: 2, fixedrange: true }),
  }, width);
}
function drawMotion(node, motion, width) {
  const lines = motion.sides.map((side) => ({
    type: "scatter", mode: "lines+markers", x: side.at, y: side.values,
    error_y: { type: "data", array: side.give.map((give) => give || 0), thickness: 1, width: 0, color: ofSide(side.side) },
    line: { color: ofSide(side.side), dash: dashOf(side.side), width: 2 },
    marker: { size: 6, symbol: side.side === "right" ? "square" : "circle" },
    hovertemplate: `${say(side.side || "both")} %{y}${motion.unit}<extra></extra>`,
  }));
  paint(node, lines, {
    xaxis: axis(days(motion.sides.flatMap((side) => side.at))),
    yaxis: axis({ ticksuffix: motion.unit === "°" ? "°" : "", fixedrange: true }),
  }, width);
}
keepDrawn((event) => {
  const width = typeof event === "number" ? event : 0;
  drawWeeks(width);
  if (byId("pains")) drawPains(width);
  document.querySelectorAll(".motion").forEach((node, i) => drawMotion(node, data.motions[i], width));
});
