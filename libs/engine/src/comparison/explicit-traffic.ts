import type { Direction } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_ROW } from '../snapshot-index.js';

/** What one end lets pass, and what of this because a rule allows it. */
interface SideTraffic {
  readonly passing: number;
  readonly explicit: number;
}

/** The end says nothing: no policy governs it in this direction. */
const SILENT: SideTraffic = { passing: FULL_TRAFFIC, explicit: NO_TRAFFIC };

/** What the policies of a snapshot explicitly permit: both ends let it pass, and at one end at least because a rule allows it. */
export class ExplicitTraffic {
  readonly #ingress: Int32Array;

  constructor(private readonly analysis: Analysis) {
    this.#ingress = new Int32Array(analysis.index.classes.count);
  }

  /** By source class, towards pods of one class. `out` has one traffic set id (of the analysis) for each class. */
  towards(destination: number, out: Int32Array): void {
    const { traffic } = this.analysis;
    this.analysis.sideTrafficWithPeers('INGRESS', destination, this.#ingress);
    const ingressRow = this.analysis.rowOf('INGRESS', destination);
    const { rowOfClass } = this.analysis.direction('EGRESS');
    const passing = this.analysis.rowTrafficWith('EGRESS', destination);
    const byRow: SideTraffic[] = [];
    for (let source = 0; source < out.length; source++) {
      const row = rowOfClass[source]!;
      if (ingressRow === NO_ROW && row === NO_ROW) {
        out[source] = NO_TRAFFIC;
        continue;
      }
      const egress =
        row === NO_ROW
          ? SILENT
          : (byRow[row] ??= this.#side('EGRESS', row, destination, passing[row]!));
      const ingress = this.#side('INGRESS', ingressRow, source, this.#ingress[source]!);
      out[source] = traffic.union(
        traffic.intersection(egress.explicit, ingress.passing),
        traffic.intersection(egress.passing, ingress.explicit),
      );
    }
  }

  #side(direction: Direction, row: number, peer: number, passing: number): SideTraffic {
    if (row === NO_ROW) return SILENT;
    const { offsets } = this.analysis.direction(direction).rows;
    // Of pods that NetworkPolicies isolate nothing passes without a rule.
    if (offsets[row + 1]! > offsets[row]!) return { passing, explicit: passing };
    const { allowed } = this.analysis.rowVerdict(direction, row, FULL_TRAFFIC, (entry) =>
      this.analysis.entryAdmitsClass(entry, peer),
    );
    return { passing, explicit: allowed };
  }
}
