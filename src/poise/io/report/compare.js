"use strict";
/* Every repetition of two sessions, drawn over each other. */
const plot = byId("plot");
const sides = ["left", "right"]; // the two colours
let scale = "share";

function courses(session, index) {
  const style = { color: colour(sides[index]), dash: dashOf(sides[index]) };
  const lines = session.lines.map((line) => {
    const whole = line.t[line.t.length - 1] || 1;
    return {
      type: "scatter", mode: "lines", x: scale === "share" ? line.t.map((t) => (100 * t) / whole) : line.t, y: line.values,
      line: Object.assign({ width: 1 }, style), opacity: scale === "share" ? 0.4 : 0.75, hoverinfo: "skip",
    };
  });
  if (scale === "share" && session.lines.length) {
    lines.push({
      type: "scatter", mode: "lines", x: session.mean.map((value, i) => (100 * i) / (session.mean.length - 1)),
      y: session.mean, line: Object.assign({ width: 3.5 }, style),
      hovertemplate: say("{curve} at {share} %").replace("{curve}", () => `${plain(session.name)} %{y:.0f}${data.unit}`)
        .replace("{share}", "%{x:.0f}") + "<extra></extra>",
    });
  }
  return lines;
}
function draw(width) {
  const layout = Object.assign(frame(width ? 270 : 360, { l: 48, r: 14, t: 14, b: 44 }), {
    hovermode: "closest",
    xaxis: axis({ title: { text: say(scale === "share" ? "% of the repetition" : "seconds"), standoff: 6 }, fixedrange: true,
      hoverformat: ".0f" }),
    yaxis: axis({ ticksuffix: data.unit === "°" ? "°" : "", fixedrange: true }),
  });
  if (width) Object.assign(layout, { width, autosize: false });
  Plotly.react(plot, data.sessions.flatMap(courses), layout, SETTINGS);
}
if (plot) {
  keepDrawn(draw);
  for (const box of document.querySelectorAll("[name=scale]")) {
    box.addEventListener("change", () => {
      scale = box.value;
      draw();
    });
  }
}
