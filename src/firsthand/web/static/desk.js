// Everything here is an addition: the pages work without it. Nothing is loaded from elsewhere, and no text becomes markup.
import { startKeys } from "/static/keys.js";
import { drawMap } from "/static/pictures.js";
import { startSelecting } from "/static/selecting.js";

async function waitForUpdate() {
  const banner = document.getElementById("updating");
  if (!banner) return;
  const state = await (await fetch("/state.json")).json();
  if (state.running) setTimeout(waitForUpdate, 700);
  else banner.firstElementChild.textContent = "The figures are up to date with the latest decision. ";
}

// A decision is sent without leaving the place: the page it leads to takes the place of this one, focus and scroll stay.
async function decideInPlace(event) {
  const form = event.target;
  if (!form.matches("form[data-inplace]")) return;
  event.preventDefault();
  const row = form.closest("[data-row]")?.id;
  const fields = new FormData(form, event.submitter);
  let answer;
  try {
    answer = await fetch(event.submitter?.getAttribute("formaction") ?? form.action, { method: "POST", body: new URLSearchParams(fields) });
  } catch {
    return refuse("The desk does not answer: is it still running? Nothing was signed.");
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok) return refuse(page.getElementById("what")?.textContent ?? `refused (${answer.status})`);
  const open = opened(row);
  document.getElementById("refused").hidden = true;
  document.getElementById("main").replaceWith(page.getElementById("main"));
  document.getElementById("updating")?.remove();
  const banner = page.getElementById("updating");
  if (banner) document.getElementById("refused").before(banner);
  prepare();
  for (const [id, index] of open) detailsOf(id)[index]?.setAttribute("open", "");
  (document.getElementById(row) ?? document.getElementById("main")).focus({ preventScroll: true });
  waitForUpdate();
}

// What stands open stays open, but for the form that was sent: each by what it stands in, and how many came before it there.
const detailsOf = (id) => [...(document.getElementById(id)?.querySelectorAll("details") ?? [])];
const opened = (row) => [...document.querySelectorAll("main details[open]")]
  .filter((node) => !row || node.closest("[data-row]")?.id !== row)
  .map((node) => [node.parentElement.closest("[id]").id, node])
  .map(([id, node]) => [id, detailsOf(id).indexOf(node)]);

// A link to something folded away opens what it is folded in.
function unfold() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (!target) return;
  for (let node = target.parentElement; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  target.scrollIntoView();
}

function refuse(message) {
  const place = document.getElementById("refused");
  place.textContent = `Not signed: ${message}. What you typed is still here. `;
  const again = document.createElement("a");
  again.href = location.href;
  again.textContent = "Load the page again";
  again.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
  place.append(again);
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

function prepare() {
  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
  const map = document.getElementById("map");
  if (map) fetch(map.dataset.from).then((answer) => answer.json()).then((incidents) => drawMap(map, incidents));
  startSelecting();
}

document.addEventListener("submit", decideInPlace);
addEventListener("hashchange", unfold);
startKeys();
prepare();
unfold();
waitForUpdate();
