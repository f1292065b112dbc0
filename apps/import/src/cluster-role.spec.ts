import { readFileSync } from 'node:fs';
import { LISTED_KINDS } from '@portolan/live';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

it('the role allows to read exactly the kinds that are listed', () => {
  const text = readFileSync(new URL('../cluster-role.yaml', import.meta.url), 'utf8');
  const roles = parseAllDocuments(text)
    .map((document) => document.toJS() as { kind: string; rules?: readonly Rule[] })
    .filter(({ kind }) => kind === 'ClusterRole');
  expect(roles).toHaveLength(1);
  const rules = roles.flatMap((role) => role.rules ?? []);
  const allowed = rules.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap((group) => resources.map((plural) => `${group}/${plural}`)),
  );
  expect(allowed.sort()).toEqual(
    LISTED_KINDS.map(({ group, plural }) => `${group}/${plural}`).sort(),
  );
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list']));
  expect(rules.flatMap((rule) => Object.keys(rule)).sort()).toEqual(
    rules.flatMap(() => ['apiGroups', 'resources', 'verbs']).sort(),
  );
});
