import { FINDING_CATEGORIES } from '@portolan/model';
import { ALL_RULES } from './all-rules.js';

/** The index of the catalogue, as Markdown: docs/findings/README.md. */
export function cataloguePage(): string {
  return [
    '# Findings',
    '',
    '`portolan check` looks for mistakes in policies and for what they leave open. Each rule has a page: what it means, why it hurts, what to do, and how to',
    'silence it. This list is generated from the rules (`npm run generate`).',
    ...FINDING_CATEGORIES.flatMap((category) => {
      const rules = ALL_RULES.filter((rule) => rule.category === category);
      if (rules.length === 0) return [];
      return [
        '',
        `## ${category}`,
        '',
        '| rule | name | severity | what |',
        '| --- | --- | --- | --- |',
        ...rules.map(
          ({ id, name, severity, description }) =>
            `| [${id}](${id}.md) | ${name} | ${severity} | ${cell(description)} |`,
        ),
      ];
    }),
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
