// Opens every page of a folder in Chromium: reads it with axe-core in light and dark, follows a figure to its lines and
// back, with and without a script, sorts, filters, prints on A4, and takes note of whatever the console says.
//
//   node tests/web/browser.mjs FOLDER WHERE_THE_PACKAGES_ARE

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, packages] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(packages), 'node_modules', 'x.js'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const wrong = [];
const check = (page, holds, what) => {
  if (!holds) wrong.push(`${page}: ${what}`);
};

const profile = mkdtempSync(path.join(tmpdir(), 'wego-web-'));
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

const open = async (name, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on('console', (message) => check(name, false, `the console says: ${message.text()}`));
  page.on('pageerror', (error) => check(name, false, `the script fails: ${error.message}`));
  page.on('request', (request) => check(name, request.url().startsWith('file:'), `asks for ${request.url()}`));
  await page.goto(pathToFileURL(path.join(folder, name)).href);
  return { page, close: () => context.close() };
};

const violations = async (name, page, how, rules) => {
  await page.evaluate(axe);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const found = await page.evaluate((asked) => globalThis.axe.run(document, asked), options);
  for (const one of found.violations) {
    const nodes = one.nodes.slice(0, 3).map((node) => `${node.target} ${node.any.concat(node.all, node.none).map((c) => c.message).join('; ')}`);
    check(name, false, `${how}: ${one.id} (${one.impact}): ${one.help}: ${nodes.join(' | ')}`);
  }
};

// The first figure of a table that leads somewhere.
const follow = async (name, page, how) => {
  const figure = page.locator('table.data td a').first();
  if ((await figure.count()) === 0) return false;
  const goal = (await figure.getAttribute('href')).slice(1);
  const cell = await figure.evaluate((a) => a.closest('td').id);
  const body = page.locator(`[id="${goal}"]`);
  check(name, !(await body.isVisible()), `${how}: the lines are shut before they are asked for`);
  await figure.click();
  await body.waitFor({ state: 'visible', timeout: 3000 }).catch(() => check(name, false, `${how}: the lines do not open`));
  check(name, await body.evaluate((e) => { const r = e.closest('details').getBoundingClientRect(); return r.top > -2 && r.top < innerHeight; }), `${how}: the lines are not in sight`);
  const back = body.locator('.back a').first();
  if ((await back.count()) > 0) {
    await back.click();
    const home = page.locator(`[id="${await back.evaluate((a) => a.getAttribute('href').slice(1))}"]`);
    await page.waitForTimeout(100);
    check(name, await home.evaluate((e) => { const r = e.getBoundingClientRect(); return r.top > -2 && r.bottom < innerHeight + 2; }), `${how}: the way back does not lead to the figure`);
  }
  check(name, cell !== '', `${how}: the figure has no place`);
  return true;
};

const value = ([part, whole]) => ({ part: BigInt(part), whole: BigInt(whole ?? 1) });
const ordered = (values, way) => values.every((one, n) => {
  if (n === 0) return true;
  const [a, b] = [value(values[n - 1].split('/')), value(one.split('/'))];
  const difference = a.part * b.whole - b.part * a.whole;
  return way === 'ascending' ? difference <= 0n : difference >= 0n;
});

// Sorts by every column of figures: siblings are in order, parts stay below what they are parts of, totals where they were.
const sorts = async (name, page) => {
  const tables = page.locator('table.data:has(.sort)');
  for (let t = 0; t < (await tables.count()); t += 1) {
    const table = tables.nth(t);
    const shape = () => table.evaluate((e) => [...e.tBodies[0].rows].map((tr) => tr.rowIndex + ' ' + tr.textContent));
    const before = await shape();
    const columns = await table.evaluate((e) => [...e.tHead.rows[0].cells].map((th, n) => (th.classList.contains('n') ? n : -1)).filter((n) => n >= 0));
    await table.evaluate((e) => [...e.tBodies[0].rows].forEach((tr, n) => { tr.was = n; }));
    for (const column of columns.slice(0, name.startsWith('hard-long') ? 1 : 4)) {
      const button = table.locator('thead th').nth(column).locator('button');
      for (const way of ['ascending', 'descending']) {
        await button.click();
        const seen = await table.evaluate((e, n) => ({
          way: e.tHead.rows[0].cells[n].getAttribute('aria-sort'),
          rows: [...e.tBodies[0].rows].map((tr) => ({ was: tr.was, parent: tr.dataset.p ?? '', total: tr.classList.contains('total'), v: tr.cells[n].dataset.v })),
        }), column);
        check(name, seen.way === way, `table ${t}: aria-sort is ${seen.way}`);
        const groups = new Map();
        const totals = new Set(seen.rows.filter((row) => row.total).map((row) => String(row.was)));
        for (const row of seen.rows.filter((one) => !one.total)) {
          const above = totals.has(row.parent) ? '' : row.parent;
          groups.set(above, [...(groups.get(above) ?? []), row]);
        }
        for (const rows of groups.values()) {
          const known = rows.map((row) => row.v).filter((v) => v !== undefined);
          check(name, ordered(known, way), `table ${t}, column ${column}: not ${way}: ${known.slice(0, 6)}`);
          const first = rows.findIndex((row) => row.v === undefined);
          check(name, first < 0 || rows.slice(first).every((row) => row.v === undefined), `table ${t}: what is absent stands last`);
        }
        const place = new Map(seen.rows.map((row, n) => [String(row.was), n]));
        const path = (row) => { const all = []; for (let at = row; at; at = seen.rows[place.get(at.parent)]) all.push(at.was); return all; };
        seen.rows.forEach((row, n) => {
          if (row.total || row.parent === '' || totals.has(row.parent)) return;
          const above = seen.rows.slice(0, n).findLast((one) => !one.total);
          check(name, above && path(above).includes(Number(row.parent)), `table ${t}: a part has left its whole`);
        });
        check(name, seen.rows.every((row, n) => !row.total || row.was === n), `table ${t}: the total has moved`);
      }
      await button.click();
      check(name, JSON.stringify(await shape()) === JSON.stringify(before), `table ${t}: a third click does not restore the order`);
    }
  }
};

const filters = async (name, page) => {
  const input = page.locator('.tools input').first();
  if ((await input.count()) === 0) return;
  const table = page.locator('.tools + .scroll table').first();
  const wanted = await table.evaluate((e) => {
    const rows = [...e.tBodies[0].rows];
    const row = rows.filter((tr) => !tr.classList.contains('total')).at(-1);
    return { text: row.querySelector('th').textContent.trim(), parent: row.dataset.p };
  });
  const shown = () => table.evaluate((e) => [...e.tBodies[0].rows].filter((tr) => !tr.hidden).map((tr) => tr.textContent));
  const all = (await shown()).length;
  await input.fill(wanted.text);
  const rows = await shown();
  check(name, rows.some((text) => text.includes(wanted.text)), `the filter hides what is sought: ${wanted.text}`);
  if (wanted.parent !== undefined) {
    const kept = await table.evaluate((e, n) => !e.tBodies[0].rows[n].hidden, Number(wanted.parent));
    check(name, kept, 'the filter hides what a match is a part of');
  }
  check(name, (await page.locator('.tools output').first().textContent()).includes(String(all.toLocaleString('en'))), 'the filter says how many there are');
  await input.fill('그런 글은 어디에도 없다');
  check(name, (await shown()).length < all || all === 0, 'the filter hides nothing');
  await page.locator('.tools button').first().click();
  check(name, (await shown()).length === all, 'reset does not show all again');
};

const prints = async (name, page) => {
  const file = path.join(profile, `${name}.pdf`);
  await page.emulateMedia({ media: null });
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  const about = execFileSync('pdfinfo', ['-f', '1', '-l', '9999', file], { encoding: 'utf8' });
  const sizes = [...about.matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+)/g)].map((match) => [match[1], match[2]].map(Number).sort((a, b) => a - b));
  check(name, sizes.length > 0 && sizes.every(([a, b]) => Math.abs(a - 595) < 1 && Math.abs(b - 842) < 1), `is not printed on A4: ${sizes[0]}`);
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1e9 });
  const sheets = text.split('\f').filter((sheet) => sheet.trim() !== '');
  check(name, sheets.length === sizes.length, `an empty sheet is printed: ${sheets.length} of ${sizes.length} say something`);
  check(name, !text.includes('원래대로') && !text.includes('Reset'), 'controls are printed');
  return sheets;
};

const names = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();
let followed = 0;
const opened = async (name) => {
  const long = name.startsWith('hard-long');
  // Colours are the same on every page: hard ones are read once.
  for (const colorScheme of name.startsWith('hard-') ? ['light'] : ['light', 'dark']) {
    const { page, close } = await open(name, { colorScheme, reducedMotion: 'reduce' });
    const [paper, ink] = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]);
    check(name, (paper === 'rgb(255, 255, 255)') === (colorScheme === 'light') && paper !== ink, `${colorScheme}: ${ink} on ${paper}`);
    if (!long) {
      // In the dark nothing but colours is another thing.
      const rules = colorScheme === 'dark' ? ['color-contrast', 'link-in-text-block'] : undefined;
      await violations(name, page, colorScheme, rules);
      // What is shut is read too once it is open.
      await page.evaluate(() => document.querySelectorAll('details').forEach((one, n) => { one.open = n < 40; }));
      await violations(name, page, `${colorScheme}, opened`, rules);
    }
    await close();
  }
  {
    const { page, close } = await open(name, { reducedMotion: 'reduce' });
    if (await follow(name, page, 'script')) followed += 1;
    await sorts(name, page);
    await filters(name, page);
    const sheets = await prints(name, page);
    if (long) {
      // The table begins on a sheet and ends on one; what stands before and behind it has no headings.
      const without = sheets.map((sheet, n) => (sheet.includes('집행잔액') ? -1 : n)).filter((n) => n >= 0);
      const within = without.filter((n) => n > 1 && n < sheets.length - 3);
      check(name, sheets.length > 20 && within.length === 0, `no headings on sheets ${without} of ${sheets.length}`);
    }
    await close();
  }
  {
    const { page, close } = await open(name, { javaScriptEnabled: false, reducedMotion: 'reduce' });
    const told = await page.locator('main').innerText();
    check(name, told.length > 20, 'without a script nothing is said');
    check(name, (await page.locator('.tools, .sort').count()) === 0, 'without a script there are controls that do nothing');
    await follow(name, page, 'no script');
    await close();
  }
  {
    // On a telephone the page is as wide as the telephone: what is wider is scrolled by itself.
    const { page, close } = await open(name, { viewport: { width: 390, height: 844 } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(name, wide <= 390, `is ${wide} wide on a telephone of 390`);
    // Whoever has no mouse reaches the first figure and its lines.
    await page.keyboard.press('Tab');
    check(name, await page.evaluate(() => document.activeElement.classList.contains('skip')), 'the first key leads to the content');
    await close();
  }
};
// Several at once, as a page waits more than it works.
const waiting = [...names];
const worker = async () => {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await opened(name);
};
await Promise.all([worker(), worker(), worker()]);
check('all', names.length > 20 && followed > 20, `only ${names.length} pages, ${followed} figures`);
await browser.close();
rmSync(profile, { recursive: true });
if (wrong.length > 0) {
  console.log(wrong.slice(0, 60).join('\n'));
  process.exit(1);
}
console.log(`${names.length} pages`);
