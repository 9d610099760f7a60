// The page's side of the table of proposals: which row is chosen and where its sentence stands; boxes; keys.
"use strict";

const nvTable = (() => {
  const WAIT = 200;

  let place = null;
  let searching = 0;
  const selected = new Set();

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const dialog = () => document.querySelector(".nv-editor");
  const rowOf = (node) => node.closest?.("tr[data-number]");
  const numberOf = (node) => rowOf(node)?.dataset.number;
  const has = (numbers, one) => (numbers || "").split(" ").includes(one);
  const isNarrow = () => matchMedia("(max-width: 860px)").matches;

  // -- what is chosen ------------------------------------------------------------------------------------------------

  function side(name) {
    all(".nv-side").forEach((one) => one.classList.toggle("nv-open", one.classList.contains("nv-side-" + name)));
    all(".nv-tab[data-side]").forEach((tab) => {
      tab.setAttribute("aria-selected", tab.dataset.side === name ? "true" : "false");
    });
    if (name === "text") scrollToPlace();
  }

  function scrollToPlace() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const [mark, scroll] = [".nv-source mark.nv-on", ".nv-textscroll"].map((one) => document.querySelector(one));
    if (!mark) return;
    const above = mark.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
    scroll.scrollTo({
      top: scroll.scrollTop + above - scroll.clientHeight / 3,
      behavior: calm ? "auto" : "smooth",
    });
  }

  function choose(wanted, { scroll = true } = {}) {
    place = wanted;
    all(".nv-source mark").forEach((mark) => {
      mark.classList.toggle("nv-on", has(mark.dataset.place, place));
      mark.classList.toggle("nv-due", has(mark.dataset.due, place));
    });
    showChosen();
    if (scroll) scrollToPlace();
  }

  function showChosen() {
    all("tr[data-number]").forEach((row) => {
      const chosen = row.dataset.place === place ? "true" : "false";
      if (row.getAttribute("aria-selected") !== chosen) row.setAttribute("aria-selected", chosen);
    });
  }

  function showSelected() {
    const boxes = all('input[data-do="select"]');
    const there = new Set(boxes.map(numberOf));
    selected.forEach((number) => there.has(number) || selected.delete(number));
    boxes.forEach((box) => (box.checked = selected.has(numberOf(box))));
    all("[data-do$=_selected]").forEach((key) => {
      key.disabled = selected.size < (key.dataset.do === "merge_selected" ? 2 : 1);
    });
  }

  // -- the rows are drawn again: what was chosen stays chosen, and the keyboard stays where it was --------------------

  let focused = null;

  document.addEventListener("focusin", (event) => {
    if (event.target.closest?.(".nv-editor")) return;
    const number = numberOf(event.target);
    focused = number ? { number, part: event.target.dataset.part } : null;
  });

  function refresh() {
    showChosen();
    showSelected();
    if (!focused || (document.activeElement && document.activeElement !== document.body)) return;
    const row = document.querySelector(`tr[data-number="${focused.number}"]`);
    (row?.querySelector(`[data-part="${focused.part}"]`) || row)?.focus({ preventScroll: true });
  }

  new MutationObserver(refresh).observe(document.documentElement, { childList: true, subtree: true });

  // -- boxes ---------------------------------------------------------------------------------------------------------

  function edit() {
    setTimeout(() => dialog().open || dialog().showModal(), 30);
  }

  function close() {
    dialog().close();
  }

  // what could not be kept is not lost
  function giveBack(text) {
    const box = document.querySelector(".nv-replyform input");
    box.value ||= text;
  }

  function fieldsOf(form) {
    const fields = {};
    new FormData(form).forEach((value, name) => {
      if (name === "body") (fields.body ??= []).push(value);
      else fields[name] = value;
    });
    return fields;
  }

  // what has been ticked or unticked since the names were asked for stays so
  function offer(html) {
    const options = document.querySelector(".nv-options");
    if (!options) return;
    const held = new Map(all("label:has(:checked)", options).map((one) => [one.querySelector("input").value, one]));
    options.innerHTML = html;
    all("input", options).forEach((box) => (box.checked = held.delete(box.value)));
    options.prepend(...held.values());
  }

  // -- what is pressed, sent and typed -------------------------------------------------------------------------------

  function click(event, emit) {
    const mark = event.target.closest(".nv-source mark");
    if (mark) return chooseFromText(mark);
    const used = event.target.closest("[data-do]");
    if (!used || used.disabled) return;
    const row = rowOf(used);
    if (row) choose(row.dataset.place);
    const does = used.dataset.do;
    const numbers = row ? [row.dataset.number] : [...selected];
    if (does === "row") return;
    if (does === "place") return showPlace(used.dataset.place);
    if (does === "show") return showPlace(row.dataset.place);
    if (does === "side") return side(used.dataset.side);
    if (does === "close") return close();
    if (does === "select") {
      used.checked ? selected.add(row.dataset.number) : selected.delete(row.dataset.number);
      return showSelected();
    }
    if (does === "leave_out_selected") return emit({ do: "edit", part: "leave_out", numbers });
    if (does === "merge_selected" || does === "accept_selected") selected.clear();
    emit({ do: does, part: used.dataset.part || "", numbers });
  }

  function showPlace(wanted) {
    choose(wanted);
    if (isNarrow()) side("text");
  }

  function chooseFromText(mark) {
    const [first] = mark.dataset.place.split(" ");
    choose(first, { scroll: false });
    if (isNarrow()) side("table");
    document.querySelector(`tr[data-place="${first}"]`)?.scrollIntoView({ block: "nearest" });
  }

  function submit(event, emit) {
    event.preventDefault();
    const form = event.target;
    emit({
      ...fieldsOf(form),
      do: "form",
      part: form.dataset.part,
      numbers: (form.dataset.numbers || "").split(" ").filter(Boolean),
    });
    if (form.dataset.part === "reply") form.reset();
  }

  function input(event, emit) {
    const field = event.target;
    const kind = field.closest(".nv-kind");
    if (kind && field.type !== "radio") kind.querySelector("[type=radio]").checked = true;
    if (field.name !== "search") return;
    clearTimeout(searching);
    const form = field.form;
    searching = setTimeout(() => emit({ do: "find", text: field.value, chosen: fieldsOf(form).body || [] }), WAIT);
  }

  document.addEventListener("keydown", (event) => {
    const row = event.target;
    if (!row.matches?.("tr[data-number]")) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(row.dataset.place);
    }
    const other = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
    if (other) {
      event.preventDefault();
      other.focus();
      choose(other.dataset.place);
    }
  });

  window.addEventListener("focus", () => window.emitEvent?.("nv-again"));

  return { click, submit, input, edit, close, giveBack, offer };
})();

window.nvTable = nvTable;
