import { shared } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
import { TupleTable } from '../sets/tuple-table.js';
import type { DirectionColumns } from '../snapshot-index.js';

/** The compiled policies of a row by tier, each list in the order in which they are asked. */
export interface PoliciesOfRow {
  readonly admin: Int32Array;
  readonly networkPolicies: Int32Array;
  readonly baseline: Int32Array;
}

/** What an index says of the policies of rows. */
export type RowColumns = Pick<DirectionColumns, 'rows' | 'adminOfRow' | 'baselineOfRow' | 'chains'>;

const ADMIN = 0;
const NETWORK_POLICIES = 1;
const BASELINE = 2;

/** Numbers rows by their compiled policies: equal ones get equal numbers. */
export class RowComponents {
  readonly #chains = new SequenceTable();
  readonly #networkPolicies = new SequenceTable();
  readonly #rows = new TupleTable(3);
  readonly #row = new Int32Array(3);

  constructor() {
    // So that NO_CHAIN is the empty one.
    this.#chains.intern(new Int32Array(0));
  }

  intern({ admin, networkPolicies, baseline }: PoliciesOfRow): number {
    const row = this.#row;
    row[ADMIN] = this.#chains.intern(admin);
    row[NETWORK_POLICIES] = this.#networkPolicies.intern(networkPolicies);
    row[BASELINE] = this.#chains.intern(baseline);
    return this.#rows.intern(row);
  }

  toColumns(): RowColumns {
    return {
      rows: this.#networkPolicies.pick(this.#rows.column(NETWORK_POLICIES)),
      adminOfRow: shared(this.#rows.column(ADMIN)),
      baselineOfRow: shared(this.#rows.column(BASELINE)),
      chains: this.#chains.toGrouped(),
    };
  }
}
