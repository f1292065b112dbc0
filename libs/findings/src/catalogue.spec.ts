import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FINDING_CATEGORIES } from '@portolan/model';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { ALL_RULES } from './all-rules.js';
import { cataloguePage } from './catalogue-page.test-support.js';

const folder = new URL('../../../docs/findings/', import.meta.url);
const INDEX = fileURLToPath(new URL('README.md', folder));
const SECTIONS = ['## Why it hurts', '## Bad', '## Good', '## How to silence it'];

describe('the catalogue', () => {
  it('has each id and each name once, in the order of the numbers within a category', () => {
    const ids = ALL_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ALL_RULES.map(({ name }) => name)).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^NP[1-9]\d\d$/);
    for (const category of FINDING_CATEGORIES) {
      const own = ALL_RULES.filter((rule) => rule.category === category).map(({ id }) => id);
      expect(own).toEqual([...own].sort());
    }
  });

  it('has a page for each rule, and a rule for each page', () => {
    const pages = readdirSync(folder)
      .filter((name) => name !== 'README.md')
      .sort();
    expect(pages).toEqual(ALL_RULES.map(({ id }) => `${id}.md`).sort());
  });

  it.each(ALL_RULES.map(({ id, name, severity, category }) => [id, name, severity, category]))(
    'has all that is needed on the page of %s',
    (id, name, severity, category) => {
      const page = readFileSync(new URL(`${id}.md`, folder), 'utf8');
      expect(page.startsWith(`# ${id} ${name}\n`)).toBe(true);
      expect(page).toContain(`**Severity** ${severity}`);
      expect(page).toContain(`**Category** ${category}`);
      const places = SECTIONS.map((title) => page.indexOf(`\n${title}\n`));
      expect(places.every((place) => place > 0)).toBe(true);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    },
  );

  it('has an index that is fresh', async () => {
    const style = await resolveConfig(INDEX);
    const page = await format(cataloguePage(), { ...style, filepath: INDEX });
    await expect(page).toMatchFileSnapshot(INDEX);
  });
});
