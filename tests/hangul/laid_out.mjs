// Whether @rhwp/core reads from each document of a folder the cells that the JSON beside it says, and draws every text.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, modules] = process.argv.slice(2);
const core = createRequire(join(modules, "x.js")).resolve("@rhwp/core");
const { default: init, HwpDocument } = await import(pathToFileURL(core));

// There is no canvas here: characters of Hangul are as wide as high, others about half of that.
globalThis.measureTextWidth = (font, text) => {
  const size = Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 10);
  return [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x10ff ? size : size * 0.56), 0);
};
await init({ module_or_path: readFileSync(join(core, "..", "rhwp_bg.wasm")) });

/** Sheets of more than this are not all drawn: the first ones, and the last. */
const DRAWN = 40;
const faults = [];

const solid = (text) => text.replace(/\s+/gu, "");
const plain = (svg) =>
  svg.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;|&#39;/g, "'").replace(/&amp;/g, "&");

/** The cells of every table, as the program holds them. */
function tables(document) {
  const found = [];
  for (let section = 0; section < document.getSectionCount(); section++) {
    for (let paragraph = 0; paragraph < document.getParagraphCount(section); paragraph++) {
      for (let control = 0; control < 4; control++) {
        let size;
        try {
          size = JSON.parse(document.getTableDimensions(section, paragraph, control));
        } catch {
          continue;
        }
        const cells = [];
        for (let cell = 0; cell < size.cellCount; cell++) {
          const length = document.getCellParagraphLength(section, paragraph, control, cell, 0);
          cells.push(length ? document.getTextInCell(section, paragraph, control, cell, 0, 0, length) : "");
        }
        const rows = [];
        while (cells.length) rows.push(cells.splice(0, size.colCount));
        found.push(rows);
      }
    }
  }
  return found;
}

/** The text of a sheet as it is drawn. */
function drawn(document, sheet) {
  const svg = document.renderPageSvg(sheet);
  return solid(plain([...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((found) => found[1]).join("")));
}

for (const name of readdirSync(folder).filter((name) => name.endsWith(".hwpx")).sort()) {
  const wanted = JSON.parse(readFileSync(join(folder, name.replace(/hwpx$/, "json")), "utf8"));
  const fault = (what) => faults.push(`${name}: ${what}`);
  const document = new HwpDocument(new Uint8Array(readFileSync(join(folder, name))));
  const found = tables(document);
  if (found.length !== wanted.tables.length) fault(`${found.length} tables instead of ${wanted.tables.length}`);
  for (const [n, table] of wanted.tables.entries()) {
    for (const [r, row] of table.entries()) {
      if (JSON.stringify(found[n]?.[r]) !== JSON.stringify(row)) {
        fault(`table ${n}, row ${r}: ${JSON.stringify(found[n]?.[r])} instead of ${JSON.stringify(row)}`);
        break;
      }
    }
  }
  const sheets = document.pageCount();
  const all = sheets <= DRAWN;
  const text = Array.from({ length: Math.min(sheets, DRAWN) }, (_, sheet) => drawn(document, sheet)).join("");
  const last = drawn(document, sheets - 1);
  for (const paragraph of wanted.paragraphs.map(solid)) {
    // A paragraph may go on over a sheet: its beginning is looked for.
    const begins = [...paragraph].slice(0, 12).join("");
    if (all && !text.includes(begins)) fault(`not drawn: ${begins}`);
  }
  for (const table of wanted.tables) {
    // Figures of the first rows and the last, each on one line.
    for (const [row, where] of [[table[1], text], [table.at(-1), all ? text : text + last]]) {
      for (const cell of (row ?? []).map(solid)) if (!where.includes([...cell].slice(0, 12).join(""))) fault(`not drawn: ${cell}`);
    }
  }
  const longest = wanted.tables.reduce((long, table) => (table.length > long.length ? table : long), [[]]);
  if (!all && !drawn(document, DRAWN / 2).includes(solid(longest[0].join("")))) fault("headings are not drawn again");
  document.free();
}
console.log(faults.slice(0, 40).join("\n"));
if (faults.length) process.exit(1);
