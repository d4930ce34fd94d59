"use strict";

// What is wider than its place scrolls, and takes the focus, since not every browser lets the arrow keys in otherwise.
const boxes = document.querySelectorAll(".highlight pre, .table-wrapper, .cell_output, .cell_output .output");

new ResizeObserver(() => {
  for (const box of boxes) {
    const hidden = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
    if (hidden && getComputedStyle(box).overflowX !== "visible") box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}).observe(document.body);

// The search knows "§ 24" and "§ 24, stk. 1"; people write "§24" and "§ 24 stk 1", and copy hard spaces.
const address = new URL(location.href);
const asked = address.searchParams.get("q");
if (asked) {
  const tidy = asked
    .replace(/§\s*(?=\d)/g, "§ ")
    .replace(/(\d(?: ?[a-z])?),?\s+stk\.?\s*(?=\d)/gi, "$1, stk. ")
    .replace(/\s+/g, " ");
  address.searchParams.set("q", tidy);
  history.replaceState(null, "", address);
}

// The first page opens a council in the calculator; which one, stands behind the "#" of its address.
const choose = document.getElementById("choose");
choose?.addEventListener("submit", (event) => {
  event.preventDefault();
  location.href = `${choose.action}#${choose.querySelector("select").value}`;
});
