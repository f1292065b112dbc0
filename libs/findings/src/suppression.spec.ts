import { profileOf } from '@portolan/engine';
import { type Finding, SourceView } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../test/support/analyse.js';
import { findAll } from './find-all.js';
import type { FindingRule } from './finding-rule.js';
import { deployment, namedFindings, namespace, policy } from './findings.test-support.js';
import { POLICY_SELECTS_NOTHING } from './rules/selector/np201-policy-selects-nothing.js';
import { expiredSuppressions, suppressionOf } from './suppression.js';

const ignored = (text: string, entry: string): string =>
  text.replace(/metadata: \{ /, `metadata: { annotations: { portolan.dev/ignore: "${entry}" }, `);
const idle = (name: string): string =>
  policy('shop', name, 'podSelector: { matchLabels: { app: gone } }');
const SHOP = namespace('shop') + deployment('shop', 'web');

async function found(
  text: string,
  today?: string,
): Promise<Pick<Finding, 'objects' | 'suppressed'>[]> {
  const all = await namedFindings(
    POLICY_SELECTS_NOTHING,
    SHOP + text,
    today === undefined ? {} : { today },
  );
  return all.map(({ finding: { objects, suppressed } }) => ({ objects, suppressed }));
}

async function sides(text: string) {
  const { content, analysis } = await analyseFiles([{ path: 'a.yaml', text }]);
  const parts = content.parts.map(({ namespace: name, sources }) => ({
    namespace: name,
    ...sources,
  }));
  return { content, analysis, view: analysis.view, sources: new SourceView(analysis.view, parts) };
}

describe('Silencing by annotation', () => {
  const until = 'NP201=waits until 2027-01-31';
  const suppressed = { reason: 'waits', until: '2027-01-31' };

  it('holds through its last day', async () => {
    const text = ignored(idle('a'), until);
    expect(await found(text, '2027-01-31')).toEqual([{ objects: [0], suppressed }]);
    expect(await found(text, '2027-02-01')).toEqual([{ objects: [0], suppressed: null }]);
  });

  it('tells members of a group that are silenced apart from the others', async () => {
    const text = idle('a') + ignored(idle('b'), until) + idle('c') + ignored(idle('d'), until);
    expect(await found(text, '2026-12-01')).toEqual([
      { objects: [0, 2], suppressed: null },
      { objects: [1, 3], suppressed },
    ]);
  });

  it('is of one rule, and reads nothing without a day', async () => {
    expect(await found(ignored(idle('a'), 'NP202=waits'), '2026-12-01')).toMatchObject([
      { suppressed: null },
    ]);
    expect(await found(ignored(idle('a'), 'NP201=waits'))).toMatchObject([{ suppressed: null }]);
    expect(await found(ignored(idle('a'), 'NP201=waits'), '2026-12-01')).toMatchObject([
      { suppressed: { reason: 'waits', until: null } },
    ]);
  });

  it('of a namespace is about that namespace alone', async () => {
    const text =
      ignored(namespace('shop'), 'NP201=a; NP501=b') + deployment('shop', 'web') + idle('a');
    const { view, sources } = await sides(text);
    const of = (kind: 'NAMESPACE' | 'POLICY', rule: string) =>
      suppressionOf(view, sources, { kind, index: 0 }, rule, '2026-12-01');
    expect(of('NAMESPACE', 'NP501')).toEqual({ reason: 'b', until: null });
    expect(of('POLICY', 'NP201')).toBeNull();
  });

  it('of a workload is about its pods as well', async () => {
    const { view, sources } = await sides(ignored(deployment('shop', 'web'), 'NP501=a'));
    for (const kind of ['WORKLOAD', 'POD'] as const)
      expect(suppressionOf(view, sources, { kind, index: 0 }, 'NP501', '2026-12-01')).toEqual({
        reason: 'a',
        until: null,
      });
  });

  it('says which are over, and where', async () => {
    const { view, sources } = await sides(
      SHOP + ignored(idle('a'), `${until}; NP202=later until 2028-01-01`),
    );
    expect(expiredSuppressions(view, sources, '2027-01-31')).toEqual([]);
    expect(expiredSuppressions(view, sources, '2027-02-01')).toMatchObject([
      {
        code: 'EXPIRED_SUPPRESSION',
        kind: 'NetworkPolicy',
        object: 'shop/a',
        location: { startLine: 17 },
      },
    ]);
  });

  it('holds for none of what a snapshot without such a column has, whose notes are missing, too', async () => {
    const { analysis, content, view } = await sides(SHOP + ignored(idle('a'), until));
    const seen: string[] = [];
    const rule: FindingRule = {
      ...POLICY_SELECTS_NOTHING,
      find(context, report) {
        seen.push(...Array.from(context.notes.keys(), String));
        POLICY_SELECTS_NOTHING.find(context, report);
      },
    };
    const of = (sources: SourceView): Finding[] => {
      const { profile } = profileOf(view, true);
      const more = {
        isComplete: true,
        problems: content.problems,
        base: null,
        today: '2026-12-01',
      };
      return findAll({ analysis, profile, sources, ...more }, [rule]);
    };
    const parts = content.parts.map(({ namespace: name, sources }) => ({
      namespace: name,
      ...sources,
    }));
    expect(of(new SourceView(view, parts))).toMatchObject([{ suppressed }]);
    expect(seen).toEqual(['0']);
    const older = parts.map((part) => ({ ...part, bytes: withoutNewColumns(part.bytes) }));
    expect(of(new SourceView(view, older))).toMatchObject([{ suppressed: null }]);
    expect(seen).toEqual(['0']);
  });
});

/** The block as a version without `policyNotes` and `ignores` wrote it. */
function withoutNewColumns(bytes: Uint8Array): Uint8Array {
  const words = new Int32Array(bytes.slice().buffer, 0, Math.floor(bytes.length / 4));
  const count = words[1]!;
  const lengths = [...words.subarray(3, 3 + count)];
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const [newer, older] = [lengths.slice(-2), lengths.slice(0, -2)];
  const first = (3 + count) * 4;
  const header = new Uint8Array(Int32Array.of(words[0]!, count - 2, words[2]!, ...older).buffer);
  const kept = bytes.slice(first, first + sum(older) * 4);
  const rest = bytes.slice(first + (sum(older) + sum(newer)) * 4);
  return new Uint8Array(Buffer.concat([header, kept, rest]));
}
