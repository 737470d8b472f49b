"use strict";
// Keyboard: j and k move through the rows, Enter opens, x chooses, r replays, d discards. Nothing depends on it.
(() => {
  const rows = () => [...document.querySelectorAll("tr[data-href]")];
  const current = () => document.querySelector("tr[data-href].current");

  const move = (step) => {
    const all = rows();
    if (all.length === 0) return;
    const at = all.indexOf(current());
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
    current()?.classList.remove("current");
    next.classList.add("current");
    next.querySelector("a")?.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const act = (name) => {
    const row = current();
    if (row) {
      location.assign(row.dataset.href + "?act=" + name);
      return;
    }
    const form = document.getElementById(name);
    if (form) {
      form.closest("details")?.setAttribute("open", "");
      form.querySelector("input[name=reason]")?.focus();
    }
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = current()?.querySelector("input[type=checkbox]");
    switch (event.key) {
      case "j": move(1); break;
      case "k": move(-1); break;
      case "r": act("replay"); break;
      case "d": act("discard"); break;
      case "x": if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); } break;
      default: return;
    }
    event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "all") {
      document.querySelectorAll("input[name=id]").forEach((box) => { box.checked = event.target.checked; });
    }
    const count = document.getElementById("chosen-count");
    if (count) count.textContent = String(document.querySelectorAll("input[name=id]:checked").length);
  });

  const asked = new URLSearchParams(location.search).get("act");
  if (asked === "replay" || asked === "discard") act(asked);
})();
