import { NO_TRAFFIC } from '@portolan/engine';
import { commonCidr, parseCidr, type RuleMatch, rulesOf } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule, Found } from '../../finding-rule.js';
import { objectName } from '../../object-name.js';
import { trafficText } from './internet-exposures.js';
import { type IpBlockAt, ipBlocks } from './ip-blocks.js';

/** Entries of the rows of a policy's pods that are looked at for one exception. */
const ENTRIES = 50_000;

/** What a rule excepts, others of the same pods admit. */
export const EXCEPT_HAS_NO_EFFECT: FindingRule = {
  id: 'NP406',
  name: 'except-has-no-effect',
  category: 'IP_BLOCK',
  severity: 'HIGH',
  description:
    'The addresses in an `except` are admitted by other rules of the same pods: an exception takes away from its own block alone.',
  remediation: 'Except the addresses in the other rules as well, or remove the exception.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const at of ipBlocks(context.policies))
      for (const except of at.peer.except) {
        const found = findingOf(context, at, except);
        if (found !== null) report(found);
      }
  },
};

/** What becomes of an exception on the pods of one row. */
interface Voided {
  readonly podClass: number;
  /** What passes in spite of it: a traffic set. */
  readonly passes: number;
  /** Whether that is all that the rule itself is about. */
  readonly isWhole: boolean;
}

function findingOf(context: FindingContext, at: IpBlockAt, except: string): Found | null {
  const { rows, addresses, analysis } = context;
  const hole = addresses.atomsOf([except]);
  // Most exceptions are nobody else's: that is found out without a look at the rows.
  const own = { policy: at.policy.index, rule: at.at, peer: at.peerAt };
  if (!addresses.mayPass(own, hole)) return null;
  const subjects = rows.onePerRow(at.direction, rows.subjects(at.direction, at.policy.index));
  const judged = withinBudget(context, at, subjects);
  const voided = judged
    .map((one) => voidedOn(context, at, except, hole, one))
    .filter((one) => one !== null);
  // Whole exceptions are told of rather than parts.
  const worst = voided.find(({ isWhole }) => isWhole) ?? voided[0];
  if (worst === undefined) return judged.length < subjects.length ? notJudged(at, except) : null;
  const some = voided.length < subjects.length ? ' for some of the pods' : '';
  const by = addresses.admitting(at.direction, worst.podClass, hole, worst.passes);
  const what = worst.isWhole ? '' : ` ${trafficText(analysis.traffic.get(worst.passes))} of`;
  return {
    ...placed(at, except),
    message: `${except} is excepted here, and ${byText(context, at, by)} admits${what} it${some}: rules add up.`,
    severity: worst.isWhole ? 'HIGH' : 'MEDIUM',
    confidence: worst.isWhole ? 'CERTAIN' : 'POSSIBLE',
    fix: {
      text: `Except ${except} there as well, or remove the exception here.`,
      yaml: null,
      edits: [],
    },
  };
}

function placed(at: IpBlockAt, except: string): Pick<Found, 'object' | 'place' | 'key'> {
  return {
    object: { kind: 'POLICY', index: at.policy.index },
    place: { direction: at.direction, rule: at.at, peer: at.peerAt, port: null },
    key: `${at.direction} ${at.peer.cidrs.join(' ')} ${except}`,
  };
}

/** Classes as far as there is time to judge their rows. */
function withinBudget(
  { analysis }: FindingContext,
  { direction }: IpBlockAt,
  classes: readonly number[],
): readonly number[] {
  const { entryOffsets } = analysis.index.compiled;
  let entries = 0;
  const end = classes.findIndex((one) => {
    for (const id of analysis.compiledOfRow(direction, analysis.rowOf(direction, one)))
      entries += entryOffsets[id + 1]! - entryOffsets[id]!;
    return entries > ENTRIES;
  });
  return end < 0 ? classes : classes.slice(0, Math.max(end, 1));
}

/** A no must not be said of what nobody has looked at. */
function notJudged(at: IpBlockAt, except: string): Found {
  return {
    ...placed(at, except),
    message: `${except} is excepted here. Whether other rules admit it all the same was judged for some of the pods alone: their policies are too many.`,
    severity: 'INFO',
    confidence: 'POSSIBLE',
  };
}

function voidedOn(
  context: FindingContext,
  at: IpBlockAt,
  except: string,
  hole: Int32Array,
  podClass: number,
): Voided | null {
  const { addresses } = context;
  const wanted = trafficOf(context, at, podClass);
  if (wanted === NO_TRAFFIC) return null;
  const passes = addresses.withEach(at.direction, podClass, hole, wanted);
  if (passes === NO_TRAFFIC) return null;
  const isWhole = passes === wanted;
  // To admit some ports of just these addresses, or of everybody, is how one makes an exception from an exception.
  const isMeant = (): boolean =>
    !addresses
      .admitting(at.direction, podClass, hole, passes)
      .some((match) => isWider(context, match, except));
  return !isWhole && isMeant() ? null : { podClass, passes, isWhole };
}

/** The traffic of a rule on the pods of a class. */
function trafficOf(
  { analysis }: FindingContext,
  { policy, direction, at, peerAt }: IpBlockAt,
  podClass: number,
): number {
  const { traffic } = analysis;
  const { compiled } = analysis.index;
  const { entryOffsets, entryRule, entryPeer, entryTraffic } = compiled;
  let found = NO_TRAFFIC;
  for (const id of analysis.compiledOfRow(direction, analysis.rowOf(direction, podClass))) {
    if (compiled.policy[id] !== policy.index) continue;
    for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++)
      if (entryRule[entry] === at && entryPeer[entry] === peerAt)
        found = traffic.union(found, entryTraffic[entry]!);
  }
  return found;
}

/** Whether a rule names a network that is wider than some addresses. */
function isWider({ view }: FindingContext, match: RuleMatch, except: string): boolean {
  const { policy, direction, rule, peer } = match;
  const one =
    peer === null ? null : rulesOf(view.policy(policy).spec, direction)[rule]?.peers?.[peer];
  const hole = parseCidr(except);
  return (
    one?.kind === 'networks' &&
    one.cidrs
      .map(parseCidr)
      .some((cidr) => cidr.prefix < hole.prefix && commonCidr(cidr, hole) === hole)
  );
}

function byText({ view }: FindingContext, { policy }: IpBlockAt, by: readonly RuleMatch[]): string {
  const others = [...new Set(by.map((match) => match.policy))].filter(
    (one) => one !== policy.index,
  );
  const names = others.map((index) => objectName(view, { kind: 'POLICY', index }));
  if (by.length > 0 && others.length === 0) return 'another rule of this policy';
  return names.join(' and ');
}
