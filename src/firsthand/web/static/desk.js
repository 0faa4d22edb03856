// Everything here is an addition: the pages work without it. Nothing is loaded from elsewhere, and no text becomes markup.
import { drawMap, drawTimeline } from "/static/pictures.js";

const keys = {
  next: "j", previous: "k", accept: "a", reject: "x", correct: "e", open: "o", search: "/", queue: "g", decisions: "u", help: "?",
};
const rows = () => [...document.querySelectorAll("[data-row]")];
const current = () => document.activeElement?.closest("[data-row]");

function step(by) {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(current());
  const target = all[Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

const press = (key) => current()?.querySelector(`[data-key="${key}"]`)?.click();
const actions = {
  next: () => step(1),
  previous: () => step(-1),
  accept: () => press("a"),
  reject: () => press("x"),
  correct: () => press("e"),
  open: () => (current()?.querySelector("[data-open]") ?? current()?.querySelector("a"))?.click(),
  search: () => document.getElementById("search")?.focus(),
  queue: () => location.assign("/queue"),
  decisions: () => location.assign("/decisions"),
  help: () => document.getElementById("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
  const name = Object.keys(keys).find((action) => keys[action] === event.key);
  if (!name) return;
  event.preventDefault();
  actions[name]();
});

async function waitForUpdate() {
  const banner = document.getElementById("updating");
  if (!banner) return;
  const state = await (await fetch("/state.json")).json();
  if (state.running) setTimeout(waitForUpdate, 700);
  else banner.firstElementChild.textContent = "The figures are up to date with the latest decision. ";
}

for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
const read = (id) => JSON.parse(document.getElementById(id)?.textContent || "[]");
if (document.getElementById("map")) drawMap(document.getElementById("map"), read("map-data"));
if (document.getElementById("timeline")) drawTimeline(document.getElementById("timeline"), read("day-data"));
waitForUpdate();
