// Everything here is an addition: the pages work without it. Nothing is loaded from elsewhere, and no text becomes markup.
import { startKeys } from "/static/keys.js";
import { drawMap } from "/static/pictures.js";
import { startSelecting } from "/static/selecting.js";

// How many decisions were sent from this page: one asked for before the last of them shows what was before it.
let decisions = 0;

// Whether a button is held down: what it stands in must not be exchanged under it, or the click is lost.
const pressing = () => document.querySelector("main :active") !== null;

// When the figures have followed a decision, the page of an incident shows them, unless somebody is typing: then it says so.
async function waitForUpdate() {
  const banner = document.getElementById("updating");
  if (!banner) return;
  try {
    const told = await fetch("/state.json");
    if (told.redirected) return; // signed out: the next form says so
    if (!told.ok || (await told.json()).running) return setTimeout(waitForUpdate, 700);
    if (location.pathname.startsWith("/incidents/") && !typing()) {
      const before = decisions, answer = await fetch(location.href), page = parsed(await answer.text());
      if (decisions !== before || pressing()) return setTimeout(waitForUpdate, 300);
      if (answer.ok && !typing()) swap(page, document.activeElement?.closest("[data-row]")?.id);
      if (document.getElementById("updating")) return waitForUpdate(); // by now another decision is being followed
    }
  } catch {
    return setTimeout(waitForUpdate, 5000); // the desk does not answer just now
  }
  document.getElementById("refused").before(banner);
  banner.firstElementChild.textContent = "The figures are up to date with the latest decision. ";
}

// Whether a field holds something else than the page gave it.
const changed = (field) => field.tagName === "SELECT"
  ? [...field.options].some((option) => option.selected !== option.defaultSelected) && (field.multiple || field.selectedIndex > 0)
  : field.value !== field.defaultValue || field.checked !== field.defaultChecked;

// Whether something stands in a form that was not sent, or is about to.
const typing = () => [...document.querySelectorAll("main :is(input, select, textarea)")].some((field) => field === document.activeElement || changed(field));

// What stands in the forms that were not sent: the form by what it stands in and where it goes, the field by its place in it.
const keyOf = (form) => [form.closest("[id]").id, form.getAttribute("action"), form.className].join(" ");
const unsent = (sent) => [...document.querySelectorAll("main form")].filter((form) => form !== sent)
  .flatMap((form) => [...form.elements].map((field, index) => [keyOf(form), index, field]))
  .filter(([, , field]) => field.matches("input:not([type=file]), select, textarea") && changed(field));

function putBack(kept) {
  const forms = new Map([...document.querySelectorAll("main form")].map((form) => [keyOf(form), form]));
  for (const [key, index, field] of kept) {
    const to = forms.get(key)?.elements[index];
    if (to?.name !== field.name) continue;
    if (field.tagName === "SELECT") for (const option of to.options) option.selected = [...field.selectedOptions].some((chosen) => chosen.value === option.value);
    else if (field.type === "checkbox" || field.type === "radio") to.checked = field.checked;
    else to.value = field.value;
  }
}

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

// The content of the page takes the place of what is shown; what stands open, what was typed elsewhere, the focus and the
// place on the screen stay.
function swap(page, row, sent = null) {
  const open = opened(sent ? row : null), kept = unsent(sent);
  const top = () => document.getElementById(row)?.getBoundingClientRect().top ?? 0;
  const before = top();
  document.getElementById("main").replaceWith(page.getElementById("main"));
  document.getElementById("updating")?.remove();
  const banner = page.getElementById("updating");
  if (banner) document.getElementById("refused").before(banner);
  prepare();
  for (const [id, index] of open) detailsOf(id)[index]?.setAttribute("open", "");
  putBack(kept);
  (document.getElementById(row) ?? document.getElementById("main")).focus({ preventScroll: true });
  if (document.getElementById(row)) scrollBy(0, top() - before);
}

// A decision is sent without leaving the place: the page it leads to takes the place of this one, focus and scroll stay. Where it
// is refused, what was typed stays in the form.
async function decideInPlace(event) {
  const form = event.target;
  if (!form.matches("form[data-inplace]")) return;
  event.preventDefault();
  const row = form.closest("[data-row]")?.id;
  const address = event.submitter?.getAttribute("formaction") ?? form.action;
  decisions += 1;
  let answer, page;
  try {
    [answer, page] = await send(form, event.submitter, address);
    // A form of an earlier session or run of the desk is good again with the token of now.
    if (answer.status === 403 && (await renewed())) [answer, page] = await send(form, event.submitter, address);
  } catch {
    return refuse("The desk does not answer: is it still running? Nothing was signed");
  }
  if (!answer.ok) return refuse(page.getElementById("what")?.textContent ?? `refused (${answer.status})`, answer.status === 401);
  if (new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
  document.getElementById("refused").hidden = true;
  swap(page, row, form);
  waitForUpdate();
}

async function send(form, submitter, address) {
  const fields = new FormData(form, submitter);
  const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
  const answer = await fetch(address, { method: "POST", body });
  return [answer, parsed(await answer.text())];
}

// Takes over the token that the page would have if it were loaded now; false where that is the one it has.
async function renewed() {
  const page = parsed(await (await fetch(location.href)).text());
  const token = page.querySelector("#main input[name=token]")?.value;
  const fields = [...document.querySelectorAll("input[name=token]")];
  if (!token || fields.every((field) => field.value === token)) return false;
  for (const field of fields) field.value = token;
  return true;
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

function refuse(message, signedOut = false) {
  const place = document.getElementById("refused");
  place.textContent = `Not signed: ${message}. What you typed is still here. `;
  const link = document.createElement("a");
  if (signedOut) {
    link.href = "/sign-in";
    link.target = "_blank";
    link.textContent = "Sign in in a new tab, then send this again";
  } else {
    link.href = location.href;
    link.textContent = "Load the page again";
    link.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
  }
  place.append(link);
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
