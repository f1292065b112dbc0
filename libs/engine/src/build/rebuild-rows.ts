import type { Direction, PolicyRecord, PolicySwitches, SnapshotView } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { type Grouped, groupOf } from '../sets/grouped.js';
import { IntList, shared } from '../sets/int-list.js';
import { NO_ROW } from '../snapshot-index.js';
import { compareAsked } from './build-rows.js';
import type { PolicyCompiler } from './compile-policies.js';
import type { KnownClasses } from './known-classes.js';
import type { MatchedPolicies } from './match-policies.js';
import { type RowColumns, RowComponents } from './row-components.js';

/** Rows of a direction. Compiled policies of the base keep their numbers in them, others come behind these. */
export interface RebuiltRows extends RowColumns {
  readonly rowOfClass: Int32Array;
  readonly subjects: Grouped;
}

/** What rows are made of anew. */
export interface RowSources {
  readonly base: Analysis;
  readonly view: SnapshotView;
  readonly switches: PolicySwitches;
  readonly matched: MatchedPolicies;
  /** Policies that the base does not have. */
  readonly added: readonly PolicyRecord[];
  readonly classes: KnownClasses;
  readonly compiler: PolicyCompiler;
}

/** Gives the classes that changed policies select, or selected, their rows; others keep theirs. Numbers rows anew. */
export function rebuildRows(direction: Direction, sources: RowSources): RebuiltRows {
  const { base, matched, classes, view } = sources;
  const columns = base.direction(direction);
  const changes = new RowChanges(direction, sources);
  const rows = new RowComponents();
  const known = new Int32Array(columns.adminOfRow.length).fill(NO_ROW);
  const rowOfClass = new Int32Array(classes.classes.count).fill(NO_ROW);
  for (let id = 0; id < rowOfClass.length; id++) {
    const row = columns.rowOfClass[id]!;
    if (changes.isChanged(id)) {
      const policies = changes.policiesOf(id);
      if (policies !== null) rowOfClass[id] = rows.intern(policies);
    } else if (row !== NO_ROW) {
      if (known[row] === NO_ROW)
        known[row] = rows.intern({
          admin: groupOf(columns.chains, columns.adminOfRow[row]!),
          networkPolicies: groupOf(columns.rows, row),
          baseline: groupOf(columns.chains, columns.baselineOfRow[row]!),
        });
      rowOfClass[id] = known[row]!;
    }
  }
  const subjects = { offsets: new IntList(), items: new IntList() };
  subjects.offsets.push(0);
  for (let policy = 0; policy < view.policyCount; policy++) {
    const then = matched.before[policy]!;
    subjects.items.pushAll(then < 0 ? changes.subjectsOf(policy) : groupOf(columns.subjects, then));
    subjects.offsets.push(subjects.items.length);
  }
  return {
    ...rows.toColumns(),
    rowOfClass: shared(rowOfClass),
    subjects: { offsets: subjects.offsets.toShared(), items: subjects.items.toShared() },
  };
}

/** The policies of the classes whose row is another one than before. */
class RowChanges {
  /** By class: policies that came. */
  readonly #came = new Map<number, PolicyRecord[]>();
  readonly #subjects = new Map<number, Int32Array>();
  readonly #compareAsked: (a: PolicyRecord, b: PolicyRecord) => number;

  constructor(
    private readonly direction: Direction,
    private readonly sources: RowSources,
  ) {
    const { base, matched, added, classes, switches } = sources;
    this.#compareAsked = compareAsked(switches);
    const { subjects } = base.direction(direction);
    for (const [policy, now] of matched.after.entries())
      if (now < 0) for (const id of groupOf(subjects, policy)) this.#came.set(id, []);
    for (const policy of added) {
      if (!policy.spec.directions.includes(direction)) continue;
      const selected = classes.get(classes.ofSelection(policy.namespace, policy.spec.subject));
      this.#subjects.set(policy.index, selected);
      for (const id of selected) {
        const others = this.#came.get(id);
        if (others === undefined) this.#came.set(id, [policy]);
        else others.push(policy);
      }
    }
  }

  isChanged(id: number): boolean {
    return this.#came.has(id);
  }

  /** The classes that a policy of the head selects which the base does not have. */
  subjectsOf(policy: number): Int32Array {
    return this.#subjects.get(policy) ?? NOTHING;
  }

  /** Null when no policy selects a class any more. */
  policiesOf(id: number): Parameters<RowComponents['intern']>[0] | null {
    const compiled = [...this.#kept(id), ...this.#added(id)];
    if (compiled.length === 0) return null;
    const tier = (wanted: PolicyRecord['spec']['tier']): CompiledPolicy[] =>
      compiled.filter(({ policy }) => policy.spec.tier === wanted);
    const asked = (wanted: 'ADMIN' | 'BASELINE'): Int32Array =>
      numbers(tier(wanted).sort((a, b) => this.#compareAsked(a.policy, b.policy)));
    const networkPolicies = tier('NETWORK_POLICY');
    return {
      admin: asked('ADMIN'),
      networkPolicies: numbers(networkPolicies.sort((a, b) => a.policy.index - b.policy.index)),
      baseline: asked('BASELINE'),
    };
  }

  #kept(id: number): CompiledPolicy[] {
    const { base, matched, view } = this.sources;
    const row = base.rowOf(this.direction, id);
    if (row === NO_ROW) return [];
    return Array.from(base.compiledOfRow(this.direction, row), (compiled) => ({
      compiled,
      now: matched.after[base.index.compiled.policy[compiled]!]!,
    }))
      .filter(({ now }) => now >= 0)
      .map(({ compiled, now }) => ({ compiled, policy: view.policy(now) }));
  }

  #added(id: number): CompiledPolicy[] {
    const { base, classes, compiler } = this.sources;
    const first = base.index.compiled.policy.length;
    return this.#came.get(id)!.map((policy) => {
      const table = compiler.dependsOnPorts(policy.index, this.direction)
        ? classes.portTable[id]!
        : 0;
      return { policy, compiled: first + compiler.compile(policy.index, this.direction, table) };
    });
  }
}

interface CompiledPolicy {
  readonly policy: PolicyRecord;
  readonly compiled: number;
}

const NOTHING = new Int32Array(0);

function numbers(policies: readonly CompiledPolicy[]): Int32Array {
  return Int32Array.from(policies, ({ compiled }) => compiled);
}
