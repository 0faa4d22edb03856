// The keyboard: what each key does, and which key does it, which a person can change. Kept in this browser alone.
const STORE = "firsthand.keys";

const step = (by) => {
  const all = [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
  if (!all.length) return;
  const here = all.indexOf(current());
  const target = all[Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
  target.focus();
  target.scrollIntoView({ block: "nearest" });
};
const current = () => document.activeElement?.closest("[data-row]");
const press = (name) => {
  const found = current()?.querySelector(`[data-key="${name}"]`) ?? (current() ? null : document.querySelector(`main > [data-key="${name}"]`));
  for (let node = found?.parentElement.parentElement; node && found.tagName === "SUMMARY"; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  found?.click();
  if (found?.tagName === "SUMMARY") found.parentElement.querySelector("input:not([type=hidden]), textarea")?.focus();
};
const go = (address) => () => location.assign(address);
const toward = (id) => () => document.getElementById(id)?.scrollIntoView();

// Name, key, what it does, and how.
const ACTIONS = [
  ["next", "j", "next row, claim or matter", () => step(1)],
  ["previous", "k", "previous one", () => step(-1)],
  ["open", "o", "open what is in focus", () => (current()?.querySelector("[data-open]") ?? current()?.querySelector("a"))?.click()],
  ["choose", "s", "choose what is in focus", () => current()?.querySelector("input[type=checkbox]")?.click()],
  ["accept", "a", "accept the claim in focus; stand behind the figure in focus", () => press("accept")],
  ["reject", "x", "reject the claim in focus; take the decision in focus back", () => press("reject")],
  ["correct", "e", "correct the claim in focus, or say why", () => press("correct")],
  ["move", "m", "put the claim in focus to another incident", () => press("move")],
  ["add", "c", "add a claim to this report", () => document.querySelector('[data-key="add"]')?.click()],
  ["figures", "f", "to the figures", toward("figures")],
  ["decide", "d", "to the decisions about this incident", toward("decide")],
  ["search", "/", "to the search field", () => document.getElementById("search")?.focus() ?? location.assign("/search")],
  ["incidents", "i", "to the incidents", go("/")],
  ["queue", "g", "to the queue", go("/queue")],
  ["decisions", "u", "to all decisions", go("/decisions")],
  ["help", "?", "this list", () => document.getElementById("keys").showModal()],
];

function keys() {
  try {
    return { ...Object.fromEntries(ACTIONS.map(([name, key]) => [name, key])), ...JSON.parse(localStorage.getItem(STORE) ?? "{}") };
  } catch {
    return Object.fromEntries(ACTIONS.map(([name, key]) => [name, key]));
  }
}

function list() {
  const set = keys();
  document.getElementById("key-list").replaceChildren(
    ...ACTIONS.map(([name, , told]) => {
      const line = document.createElement("div");
      const term = document.createElement("dt");
      const field = document.createElement("input");
      const what = document.createElement("dd");
      field.value = set[name];
      field.maxLength = 1;
      field.setAttribute("aria-label", `key: ${told}`);
      field.addEventListener("change", () => change(name, field));
      term.append(field);
      what.textContent = told;
      line.append(term, what);
      return line;
    }),
  );
}

function change(name, field) {
  const set = keys();
  const key = field.value.trim();
  if (key && !Object.entries(set).some(([other, taken]) => other !== name && taken === key)) {
    localStorage.setItem(STORE, JSON.stringify({ ...set, [name]: key }));
    field.setCustomValidity("");
  } else field.setCustomValidity("another action has this key");
  field.reportValidity();
  if (field.validity.customError) field.value = set[name];
}

export function startKeys() {
  list();
  document.getElementById("keys-reset").addEventListener("click", () => {
    localStorage.removeItem(STORE);
    list();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("input, select, textarea")) {
      (event.target.closest("[data-row]") ?? document.getElementById("main")).focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
    const set = keys();
    const action = ACTIONS.find(([name]) => set[name] === event.key);
    if (!action) return;
    event.preventDefault();
    action[3]();
  });
}
