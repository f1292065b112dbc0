import { ALL_RULES, findingDocsUrl } from '@portolan/findings';

/** The rules as a table. */
export function rulesAsText(): string {
  const width = Math.max(0, ...ALL_RULES.map(({ name }) => name.length));
  return ALL_RULES.map(
    ({ id, name, severity, description }) =>
      `${id}  ${name.padEnd(width)}  ${severity.padEnd(8)}  ${description}\n`,
  ).join('');
}

/** The rules as JSON. */
export function rulesAsJson(): string {
  const rules = ALL_RULES.map((rule) => ({
    id: rule.id,
    name: rule.name,
    category: rule.category,
    severity: rule.severity,
    description: rule.description,
    remediation: rule.remediation,
    needsCompleteSnapshot: rule.needsCompleteSnapshot,
    docsUrl: findingDocsUrl(rule.id),
  }));
  return `${JSON.stringify(rules, null, 2)}\n`;
}
