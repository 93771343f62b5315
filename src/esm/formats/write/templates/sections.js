"use strict";
(() => {
  // Each listing by columns, each column with a text a row; unpacked when rows are asked for the first time.
  const words = document.getElementById("rows").dataset;
  const letters = words.marks;
  const PAGE = 200;
  const panel = document.getElementById("rows");
  const body = panel.querySelector("tbody");
  const [head] = panel.querySelectorAll("thead tr");
  const input = panel.querySelector("input");
  const told = panel.querySelector("[role=status]");
  const more = document.getElementById("more");
  let listings = null;
  let shown = { name: "", rows: [], columns: [], count: 0, order: null };

  async function unpack() {
    const packed = Uint8Array.from(atob(document.getElementById("listings").textContent), (one) => one.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  function textOf(listing, key, row) {
    return listing.columns.find((column) => column.key === key).texts[row];
  }

  function markOf(listing, key, place, row) {
    return letters.indexOf(textOf(listing, key, row)[place] || letters[0]);
  }

  function condition(listing, part) {
    const [, key, place, countPlace, markPlace, mask, wanted, value] =
      part.match(/^(\w+)(?:@(\d+)|\+(\d+)|~(-?\d+)\.(\d+)\.(\d+))?(?:=(.*))?$/s);
    if (countPlace !== undefined) return (row) => markOf(listing, key, countPlace, row) > 0;
    if (markPlace !== undefined) return (row) => (markOf(listing, key, markPlace, row) & mask) === Number(wanted);
    const text = decodeURIComponent(value);
    if (place === undefined) return (row) => textOf(listing, key, row) === text;
    const then = listing.past[key] || {};
    return (row) => (then[row] ? then[row][place] : textOf(listing, key, row)) === text;
  }

  // The counts that a condition asks for, as a column.
  function countsOf(listing, part) {
    const [, key, place] = part.match(/^(\w+)\+(\d+)$/) || [];
    if (key === undefined) return [];
    const texts = Array.from({ length: listing.size }, (_, row) => String(markOf(listing, key, place, row)));
    return [{ label: listing.counts[key], kind: "number", texts, counts: true }];
  }

  function compare(column) {
    const values = column.texts;
    if (column.kind !== "number") return (one, other) => values[one].localeCompare(values[other], document.documentElement.lang);
    return (one, other) => parseFloat(values[one] || "-1e99") - parseFloat(values[other] || "-1e99");
  }

  function fill() {
    const visible = shown.columns;
    const word = input.value.trim().toLowerCase();
    let rows = shown.rows;
    if (word) rows = rows.filter((row) => visible.some((column) => column.texts[row].toLowerCase().includes(word)));
    if (shown.order) {
      const order = compare(visible[shown.order.column]);
      rows = [...rows].sort((one, other) => shown.order.sign * order(one, other));
    }
    body.replaceChildren(
      ...rows.slice(0, shown.count).map((row) => {
        const line = document.createElement("tr");
        for (const column of visible) {
          const cell = line.insertCell();
          cell.textContent = column.texts[row];
          cell.className = column.kind;
        }
        return line;
      }),
    );
    told.dataset.count = rows.length;
    const sums = visible.filter((column) => column.counts).map((column) =>
      `${column.label}${words.colon}${rows.reduce((sum, row) => sum + Number(column.texts[row]), 0)}`);
    const counted = words.count.replace("{count}", rows.length).replace("{shown}", Math.min(rows.length, shown.count));
    told.textContent = [counted, ...sums].join(" · ");
    more.hidden = rows.length <= shown.count;
  }

  function heading(cells, sort) {
    cells.forEach((cell, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = cell.textContent;
      button.addEventListener("click", () => {
        const sign = cell.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        cells.forEach((other) => other.removeAttribute("aria-sort"));
        cell.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
        sort(column, sign);
      });
      cell.replaceChildren(button);
    });
  }

  async function follow() {
    const [name, query = ""] = location.hash.slice(1).split("?");
    panel.hidden = !words.listings.split(" ").includes(name);
    if (panel.hidden) return;
    if (typeof DecompressionStream === "undefined") {
      told.textContent = words.old;
      return;
    }
    listings = listings || await unpack();
    const listing = listings[name];
    const parts = query.split("&").filter(Boolean);
    const conditions = parts.map((part) => condition(listing, part));
    const columns = listing.columns.filter((column) => column.label)
      .concat(parts.flatMap((part) => countsOf(listing, part)));
    const every = Array.from({ length: listing.size }, (_, row) => row);
    const rows = every.filter((row) => conditions.every((holds) => holds(row)));
    shown = { name, rows, columns, count: PAGE, order: null };
    input.value = "";
    panel.querySelector("h2").textContent = listing.title;
    head.replaceChildren(
      ...columns.map((column) => {
        const cell = document.createElement("th");
        cell.scope = "col";
        cell.textContent = column.label;
        cell.className = column.kind;
        return cell;
      }),
    );
    heading([...head.cells], (column, sign) => {
      shown.order = { column, sign };
      fill();
    });
    fill();
    panel.dataset.shown = location.hash;
    panel.scrollIntoView();
    panel.querySelector("h2").focus({ preventScroll: true });
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    heading([...table.tHead.rows[0].cells], (column, sign) => {
      const rows = [...table.tBodies[0].rows];
      const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
      const numeric = rows.every((row) => value(row) === "" || !Number.isNaN(Number(value(row))));
      rows.forEach((row) => row.classList.remove("rest"));
      table.parentElement.nextElementSibling?.matches(".all") && table.parentElement.nextElementSibling.remove();
      rows.sort((one, other) => sign * (numeric
        ? Number(value(one) || "-1e99") - Number(value(other) || "-1e99")
        : value(one).localeCompare(value(other), document.documentElement.lang)));
      table.tBodies[0].append(...rows);
    });
  }
  for (const button of document.querySelectorAll(".all"))
    button.addEventListener("click", () => {
      button.previousElementSibling.querySelectorAll(".rest").forEach((row) => row.classList.remove("rest"));
      button.remove();
    });
  for (const heat of document.querySelectorAll(".heat")) heat.parentElement.scrollLeft = heat.offsetWidth;
  document.documentElement.classList.add("js");
  input.addEventListener("input", fill);
  more.addEventListener("click", () => { shown.count += PAGE; fill(); });
  // Who closes the rows goes on reading at the figure that led to them.
  let origin = null;
  document.addEventListener("click", (event) => { origin = event.target.closest("a[href^='#']") || origin; });
  document.getElementById("close").addEventListener("click", () => {
    location.hash = "top";
    panel.hidden = true;
    if (origin) origin.scrollIntoView({ block: "center" });
    if (origin) origin.focus({ preventScroll: true });
  });
  window.addEventListener("hashchange", follow);
  follow();
})();
