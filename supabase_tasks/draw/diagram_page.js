"use strict";
const pane = document.querySelector(".pane"), svg = pane.querySelector("svg");
const routes = [...svg.querySelectorAll(".route")], entities = [...svg.querySelectorAll(".entity")];
const cards = [...document.querySelectorAll(".card")];
const size = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
const LEAST = 0.05, MOST = 3;
let scale = 1;
// The references of the picked tables, or the one `alone`, stand out; the rest fades.
const show = (picked, alone = null) => {
  svg.classList.toggle("picking", picked.size > 0);
  const seen = new Set(picked);
  for (const r of routes) {
    const on = alone ? r === alone : picked.has(r.dataset.from) || picked.has(r.dataset.to);
    r.classList.toggle("on", on);
    if (on) { seen.add(r.dataset.from); seen.add(r.dataset.to); }
  }
  for (const e of entities) e.classList.toggle("on", picked.size > 0 && seen.has(e.dataset.name));
};
// The point of the picture under (x, y) of the pane stays there.
const zoom = (to, x = pane.clientWidth / 2, y = pane.clientHeight / 2) => {
  const next = Math.min(MOST, Math.max(LEAST, to));
  const left = (pane.scrollLeft + x) / scale, top = (pane.scrollTop + y) / scale;
  scale = next;
  svg.setAttribute("width", size.width * scale);
  svg.setAttribute("height", size.height * scale);
  pane.scrollLeft = left * scale - x;
  pane.scrollTop = top * scale - y;
  document.querySelector("#scale").textContent = `${Math.round(scale * 100)} %`;
};
const fit = () => {
  pane.style.height = "";
  const to = Math.min(1, (pane.clientWidth - 2) / size.width, (pane.clientHeight - 2) / size.height);
  // No empty space below a wide picture.
  pane.style.height = `${Math.min(pane.clientHeight + 2, Math.ceil(size.height * to) + 4)}px`;
  zoom(to);
};
const grow = (to) => { pane.style.height = ""; zoom(to); };
document.querySelector("#in").addEventListener("click", () => grow(scale * 1.25));
document.querySelector("#out").addEventListener("click", () => zoom(scale / 1.25));
document.querySelector("#fit").addEventListener("click", fit);
document.querySelector("#full").addEventListener("click", () => grow(1));
pane.addEventListener("wheel", (event) => {
  // Without the key the wheel scrolls, as everywhere.
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const box = pane.getBoundingClientRect();
  zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
}, { passive: false });
let held = null, moved = false;
pane.addEventListener("pointerdown", (event) => {
  moved = false;
  if (event.pointerType !== "touch" && event.button === 0) held = { x: event.clientX, y: event.clientY, left: pane.scrollLeft, top: pane.scrollTop };
});
addEventListener("pointermove", (event) => {
  if (!held) return;
  const x = event.clientX - held.x, y = event.clientY - held.y;
  moved ||= Math.abs(x) + Math.abs(y) > 4;
  pane.scrollLeft = held.left - x;
  pane.scrollTop = held.top - y;
});
addEventListener("pointerup", () => { held = null; });
svg.addEventListener("click", (event) => { if (moved && event.target.closest("a")) event.preventDefault(); }, true);
// A table that was clicked, tapped or followed stays picked until Escape, a click beside it or a search.
let chosen = "";
const rest = () => show(chosen ? new Set([chosen]) : hits.names);
const choose = (name) => { chosen = name; rest(); };
for (const e of entities) {
  for (const enter of ["mouseenter", "focusin"]) e.addEventListener(enter, () => show(new Set([e.dataset.name])));
  for (const leave of ["mouseleave", "focusout"]) e.addEventListener(leave, rest);
}
for (const r of routes) {
  r.addEventListener("mouseenter", () => show(new Set([r.dataset.from, r.dataset.to]), r));
  r.addEventListener("mouseleave", rest);
}
svg.addEventListener("click", (event) => {
  if (!moved) choose(event.target.closest(".entity")?.dataset.name ?? "");
});
addEventListener("keydown", (event) => { if (event.key === "Escape") choose(""); });
pane.addEventListener("keydown", (event) => {
  const step = { "+": () => grow(scale * 1.25), "-": () => zoom(scale / 1.25), "0": fit, "1": () => grow(1) }[event.key];
  if (step && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); step(); }
});
const search = document.querySelector("input[type=search]"), said = document.querySelector("#hits");
const texts = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
const hits = { names: new Set(), list: [], at: -1 };
const reach = (step) => {
  if (!hits.list.length) return;
  hits.at = (hits.at + step + hits.list.length) % hits.list.length;
  const found = hits.list[hits.at];
  const drawn = entities.find((e) => e.dataset.name === found.dataset.name);
  if (drawn) drawn.scrollIntoView({ block: "nearest", inline: "nearest" });
  for (const card of cards) card.classList.toggle("at", card === found);
  const text = search.value.trim().toLowerCase();
  for (const part of found.querySelectorAll("details")) part.open ||= part.textContent.toLowerCase().includes(text);
  if (!drawn) found.scrollIntoView({ block: "nearest" });
  said.textContent = `${hits.at + 1} of ${hits.list.length}`;
};
search.addEventListener("input", () => {
  const text = search.value.trim().toLowerCase();
  hits.list = text ? cards.filter((card) => texts.get(card).includes(text)) : [];
  hits.names = new Set(hits.list.map((card) => card.dataset.name));
  hits.at = -1;
  chosen = "";
  for (const card of cards) { card.classList.toggle("hit", hits.names.has(card.dataset.name)); card.classList.remove("at"); }
  show(hits.names);
  said.textContent = text && !hits.list.length ? "nothing found" : "";
  reach(1);
});
search.form.addEventListener("submit", (event) => { event.preventDefault(); reach(1); });
document.querySelector("#next").addEventListener("click", () => reach(1));
document.querySelector("#previous").addEventListener("click", () => reach(-1));
const only = document.querySelector("#only");
if (only) only.addEventListener("change", () => document.body.classList.toggle("only", only.checked));
// Browsers draw at most so many pixels on one canvas.
const LONGEST = 16000, AREA = 64e6;
const drawn = async () => {
  const copy = svg.cloneNode(true);
  const ratio = Math.min(2, LONGEST / size.width, LONGEST / size.height, Math.sqrt(AREA / (size.width * size.height)));
  copy.classList.remove("picking");
  for (const one of copy.querySelectorAll(".on")) one.classList.remove("on");
  copy.setAttribute("width", Math.round(size.width * ratio));
  copy.setAttribute("height", Math.round(size.height * ratio));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas;
};
document.querySelector("#png").addEventListener("click", async () => {
  (await drawn()).toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${document.title.replace(/[^\w.-]+/g, "-")}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
});
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("main details:not([open])")];
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
fit();
