"use strict";

// The list of councils shows those whose name or code holds what is typed.
const field = document.getElementById("narrow");
const items = [...document.querySelectorAll("#councils li")];

field.addEventListener("input", () => {
  const wanted = field.value.trim().toLocaleLowerCase("da");
  for (const item of items) item.hidden = !item.dataset.name.includes(wanted);
  document.getElementById("narrowed").textContent = `${items.filter((item) => !item.hidden).length} vises.`;
});
