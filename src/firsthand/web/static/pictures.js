// The map of the list. A place known no better than its district or province is an area, not a pin.
import { feature, geoCircle, geoContains, geoMercator, geoPath, select } from "/static/vendor/d3.js";

// Radius in kilometres that a UCDP precision code stands for: 3 district, 4 province, 5 part of a country, 7 water or air.
// A country is drawn as itself.
const RADIUS_KM = { 3: 40, 4: 90, 5: 180, 6: 300, 7: 300 };
const COUNTRY = 6;
const KM_PER_DEGREE = 111.2;
// What the map shows around a place at least: enough for a coast or a border to be seen.
const AROUND_DEGREES = 3;

export async function drawMap(node, incidents) {
  const width = 960, height = 480;
  node.replaceChildren();
  const svg = select(node).append("svg").attr("viewBox", `0 0 ${width} ${height}`);
  if (!incidents.length) {
    svg.append("text").attr("x", 20).attr("y", 30).text("No incident in the list has a place that is known.");
    return;
  }
  const world = await (await fetch("/static/vendor/countries-50m.json")).json();
  const around = (row, degrees) => geoCircle().center([row.lon, row.lat]).radius(degrees)();
  const countries = feature(world, world.objects.countries).features;
  const shown = { type: "FeatureCollection", features: incidents.map((row) => ({ type: "Feature", geometry: around(row, AROUND_DEGREES) })) };
  const projection = geoMercator().fitExtent([[20, 20], [width - 20, height - 20]], shown);
  const path = geoPath(projection);
  svg.append("g").selectAll("path").data(countries).join("path").attr("class", "land").attr("d", path);
  svg.append("g").selectAll("text").data(countries.filter((land) => inside(path.centroid(land), width, height))).join("text")
    .attr("transform", (land) => `translate(${path.centroid(land)})`).attr("text-anchor", "middle").text((land) => land.properties.name);
  // Where no better than the country is known, the country is the area.
  const area = (row) => (row.precision === COUNTRY && countries.find((land) => geoContains(land, [row.lon, row.lat]))) || around(row, (RADIUS_KM[row.precision] ?? 90) / KM_PER_DEGREE);
  const links = svg.append("g").selectAll("a").data([...incidents].sort((a, b) => b.precision - a.precision)).join("a")
    .attr("href", (row) => `/incidents/${encodeURIComponent(row.id)}`)
    .attr("aria-label", (row) => `${row.title}, killed: ${row.killed}${row.precision >= 3 ? ", somewhere in this area" : ""}`);
  links.filter((row) => row.precision >= 3).append("path").attr("class", "area").attr("d", (row) => path(area(row)));
  links.filter((row) => row.precision < 3).append("circle").attr("class", "point").attr("r", 5).attr("transform", (row) => `translate(${projection([row.lon, row.lat])})`);
  links.select(".area, .point").append("title").text((row) => `${row.when}: ${row.title} (killed: ${row.killed})${row.precision >= 3 ? ", somewhere in this area" : ""}`);
}

const inside = ([x, y], width, height) => x > 30 && x < width - 30 && y > 15 && y < height - 10;
