(() => {
  'use strict';
  const says = document.currentScript.dataset;
  const lang = document.documentElement.lang;
  const few = 3;
  const many = 8;

  // Exact: amounts are whole numbers, rates a part and a whole; neither is made a floating-point number.
  const exact = (cell) => {
    const written = cell.dataset.v;
    if (written === undefined) return null;
    const [part, whole] = written.split('/');
    return [BigInt(part), BigInt(whole ?? 1)];
  };
  const text = (cell) => cell.textContent.trim();
  const names = new Intl.Collator(lang, { numeric: true });
  const compare = (a, b, sign) => {
    const [x, y] = [exact(a), exact(b)];
    if (x && y) {
      const [left, right] = [x[0] * y[1], y[0] * x[1]];
      return left < right ? -sign : left > right ? sign : 0;
    }
    if (x || y) return x ? -1 : 1;
    const [s, t] = [text(a), text(b)];
    // What is absent stands last, whichever way.
    const absent = (one) => one === '' || one === '-';
    if (absent(s) || absent(t)) return absent(s) - absent(t);
    return sign * names.compare(s, t);
  };

  class Sheet {
    constructor(table) {
      this.table = table;
      this.body = table.tBodies[0];
      this.rows = [...this.body.rows].map((tr, n) => {
        const parent = tr.dataset.p === undefined ? null : Number(tr.dataset.p);
        return { tr, n, parent, total: tr.classList.contains('total'), below: [], words: text(tr).normalize('NFC').toLowerCase() };
      });
      for (const row of this.rows) {
        const above = row.parent === null ? null : this.rows[row.parent];
        row.above = above && !above.total ? above : null;
        if (row.above) row.above.below.push(row);
      }
      if (this.rows.length >= few) this.headings();
      if (this.rows.length >= many) this.filtering();
    }

    headings() {
      this.heads = [...this.table.tHead.rows[0].cells];
      this.heads.forEach((head, column) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'sort';
        button.append(...head.childNodes);
        button.addEventListener('click', () => {
          const was = head.getAttribute('aria-sort');
          this.sort(column, was === null ? 'ascending' : was === 'ascending' ? 'descending' : null);
        });
        head.append(button);
      });
    }

    // Siblings change places; what is below a row stays below it, and totals stay where they are.
    sort(column, way) {
      this.heads.forEach((head, n) => {
        if (way && n === column) head.setAttribute('aria-sort', way);
        else head.removeAttribute('aria-sort');
      });
      const sign = way === 'descending' ? 1 : -1;
      const order = (rows) => (way === null ? rows : [...rows].sort((a, b) => compare(a.tr.cells[column], b.tr.cells[column], -sign) || a.n - b.n));
      const tops = this.rows.filter((row) => !row.total && !row.above);
      const sorted = [];
      const open = order(tops).reverse();
      while (open.length) {
        const row = open.pop();
        sorted.push(row);
        open.push(...order(row.below).reverse());
      }
      const others = sorted.values();
      this.body.append(...this.rows.map((row) => (way === null || row.total ? row : others.next().value).tr));
    }

    filtering() {
      const tools = document.createElement('div');
      tools.className = 'tools';
      const label = document.createElement('label');
      const input = document.createElement('input');
      input.type = 'search';
      label.append(says.filter, ' ', input);
      const reset = document.createElement('button');
      reset.type = 'button';
      reset.textContent = says.reset;
      const told = document.createElement('output');
      told.setAttribute('aria-live', 'polite');
      tools.append(label, reset, told);
      const scroll = this.table.parentElement;
      scroll.before(tools);
      this.filter = (wanted) => {
        if (input.value !== wanted) input.value = wanted;
        const sought = wanted.normalize('NFC').trim().toLowerCase();
        let shown = 0;
        for (const row of this.rows) row.kept = row.total || row.words.includes(sought);
        // What a row that is found stands below is kept, and so is what stands below it.
        for (const row of this.rows) {
          if (!row.words.includes(sought)) continue;
          for (let at = row.above; at; at = at.above) at.kept = true;
          const open = [...row.below];
          while (open.length) {
            const below = open.pop();
            below.kept = true;
            open.push(...below.below);
          }
        }
        for (const row of this.rows) {
          row.tr.hidden = !row.kept;
          shown += row.kept ? 1 : 0;
        }
        tools.classList.toggle('kept', sought !== '');
        const figure = (count) => count.toLocaleString('en');
        told.textContent = sought === '' ? '' : `‘${wanted.trim()}’ ${says.shown.replace('{0}', figure(this.rows.length)).replace('{1}', figure(shown))}`;
      };
      input.addEventListener('input', () => this.filter(input.value));
      reset.addEventListener('click', () => {
        this.filter('');
        this.sort(0, null);
      });
    }

    // Whoever follows a link to a row finds it, even if a filter had put it away.
    show(row) {
      if (row.hidden) this.filter('');
    }
  }

  const sheets = new Map([...document.querySelectorAll('table.data')].map((table) => [table, new Sheet(table)]));

  // Browsers open what hides the place that a link goes to; for those that do not yet, this does.
  const reveal = () => {
    const goal = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!goal) return;
    const row = goal.closest('tr');
    const sheet = row && sheets.get(row.closest('table'));
    if (sheet) sheet.show(row);
    const shut = goal.closest('details:not([open])');
    if (shut) shut.open = true;
    if (shut || sheet) goal.scrollIntoView({ block: 'nearest' });
  };
  addEventListener('hashchange', reveal);
  reveal();
})();
