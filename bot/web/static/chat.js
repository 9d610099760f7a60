// The page's side of a conversation: keeps what is typed until it was kept, follows the end, takes dropped files.
"use strict";

const nhacviec = (() => {
  const UNANSWERED = 20000;

  const panelOf = (node) => node.closest(".nv-panel");
  const boxOf = (panel) => panel.querySelector("textarea");
  const store = (panel) => "nhacviec:" + location.pathname + ":" + panel.id;

  // crypto.randomUUID is missing on plain http, where small offices run this at first
  const newId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  // what is typed survives a reload; `id` belongs to the text `tried`, so that trying again is the same event
  function read(panel) {
    try {
      panel.draft ??= JSON.parse(sessionStorage.getItem(store(panel)));
    } catch {
      // storage may be switched off: then the draft lives as long as the page
    }
    return (panel.draft ??= {});
  }

  function keep(panel, changes) {
    panel.draft = { ...read(panel), text: boxOf(panel).value, ...changes };
    try {
      sessionStorage.setItem(store(panel), JSON.stringify(panel.draft));
    } catch {
      // see above
    }
    return panel.draft;
  }

  function forget(panel) {
    panel.draft = {};
    try {
      sessionStorage.removeItem(store(panel));
    } catch {
      // see above
    }
  }

  function eventId(panel) {
    const text = boxOf(panel).value;
    const draft = read(panel);
    const same = draft.id && draft.tried === text;
    return keep(panel, { tried: text, id: same ? draft.id : newId() }).id;
  }

  function grow(box) {
    box.style.height = "auto";
    box.style.height = Math.min(box.scrollHeight + 2, 180) + "px";
  }

  function unlock(panel) {
    clearTimeout(panel.unanswered);
    panel.classList.remove("nv-sending");
    boxOf(panel).readOnly = false;
  }

  function send(event, emit) {
    const panel = panelOf(event.currentTarget);
    const box = boxOf(panel);
    if (panel.classList.contains("nv-sending")) return;
    const files = uploader(panel);
    if (!box.value.trim() && !panel.querySelector(".nv-chip") && !files.isUploading) {
      box.focus();
      return;
    }
    panel.classList.add("nv-sending");
    box.readOnly = true;
    panel.unanswered = setTimeout(() => unlock(panel), UNANSWERED);
    const whenUploaded = () => {
      if (files.isUploading) setTimeout(whenUploaded, 100);
      else emit({ id: eventId(panel), text: box.value });
    };
    whenUploaded();
  }

  function kept(name) {
    const panel = document.getElementById(name);
    if (!panel) return;
    const box = boxOf(panel);
    const { tried } = read(panel);
    forget(panel);
    // what has been put there meanwhile is another message
    if (box.value === (tried ?? box.value)) box.value = "";
    keep(panel);
    unlock(panel);
    grow(box);
    follow(panel.querySelector(".nv-scroll"));
    // on a phone the keyboard stays only where it was open already
    if (matchMedia("(hover: hover)").matches) box.focus();
  }

  function failed(name) {
    const panel = document.getElementById(name);
    if (panel) unlock(panel);
  }

  function type(name, text) {
    const panel = document.getElementById(name);
    if (!panel) return;
    show(name);
    const box = boxOf(panel);
    box.value = text;
    keep(panel);
    grow(box);
    box.focus();
    box.setSelectionRange(text.length, text.length);
    panel.classList.remove("nv-called");
    void panel.offsetWidth;
    panel.classList.add("nv-called");
  }

  // -- tabs, on a narrow screen -----------------------------------------------------------------------------------

  function show(name) {
    document.querySelectorAll(".nv-column").forEach((column) => {
      const mine = column.querySelector(".nv-panel")?.id === name;
      column.classList.toggle("nv-open", mine);
      if (mine) follow(column.querySelector(".nv-scroll"));
    });
    document.querySelectorAll(".nv-tab").forEach((tab) => {
      const mine = tab.dataset.panel === name;
      tab.setAttribute("aria-selected", mine ? "true" : "false");
      if (mine) tab.classList.remove("nv-fresh");
    });
  }

  // -- the end of the conversation -----------------------------------------------------------------------------------

  function follow(scroll) {
    if (scroll) scroll.scrollTop = scroll.scrollHeight;
  }

  function watch(scroll) {
    let atEnd = true;
    scroll.addEventListener("scroll", () => {
      atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    });
    const stay = () => {
      if (atEnd) follow(scroll);
    };
    new MutationObserver((changes) => {
      stay();
      const panel = panelOf(scroll);
      const added = changes.some((change) => change.addedNodes.length);
      if (added && panel.offsetParent === null) {
        document.querySelector(`.nv-tab[data-panel="${panel.id}"]`)?.classList.add("nv-fresh");
      }
    }).observe(scroll, { childList: true, subtree: true });
    new ResizeObserver(stay).observe(scroll);
    scroll.addEventListener("load", stay, true);
    follow(scroll);
  }

  function prepare(panel) {
    if (panel.prepared) return;
    panel.prepared = true;
    watch(panel.querySelector(".nv-scroll"));
    const draft = read(panel);
    if (draft.text) {
      boxOf(panel).value = draft.text;
      grow(boxOf(panel));
    }
  }

  // -- files ---------------------------------------------------------------------------------------------------------

  const uploader = (panel) => getElement(Number(panel.querySelector(".nv-clip").dataset.uploader)).$refs.qRef;

  document.addEventListener("click", (event) => {
    const clip = event.target.closest?.(".nv-clip");
    if (clip) uploader(panelOf(clip)).pickFiles(event);
    const tab = event.target.closest?.(".nv-tab");
    if (tab) show(tab.dataset.panel);
  });

  document.addEventListener("paste", (event) => {
    const panel = event.target.closest?.(".nv-panel");
    if (!panel || !event.clipboardData?.files.length) return;
    event.preventDefault();
    uploader(panel).addFiles(event.clipboardData.files);
  });

  const isFile = (event) => Array.from(event.dataTransfer?.types || []).includes("Files");

  document.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    document.querySelectorAll(".nv-dropping").forEach((panel) => panel.classList.remove("nv-dropping"));
    event.target.closest?.(".nv-panel")?.classList.add("nv-dropping");
  });

  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) {
      document.querySelectorAll(".nv-dropping").forEach((panel) => panel.classList.remove("nv-dropping"));
    }
  });

  document.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    const panel = event.target.closest?.(".nv-panel");
    document.querySelectorAll(".nv-dropping").forEach((one) => one.classList.remove("nv-dropping"));
    if (panel) uploader(panel).addFiles(event.dataTransfer.files);
  });

  // -- the text box --------------------------------------------------------------------------------------------------

  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key !== "Enter" || event.shiftKey || !box.matches?.(".nv-panel textarea")) return;
    // Enter that ends a composed letter (Telex, VNI) is not meant for us
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    panelOf(box).querySelector(".nv-send").click();
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(".nv-panel textarea")) return;
    keep(panelOf(event.target));
    grow(event.target);
  });

  const prepareAll = () => document.querySelectorAll(".nv-panel").forEach(prepare);
  new MutationObserver(prepareAll).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", prepareAll);

  return { send, kept, failed, type, show };
})();

window.nhacviec = nhacviec;
