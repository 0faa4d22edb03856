// The map of the list. A place known no better than its district or province is an area, not a pin: the province itself where its
// outline is at hand, else a circle of the usual size.
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
  const provinces = await outlines(incidents);
  const holding = (shapes, row) => shapes?.find((shape) => geoContains(shape, [row.lon, row.lat]));
  // Where no better than the country is known, the country is the area.
  const area = (row) => (row.precision === COUNTRY ? holding(countries, row) : holding(provinces.get(row.outlines), row)) ?? around(row, (RADIUS_KM[row.precision] ?? 90) / KM_PER_DEGREE);
  const whole = incidents.map((row) => ({ type: "Feature", geometry: around(row, AROUND_DEGREES) }));
  const areas = new Map(incidents.filter((row) => row.precision >= 3).map((row) => [row.id, area(row)]));
  const known = [...areas.values()].map((shape) => (shape.type === "Feature" ? shape : { type: "Feature", geometry: shape }));
  const projection = geoMercator().fitExtent([[20, 20], [width - 20, height - 20]], { type: "FeatureCollection", features: [...whole, ...known] });
  const path = geoPath(projection);
  svg.append("g").selectAll("path").data(countries).join("path").attr("class", "land").attr("d", path);
  svg.append("g").selectAll("text").data(named(countries, path, width, height)).join("text")
    .attr("transform", (land) => `translate(${path.centroid(land)})`).attr("text-anchor", "middle").text((land) => land.properties.name);
  const links = svg.append("g").selectAll("a").data([...incidents].sort((a, b) => b.precision - a.precision)).join("a")
    .attr("href", (row) => `/incidents/${encodeURIComponent(row.id)}`)
    .attr("aria-label", (row) => `${row.title}, killed: ${row.killed}${row.precision >= 3 ? ", somewhere in this area" : ""}`);
  links.filter((row) => row.precision >= 3).append("path").attr("class", "area").attr("d", (row) => path(areas.get(row.id)));
  links.filter((row) => row.precision < 3).append("circle").attr("class", "point").attr("r", 5).attr("transform", (row) => `translate(${projection([row.lon, row.lat])})`);
  links.select(".area, .point").append("title").text((row) => `${row.when}: ${row.title} (killed: ${row.killed})${row.precision >= 3 ? ", somewhere in this area" : ""}`);
}

// The provinces of the countries in which an incident is known no better, by country.
async function outlines(incidents) {
  const codes = [...new Set(incidents.map((row) => row.outlines).filter(Boolean))];
  return new Map(await Promise.all(codes.map(async (code) => {
    const drawn = await (await fetch(`/static/vendor/provinces/${code}.json`)).json();
    return [code, feature(drawn, drawn.objects.provinces).features];
  })));
}

// The countries whose names have room: the larger first, none over another.
function named(countries, path, width, height) {
  const taken = [];
  const fits = (land) => {
    const [x, y] = path.centroid(land), half = 4 * land.properties.name.length;
    const free = taken.every(([left, top, right]) => Math.abs(top - y) > 14 || x + half < left || x - half > right);
    const room = x - half > 0 && x + half < width && y > 15 && y < height - 10 && free;
    if (room) taken.push([x - half, y, x + half]);
    return room;
  };
  return [...countries].sort((a, b) => path.area(b) - path.area(a)).filter(fits);
}
