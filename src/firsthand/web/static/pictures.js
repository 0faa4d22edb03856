// The map and the timeline of the list. A place known no better than its province is an area, not a pin.
import { axisBottom, axisLeft, feature, geoCircle, geoMercator, geoPath, scaleLinear, scaleUtc, select } from "/static/vendor/d3.js";

// Radius in kilometres that a UCDP precision code stands for: 1 exact … 4 province, 5 part of a country, 6 country.
const RADIUS_KM = { 1: 1, 2: 25, 3: 40, 4: 90, 5: 180, 6: 300, 7: 300 };
const KM_PER_DEGREE = 111.2;
// What the map shows around a place at least: enough for a coast or a border to be seen.
const AROUND_DEGREES = 6;

export async function drawMap(node, incidents) {
  const width = 640, height = 420;
  const svg = select(node).append("svg").attr("viewBox", `0 0 ${width} ${height}`);
  if (!incidents.length) {
    svg.append("text").attr("x", 20).attr("y", 30).text("No incident in the list has a place that is known.");
    return;
  }
  const world = await (await fetch("/static/vendor/countries-50m.json")).json();
  const areas = incidents.map((row) => ({
    ...row,
    circle: geoCircle().center([row.lon, row.lat]).radius((RADIUS_KM[row.precision] ?? 90) / KM_PER_DEGREE)(),
  }));
  const extent = { type: "FeatureCollection", features: areas.map((row) => ({ type: "Feature", geometry: geoCircle().center([row.lon, row.lat]).radius(AROUND_DEGREES)() })) };
  const projection = geoMercator().fitExtent([[20, 20], [width - 20, height - 20]], extent);
  const path = geoPath(projection);
  svg.append("g").selectAll("path").data(feature(world, world.objects.countries).features).join("path").attr("class", "land").attr("d", path);
  svg.append("g").selectAll("path").data(areas.filter((row) => row.precision >= 3)).join("path").attr("class", "area").attr("d", (row) => path(row.circle))
    .append("title").text((row) => `${row.when}: ${row.title} (somewhere in this area)`);
  svg.append("g").selectAll("a").data(areas.filter((row) => row.precision < 3)).join("a").attr("href", (row) => `/incidents/${encodeURIComponent(row.id)}`)
    .append("circle").attr("class", "point").attr("r", 4).attr("transform", (row) => `translate(${projection([row.lon, row.lat])})`)
    .append("title").text((row) => `${row.when}: ${row.title}`);
}

export function drawTimeline(node, days) {
  const width = 640, height = 140, left = 32, bottom = 22;
  const svg = select(node).append("svg").attr("viewBox", `0 0 ${width} ${height}`);
  if (!days.length) {
    svg.append("text").attr("x", 20).attr("y", 30).text("No incident in the list has a day that is known.");
    return;
  }
  const dates = days.map(([day]) => new Date(`${day}T00:00:00Z`));
  const pad = 43200000;
  const x = scaleUtc([new Date(+dates[0] - pad), new Date(+dates[dates.length - 1] + 3 * pad)], [left, width - 8]);
  const y = scaleLinear([0, Math.max(...days.map(([, n]) => n))], [height - bottom, 8]).nice();
  const bar = Math.max(1.5, Math.min(14, x(new Date(+dates[0] + 2 * pad)) - x(dates[0]) - 1));
  svg.append("g").attr("transform", `translate(0,${height - bottom})`).call(axisBottom(x).ticks(6));
  svg.append("g").attr("transform", `translate(${left},0)`).call(axisLeft(y).ticks(Math.min(3, Math.max(...days.map(([, n]) => n))), "d"));
  svg.append("g").selectAll("rect").data(days).join("rect").attr("x", (_, i) => x(dates[i])).attr("y", ([, n]) => y(n)).attr("width", bar).attr("height", ([, n]) => y(0) - y(n))
    .append("title").text(([day, n]) => `${day}: ${n} ${n === 1 ? "incident" : "incidents"}`);
}
