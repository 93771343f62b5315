"use strict";
(() => {
  // What `folded` and `check_code` do in the program; tests/visits/check_codes.json is held against both.
  const BLANK =
    /[\u{0}-\u{20}\u{7f}-\u{a0}\u{ad}\u{1680}\u{180e}\u{2000}-\u{200f}\u{2028}-\u{202f}\u{205f}-\u{206f}\u{3000}\u{fe00}-\u{fe0f}\u{feff}\u{e0000}-\u{e0fff}]/gu;
  const ALIKE = new Map([..."。、“”„‘’【】《》—–‐‑−￥"].map((sign, place) => [sign, ".,\"\"\"''[]<>-----¥"[place]]));
  const MASK = (1n << 64n) - 1n;
  const POLYNOMIAL = 0xc96c5795d7870f42n; // CRC-64/XZ

  function folded(text) {
    const narrow = (sign) => ALIKE.get(sign) || String.fromCodePoint(sign.codePointAt(0) - 0xfee0);
    return text.replace(BLANK, "").replace(/[！-～。、“”„‘’【】《》—–‐‑−￥]/g, narrow).normalize("NFC");
  }

  function checkCode(district, text) {
    let rest = MASK;
    for (const sign of district + folded(text)) {
      rest ^= BigInt(sign.codePointAt(0));
      for (let bit = 0; bit < 32; bit++) rest = rest & 1n ? (rest >> 1n) ^ POLYNOMIAL : rest >> 1n;
    }
    return (rest ^ MASK).toString(16).padStart(16, "0");
  }

  // One line, blanks single, brackets round: so that a label is a label wherever lines are broken on the way.
  function asTyped(words) {
    const whole = words.replace(/\p{Surrogate}/gu, "").replace(/[[【［]/g, "〔").replace(/[\]】］]/g, "〕");
    return whole.split(/\r?\n/).map((line) => line.trim().replace(/\s+/g, " ")).filter(Boolean).join("↵");
  }

  const template = document.getElementById("form");
  const words = template.dataset;

  function kept() {
    try {
      localStorage.setItem("esm", "");
      localStorage.removeItem("esm");
      return localStorage;
    } catch {
      return null; // a private window, or a viewer that keeps nothing
    }
  }
  const store = kept();

  function today() {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }

  // The entries of a form by their keys: what is ticked of several, what is typed of the others.
  function entries(form) {
    const found = {};
    for (const field of form.querySelectorAll("[name]")) {
      if (field.type !== "checkbox") found[field.name] = asTyped(field.value);
      else if (field.checked) found[field.name] = [...(found[field.name] || []), asTyped(field.value)];
    }
    return found;
  }

  function fault(form, told) {
    const isMet = form.elements.outcome.selectedIndex === 0;
    const isHalf = (one, other, number) => !told[`${one}_${number}`] !== !told[`${other}_${number}`];
    const isRaised = (number) => told[`promise_${number}`] || told[`request_${number}`];
    if (!told.done_on || told.done_on > today()) return words.day;
    if (isMet && !told.met_with && !told.minutes) return words.account;
    if ([1, 2, 3].some((number) => isHalf("promise", "until", number) || isHalf("request", "class", number))) {
      return words.halves;
    }
    return !isMet && (told.policies || [1, 2, 3].some(isRaised)) ? words.nobody : "";
  }

  function composed(card, form, told) {
    const labels = Object.fromEntries([...form.querySelectorAll("[name]")].map((each) => [each.name, each.dataset.label]));
    const lines = Object.keys(labels).filter((key) => told[key] && told[key].length);
    const body = card.dataset.opening + lines.map((key) => `${labels[key]}${[told[key]].flat().join(", ")}\n`).join("");
    const code = checkCode(words.district, body);
    return `${body}${words.closing}${words.district}-${code.slice(0, 8)}-${code.slice(8)}`;
  }

  async function copy(area, status) {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      status.textContent = words.copied;
    } catch {
      status.textContent = document.execCommand("copy") ? words.copied : words.select;
    }
  }

  function draftKey(card) {
    return `esm ${words.district} ${words.period} ${card.id}`;
  }

  function keep(card, form) {
    const typed = [...form.querySelectorAll("[name]")].map((each) => (each.type === "checkbox" ? each.checked : each.value));
    if (store) store.setItem(draftKey(card), JSON.stringify(typed));
  }

  // What was typed comes back into the fields in their order, unless the form has others by now.
  function restore(form, typed) {
    const fields = [...form.querySelectorAll("[name]")];
    if (fields.length !== typed.length) return;
    fields.forEach((field, place) => {
      if (field.type === "checkbox") field.checked = typed[place];
      else field.value = typed[place];
    });
    for (const part of form.querySelectorAll("details")) {
      part.open = [...part.querySelectorAll("[name]")].some((each) => (each.type === "checkbox" ? each.checked : each.value));
    }
  }

  function open(card, button, typed) {
    const form = template.content.firstElementChild.cloneNode(true);
    const made = form.querySelector(".made");
    const [area, alert, status] = [made.querySelector("textarea"), form.querySelector("[role=alert]"), form.querySelector("[role=status]")];
    form.elements.done_on.value = form.elements.done_on.max = today();
    if (typed) restore(form, typed);
    form.querySelector(".keeping").textContent = store ? words.kept : words.unkept;
    const share = made.querySelector(".share");
    share.hidden = !navigator.share;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => {
      made.hidden = true;
      keep(card, form);
    });
    form.querySelector(".make").addEventListener("click", () => {
      const told = entries(form);
      alert.textContent = fault(form, told);
      made.hidden = Boolean(alert.textContent);
      if (made.hidden) return;
      area.value = composed(card, form, told);
      status.textContent = words.ready;
      made.scrollIntoView({ block: "nearest" });
    });
    made.querySelector(".copy").addEventListener("click", () => copy(area, status));
    share.addEventListener("click", () => navigator.share({ text: area.value }).catch(() => {}));
    form.querySelector(".clear").addEventListener("click", () => {
      if (store) store.removeItem(draftKey(card));
      form.remove();
      button.hidden = false;
    });
    button.hidden = true;
    card.append(form);
  }

  document.querySelector(".scripts").hidden = true;
  for (const card of document.querySelectorAll("article")) {
    const button = card.querySelector("button");
    const draft = store && store.getItem(draftKey(card));
    button.hidden = false;
    button.addEventListener("click", () => open(card, button));
    if (draft) open(card, button, JSON.parse(draft));
  }
  Object.assign(window, { checkCode, asTyped }); // for whoever tries the page
})();
