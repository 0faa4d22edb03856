#!/usr/bin/env bash
# Makes the desk's vendored scripts anew: needs node and npm, and is run by hand when a version is raised.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent d3-selection@3 d3-geo@3 topojson-client@3 world-atlas@2.0.2 esbuild@0.28.2
cat >entry.js <<'JS'
export { select } from "d3-selection";
export { geoCircle, geoContains, geoMercator, geoPath } from "d3-geo";
export { feature } from "topojson-client";
JS
node_modules/.bin/esbuild entry.js --bundle --minify --format=esm --outfile="$here/src/firsthand/web/static/vendor/d3.js"
cp node_modules/world-atlas/countries-50m.json "$here/src/firsthand/web/static/vendor/"
for folder in node_modules/d3-* node_modules/internmap node_modules/topojson-client node_modules/world-atlas; do
  [ -d "$folder" ] || continue
  printf '== %s %s\n\n' "$(basename "$folder")" "$(node -p "require('./$folder/package.json').version")"
  cat "$folder"/LICENSE*
  echo
done >"$here/src/firsthand/web/static/vendor/LICENSES.txt"
