// Lays out a document with @rhwp/core and prints what it shows: for each sheet its size and its text, as JSON.
// With a folder as the second argument the sheets are drawn into it as SVG, to be looked at.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, file, folder] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const core = require.resolve("@rhwp/core");
const { default: init, HwpDocument } = await import(pathToFileURL(core));

// There is no canvas here: characters of Hangul are as wide as high, others about half of that.
globalThis.measureTextWidth = (font, text) => {
  const size = Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 10);
  return [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x10ff ? size : size * 0.56), 0);
};
await init({ module_or_path: readFileSync(join(core, "..", "rhwp_bg.wasm")) });
const document = new HwpDocument(new Uint8Array(readFileSync(file)));
const sheets = [];
for (let page = 0; page < document.pageCount(); page++) {
  const svg = document.renderPageSvg(page);
  const [, width, height] = /<svg[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const text = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((found) => found[1]).join("");
  if (folder) writeFileSync(join(folder, `${page}.svg`), svg);
  sheets.push({ width: Number(width), height: Number(height), text });
}
console.log(JSON.stringify(sheets));
