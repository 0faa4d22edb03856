// Selecting words of a report offers to make a claim of them: the form below is filled in, a person signs it.
export function startSelecting() {
  const text = document.getElementById("clean-text");
  const panel = document.getElementById("add-claim");
  if (!text || !panel || document.getElementById("select-tool")) return;
  const tool = document.createElement("button");
  tool.id = "select-tool";
  tool.type = "button";
  tool.textContent = "Make a claim of this";
  tool.hidden = true;
  document.body.append(tool);
  let chosen = null;

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    if (!range || range.collapsed || !text.contains(range.commonAncestorContainer)) {
      tool.hidden = true;
      return;
    }
    const words = selection.toString();
    const box = range.getBoundingClientRect();
    chosen = { words: words.trim(), at: offset(range) + (words.length - words.trimStart().length) };
    tool.hidden = !chosen.words;
    tool.style.setProperty("top", `${scrollY + box.bottom + 6}px`);
    tool.style.setProperty("left", `${scrollX + box.left}px`);
  });

  tool.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  tool.addEventListener("click", () => {
    const form = panel.querySelector("form");
    panel.open = true;
    form.words.value = chosen.words;
    form.at.value = String(chosen.at);
    const number = chosen.words.match(/\d[\d,.]*/);
    form.number.value = number ? number[0] : "";
    tool.hidden = true;
    form.number.focus();
  });
}

// Where the selection begins in the cleaned text, in code points: each stretch says where it starts.
function offset(range) {
  const stretch = (range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement).closest("[data-start]");
  if (!stretch) return -1;
  const before = document.createRange();
  before.selectNodeContents(stretch);
  before.setEnd(range.startContainer, range.startOffset);
  return Number(stretch.dataset.start) + [...before.toString()].length;
}
