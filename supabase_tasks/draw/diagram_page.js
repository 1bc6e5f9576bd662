const pane = document.querySelector(".pane"), svg = pane.querySelector("svg");
const routes = [...svg.querySelectorAll(".route")], entities = [...svg.querySelectorAll(".entity")];
const show = (picked) => {
  svg.classList.toggle("picking", picked.size > 0);
  const seen = new Set(picked);
  for (const r of routes) {
    const on = picked.has(r.dataset.from) || picked.has(r.dataset.to);
    r.classList.toggle("on", on);
    if (on) { seen.add(r.dataset.from); seen.add(r.dataset.to); }
  }
  for (const e of entities) e.classList.toggle("on", picked.size > 0 && seen.has(e.dataset.name));
};
for (const e of entities) {
  for (const enter of ["mouseenter", "focus"]) e.addEventListener(enter, () => show(new Set([e.dataset.name])));
  for (const leave of ["mouseleave", "blur"]) e.addEventListener(leave, () => show(new Set()));
}
const search = document.querySelector("input[type=search]");
search.addEventListener("input", () => {
  const text = search.value.trim().toLowerCase();
  const found = text ? entities.filter((e) => e.textContent.toLowerCase().includes(text)) : [];
  show(new Set(found.map((e) => e.dataset.name)));
  if (found[0]) found[0].scrollIntoView({ block: "center", inline: "center" });
});
document.querySelector("#fit").addEventListener("change", (event) => pane.classList.toggle("fit", event.target.checked));
