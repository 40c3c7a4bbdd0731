// The one toast of the page: callback answers and the page's own notices.

const SHORTEST = 3500;
const PER_CHARACTER = 45;
const FADING = 200;
let hiding = 0;

/** Shows a notice over a column (or the middle of the page) for as long as reading it takes. */
export function toast(text, column = null) {
  const node = document.getElementById("toast");
  const box = column?.getBoundingClientRect();
  const middle = box?.width ? box.left + box.width / 2 : innerWidth / 2;
  node.style.setProperty("--middle", `${middle}px`);
  const head = column?.querySelector(".head") ?? document.querySelector(".topbar");
  node.style.setProperty("--top", `${head.getBoundingClientRect().bottom + 10}px`);
  node.style.setProperty("--room", `${Math.min(box?.width || innerWidth, innerWidth) - 32}px`);
  node.textContent = text;
  node.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => hide(node), SHORTEST + text.length * PER_CHARACTER);
}

/** Fades the notice out; then it is empty, so that the same words are said aloud again next time. */
function hide(node) {
  node.classList.remove("shown");
  hiding = setTimeout(() => node.replaceChildren(), FADING);
}
