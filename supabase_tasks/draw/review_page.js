"use strict";
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const cards = all("article.object"), find = document.querySelector("#find"), shown = document.querySelector(".shown");
const chips = all(".chip[data-action]"), openAll = document.querySelector("#all");
const texts = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
const entries = new Map(all("[data-card]").map((entry) => [entry.dataset.card, entry]));
const filter = () => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const actions = new Set(chips.filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.action));
  let count = 0;
  for (const card of cards) {
    const fits = (chips.length === 0 || actions.has(card.dataset.action)) && words.every((word) => texts.get(card).includes(word));
    card.hidden = !fits;
    entries.get(card.id).hidden = !fits;
    count += fits;
  }
  for (const group of all("section.schema, li.schema")) group.hidden = !group.querySelector("article:not([hidden]), [data-card]:not([hidden])");
  shown.textContent = count === cards.length ? "" : count ? `${count} of ${cards.length} shown` : "nothing found";
};
for (const chip of chips) chip.addEventListener("click", () => {
  chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
  filter();
});
find.addEventListener("input", filter);
find.form.addEventListener("submit", (event) => event.preventDefault());
find.form.hidden = cards.length === 0;
const isOpen = () => cards.every((card) => card.querySelector("details").open);
const say = () => { openAll.textContent = isOpen() ? "close all" : "open all"; openAll.setAttribute("aria-pressed", String(isOpen())); };
openAll.addEventListener("click", () => {
  const open = !isOpen();
  for (const card of cards) card.querySelector("details").open = open;
  say();
});
say();
const reach = () => {
  const card = document.getElementById(location.hash.slice(1));
  if (card && card.matches("article.object")) { card.querySelector("details").open = true; card.scrollIntoView(); }
};
addEventListener("hashchange", reach);
reach();
for (const more of all("tbody.more")) {
  const far = more.nextElementSibling;
  far.hidden = true;
  more.hidden = false;
  more.querySelector("button").addEventListener("click", () => { far.hidden = false; more.hidden = true; });
}
const copied = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
};
for (const button of all("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = await copied(button.closest("article").querySelector("pre").textContent).then(() => "Copied", () => "Not copied");
    button.textContent = said;
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}
let closed = [];
addEventListener("beforeprint", () => {
  closed = all("main details:not([open])");
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
