"use strict";
/* The timeline of one session, and the video that goes with it. */
const video = byId("video");
const plot = byId("plot");
const timeline = byId("timeline");
const shown = new Set(data.rows.map((row, index) => index).filter((index) => data.rows[index].shown));
const MOST_STILLS = 12, ROW_PX = 150, TOP_PX = 8, BOTTOM_PX = 40;
let now = data.start;
/* What of the clip the plot shows; a long one has more moments than that has columns. */
let view = [data.start, data.end];
const MOST_POINTS = 3000, MOST_BARS = 300, COLUMNS = 150, BY_THE_CLOCK = data.end - data.start > 120;
const TICKS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

/* A moment as it is written everywhere: "9.5 s", from a minute on "1:05.5", from an hour on "1:01:05.5". */
function clock(t, digits = 1) {
  const [hours, minutes] = [Math.floor(t / 3600), Math.floor(t / 60)];
  if (t < 60 && digits) return `${t.toFixed(digits)} s`;
  const seconds = (t % 60).toFixed(digits).padStart(digits ? 4 : 2, "0");
  return hours ? `${hours}:${String(minutes % 60).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/* One line for each side: repetitions as bars, holds inside them, faults and near misses as marks. */
const lanes = [...new Set(data.repetitions.concat(data.holds, data.faults, data.misses).map((one) => one.side || "both"))]
  .sort();
const lane = (side) => lanes.indexOf(side || "both");

const seen = (from, to) => to >= view[0] && from <= view[1];
function bars(all, width, lower, opacity, label) {
  const list = all.filter((one) => seen(one.start_s, one.end_s));
  return list.length > MOST_BARS ? strokes(list, 30 * width, lower, opacity) : [{
    type: "bar", orientation: "h", base: list.map((one) => one.start_s), x: list.map((one) => one.end_s - one.start_s),
    y: list.map((one) => lane(one.side) - lower), width, xaxis: "x", yaxis: "y", hovertemplate: "%{customdata}<extra></extra>",
    marker: { color: list.map((one) => ofSide(one.side)), opacity }, customdata: list.map(label),
    text: opacity < 0.5 ? list.map((one) => String(one.n)) : [], textposition: "inside", insidetextanchor: "start",
    textfont: { color: colour("ink") }, textangle: 0,
  }];
}
/* So many bars that none can be read: where there are any, as one line for each side, which is drawn at once. */
function strokes(list, width, lower, opacity) {
  const columnS = (view[1] - view[0]) / COLUMNS;
  return lanes.map((name) => {
    const spans = [];
    for (const one of list) {
      const last = spans[spans.length - 1];
      if ((one.side || "both") !== name) continue;
      if (last && one.start_s < last[1] + columnS) last[1] = Math.max(last[1], one.end_s);
      else spans.push([one.start_s, Math.max(one.end_s, one.start_s + columnS)]);
    }
    return {
      type: "scatter", mode: "lines", x: spans.flatMap(([from, to]) => [from, to, null]),
      y: spans.flatMap(() => [lane(name) - lower, lane(name) - lower, null]), xaxis: "x", yaxis: "y", hoverinfo: "skip",
      line: { width, color: ofSide(name) }, opacity, connectgaps: false,
    };
  });
}
/* Of so many marks that they hide one another, one for each column and side. */
function spaced(list) {
  if (list.length <= MOST_BARS) return list;
  const columnS = (view[1] - view[0]) / COLUMNS, last = {};
  return list.filter((one) => {
    if (one.t_s < last[one.side] + columnS) return false;
    last[one.side] = one.t_s;
    return true;
  });
}
function marks(all, symbol, colourOf, label) {
  const list = spaced(all.filter((one) => seen(one.t_s, one.t_s)));
  return {
    type: "scatter", mode: "markers", x: list.map((one) => one.t_s), y: list.map((one) => lane(one.side) + 0.34),
    xaxis: "x", yaxis: "y", hovertemplate: "%{customdata}<extra></extra>", customdata: list.map(label),
    marker: { symbol, size: 10, color: colourOf, line: { width: 1, color: colour("card") } },
  };
}
function events() {
  const took = (one) => `${(one.end_s - one.start_s).toFixed(1)} s`;
  return [
    ...bars(data.repetitions, 0.7, 0, 0.3, (one) => `${say("repetition")} ${one.n}, ${took(one)}`),
    ...bars(data.holds, 0.14, 0.25, 0.9, (one) => `${say("held")} ${one.held_s.toFixed(1)} ${say("of")} ${one.target_s} s`),
    marks(data.faults, "triangle-down", colour("fault"), (one) => "▼ " + plain(one.say)),
    marks(data.misses, "diamond-open", colour("ink"),
      (one) => `◇ ${say("near miss")}: ${plain(one.words)} ${one.short_by.toFixed(0)}${one.unit} ${say("short")}`),
  ];
}
function indexOf(t) {
  let low = 0, high = data.t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (data.t[middle] < t) low = middle + 1;
    else high = middle;
  }
  return low;
}
/* The moments of a curve that are drawn: all in view, or the least and the greatest of every few. */
function drawn(values) {
  const first = Math.max(0, indexOf(view[0]) - 1), last = Math.min(data.t.length, indexOf(view[1]) + 2);
  const of = Math.ceil((2 * (last - first)) / MOST_POINTS);
  const kept = [];
  for (let i = first; i < last; i += of > 2 ? of : 1) {
    let least = i, most = i;
    for (let j = i; of > 2 && j < Math.min(i + of, last); j += 1) {
      if (values[j] === null) continue;
      if (values[least] === null || values[j] < values[least]) least = j;
      if (values[most] === null || values[j] > values[most]) most = j;
    }
    kept.push(...(of > 2 ? [Math.min(least, most), Math.max(least, most)] : [i]));
  }
  const x = kept.map((index) => data.t[index]);
  return { x, y: kept.map((index) => values[index]), customdata: x.map((t) => clock(t)) };
}
const dense = () => indexOf(view[1]) - indexOf(view[0]) > MOST_POINTS; // where a dash would take long to draw, and be none
function ticks() {
  const most = narrow() ? 5 : 10;
  const step = TICKS_S.find((one) => (view[1] - view[0]) / one <= most) || TICKS_S[TICKS_S.length - 1];
  const tickvals = [];
  for (let t = Math.ceil(view[0] / step) * step; t <= view[1]; t += step) tickvals.push(t);
  return { tickvals, ticktext: tickvals.map((t) => clock(t, 0)), title: { text: "" } };
}
function lines(row, number) {
  return row.curves.map((curve) => ({
    ...drawn(curve.values), type: "scatter", mode: "lines", xaxis: "x", yaxis: "y" + number, connectgaps: false,
    line: { color: ofSide(curve.side), width: 1.8, dash: dense() ? "solid" : dashOf(curve.side) },
    hovertemplate: `${plain(curve.side ? say(curve.side) : row.name)} %{y:.0f}${row.unit}, %{customdata}<extra></extra>`,
  }));
}
function targets(row, number) {
  const kinds = { step: "target", rest: "soft", fault: "fault" };
  return row.targets.flatMap((target) => target.at.map((at) => ({
    type: "line", xref: "paper", x0: 0, x1: 1, yref: "y" + number, y0: at, y1: at, layer: "below",
    line: { color: colour(kinds[target.kind]), width: 1.3, dash: target.kind === "step" ? "solid" : "dot" },
  })));
}
function labels(row, number, top) {
  const words = row.targets.filter((target) => target.kind !== "rest").map((target) =>
    `<span style="color:${colour(target.kind === "fault" ? "fault" : "target")}">${plain(target.label)}</span>`);
  const title = `<b>${plain(row.name)}</b> (${plain(narrow() ? row.unit.trim() : row.measured_in)})`;
  return [{
    xref: "paper", x: 0, xanchor: "left", yref: "paper", y: top, yanchor: "bottom", showarrow: false, align: "left",
    text: [title, ...words.slice(0, narrow() ? 1 : 3)].join("   "),
  }];
}
function draw(width) {
  const rows = data.rows.filter((row, index) => shown.has(index));
  const lanePx = lanes.length ? 22 + 30 * lanes.length : 10;
  const height = TOP_PX + lanePx + ROW_PX * rows.length + BOTTOM_PX;
  const inner = height - TOP_PX - BOTTOM_PX;
  const layout = Object.assign(frame(height, { l: narrow() ? 38 : 52, r: 12, t: TOP_PX, b: BOTTOM_PX }), {
    barmode: "overlay", hovermode: "closest", shapes: [], annotations: [],
    xaxis: axis({ range: view, title: { text: say("seconds"), standoff: 6 }, anchor: "y" + (rows.length ? rows.length + 1 : ""),
      ticksuffix: "", hoverformat: ".1f", ...(BY_THE_CLOCK ? ticks() : {}) }),
    yaxis: axis({ domain: [1 - (lanePx - 6) / inner, 1], fixedrange: true, range: [-0.5, Math.max(lanes.length, 1) - 0.4], showgrid: false,
      zeroline: false, automargin: true, tickvals: lanes.map((name, index) => index), ticktext: lanes.map(say) }),
  });
  if (width) Object.assign(layout, { width, autosize: false });
  const traces = events();
  rows.forEach((row, index) => {
    const number = index + 2;
    const top = 1 - (lanePx + ROW_PX * index + 24) / inner;
    layout["yaxis" + number] = axis({ domain: [Math.max(0, top - (ROW_PX - 34) / inner), top], fixedrange: true,
      ticksuffix: row.unit === "°" ? "°" : "", nticks: 5 });
    traces.push(...lines(row, number));
    layout.shapes.push(...targets(row, number));
    layout.annotations.push(...labels(row, number, top));
  });
  for (const one of data.framing) {
    layout.shapes.push({ type: "rect", xref: "x", x0: one.t_s, x1: one.until_s, yref: "paper", y0: 0, y1: 1, layer: "below",
      fillcolor: colour("soft"), opacity: 0.18, line: { width: 0 } });
  }
  Plotly.react(plot, traces, layout, { ...SETTINGS, doubleClick: false });
  place();
}

const ROWS = [...document.querySelectorAll(".repetitions tbody tr")]
  .map((row) => ({ row, start: +row.dataset.t, end: +row.dataset.end }));
/* The line that stands where the video is. */
function place() {
  const x = plot._fullLayout && plot._fullLayout.xaxis;
  const head = byId("head");
  if (!x || !video) return;
  const inside = now >= x.range[0] - 1e-6 && now <= x.range[1] + 1e-6;
  head.hidden = !inside;
  head.style.left = x._offset + x.d2p(now) + "px";
  timeline.setAttribute("aria-valuenow", now.toFixed(1));
  timeline.setAttribute("aria-valuetext", now < 60 ? `${now.toFixed(1)} ${say("seconds")}` : clock(now));
  for (const { row, start, end } of ROWS) {
    const isNow = now >= start && now < end;
    if (isNow !== row.classList.contains("now")) row.classList.toggle("now", isNow);
  }
}
function seek(t) {
  now = Math.min(Math.max(t, data.start), data.end);
  if (video) video.currentTime = now;
  place();
}

/* The video's bytes are in the page; as an object of its own, every browser can seek in it. */
function load() {
  const film = byId("film");
  if (!film) return;
  const text = atob(film.textContent.trim());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  video.src = URL.createObjectURL(new Blob([bytes], { type: film.dataset.type }));
  film.remove();
}
/* Resolves when the picture at a time is there to be drawn: "seeked" alone may come before the picture does. */
function sought(reel, t) {
  return new Promise((done) => {
    if (reel.requestVideoFrameCallback) reel.requestVideoFrameCallback(done);
    reel.addEventListener("seeked", () => setTimeout(done, 400), { once: true });
    reel.currentTime = t;
  });
}
/* The farthest moment of each repetition as a picture; from an element of its own, so that the video stays where it is. */
async function still(reel, one) {
  await sought(reel, one.best_s + 0.02); // a time on the edge between two pictures may give the one before
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = Math.round((320 * reel.videoHeight) / reel.videoWidth);
  canvas.getContext("2d").drawImage(reel, 0, 0, canvas.width, canvas.height);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "still" });
  button.dataset.t = one.best_s;
  button.append(canvas, [`${one.n}${one.side ? " " + say(one.side) : ""}`, one.best].filter(Boolean).join(", "));
  byId("stills").append(button);
}
async function showStills() {
  const seen = data.repetitions.filter((one) => one.best_s !== undefined);
  const every = Math.max(1, seen.length / MOST_STILLS);
  const reel = Object.assign(document.createElement("video"), { muted: true, preload: "auto", src: video.src });
  await new Promise((done) => reel.addEventListener("loadeddata", done, { once: true }));
  for (let i = 0; i < seen.length; i += every) await still(reel, seen[Math.floor(i)]);
}
function follow() {
  now = video.currentTime;
  place();
  if (!video.paused) requestAnimationFrame(follow);
}
function offerMeasures() {
  if (data.rows.length < 2) return;
  data.rows.forEach((row, index) => {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: shown.has(index) });
    const label = document.createElement("label");
    label.title = row.meaning;
    label.append(box, row.name);
    box.addEventListener("change", () => {
      if (box.checked) shown.add(index);
      else shown.delete(index);
      draw();
    });
    byId("choice").append(label);
  });
}
function timeAt(event) {
  const x = plot._fullLayout.xaxis;
  return x.p2d(event.clientX - plot.getBoundingClientRect().left - x._offset);
}

offerMeasures();
keepDrawn(draw);
plot.on("plotly_relayout", (change) => {
  const range = change["xaxis.range"] || [change["xaxis.range[0]"], change["xaxis.range[1]"]];
  if (range[0] === undefined) return place();
  view = [...range];
  draw();
});
plot.on("plotly_doubleclick", () => {
  view = [data.start, data.end];
  draw();
});
plot.on("plotly_afterplot", place);
if (video) {
  load();
  if (byId("stills")) showStills();
  video.addEventListener("play", follow);
  video.addEventListener("seeked", follow);
  plot.addEventListener("click", (event) => seek(timeAt(event)));
}
document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-t]");
  if (target) seek(+target.dataset.t);
});
timeline.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -0.5, ArrowRight: 0.5, PageUp: -5, PageDown: 5 }[event.key];
  if (step !== undefined) seek(now + step);
  else if (event.key === "Home") seek(data.start);
  else if (event.key === "End") seek(data.end);
  else if (event.key === " " && video) video.paused ? video.play() : video.pause();
  else return;
  event.preventDefault();
});
