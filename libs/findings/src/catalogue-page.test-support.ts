import { FINDING_CATEGORIES } from '@portolan/model';
import { ALL_RULES } from './all-rules.js';
import { MENDED_RULES } from './mended-rules.js';

/** The index of the catalogue, as Markdown: docs/findings/README.md. */
export function cataloguePage(): string {
  return [
    '# Findings',
    '',
    '`portolan check` looks for mistakes in policies and for what they leave open. Each rule has a page: what it means, why it hurts, what to do, and how to',
    'silence it. This list is generated from the rules (`npm run generate`).',
    '',
    '_patch_: `--fix-patch` has a mechanical fix for such findings, or for those of them where only one fix is possible.',
    ...FINDING_CATEGORIES.flatMap((category) => {
      const rules = ALL_RULES.filter((rule) => rule.category === category);
      if (rules.length === 0) return [];
      return [
        '',
        `## ${category}`,
        '',
        '| rule | name | severity | fix | what |',
        '| --- | --- | --- | --- | --- |',
        ...rules.map(
          ({ id, name, severity, description }) =>
            `| [${id}](${id}.md) | ${name} | ${severity} | ${MENDED_RULES.has(id) ? 'patch' : ''} | ${cell(description)} |`,
        ),
      ];
    }),
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
