import { NO_TRAFFIC } from '@portolan/engine';
import { commonCidr, parseCidr, type RuleMatch, rulesOf, type TrafficSet } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule, Found } from '../../finding-rule.js';
import { objectName } from '../../object-name.js';
import { trafficText } from './internet-exposures.js';
import { type IpBlockAt, ipBlocks } from './ip-blocks.js';

/** Rows of a policy's pods that are judged; of further ones it is not said that the exception is void there. */
const JUDGED_ROWS = 64;

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
  readonly by: readonly RuleMatch[];
  /** What passes in spite of it. */
  readonly traffic: TrafficSet;
  /** Whether that is all that the rule itself is about. */
  readonly isWhole: boolean;
}

function findingOf(context: FindingContext, at: IpBlockAt, except: string): Found | null {
  const { rows } = context;
  const subjects = rows.onePerRow(at.direction, rows.subjects(at.direction, at.policy.index));
  const all = subjects.slice(0, JUDGED_ROWS).map((one) => voidedOn(context, at, except, one));
  const voided = all.filter((one) => one !== null);
  // Whole exceptions are told of rather than parts.
  const [worst] = [...voided].sort((a, b) => Number(b.isWhole) - Number(a.isWhole));
  if (worst === undefined) return null;
  const some = voided.length < subjects.length ? ' for some of the pods' : '';
  return {
    object: { kind: 'POLICY', index: at.policy.index },
    place: { direction: at.direction, rule: at.at, peer: at.peerAt, port: null },
    key: `${at.direction} ${at.peer.cidrs.join(' ')} ${except}`,
    message: `${except} is excepted here, and ${byText(context, at, worst.by)} admits${worst.isWhole ? '' : ` ${trafficText(worst.traffic)} of`} it${some}: rules add up.`,
    severity: worst.isWhole ? 'HIGH' : 'MEDIUM',
    confidence: worst.isWhole ? 'CERTAIN' : 'POSSIBLE',
    fix: {
      text: `Except ${except} there as well, or remove the exception here.`,
      yaml: null,
      edits: [],
    },
  };
}

function voidedOn(
  context: FindingContext,
  at: IpBlockAt,
  except: string,
  podClass: number,
): Voided | null {
  const { analysis, addresses } = context;
  const { traffic } = analysis;
  const wanted = trafficOf(context, at, podClass);
  if (wanted === NO_TRAFFIC) return null;
  const hole = addresses.atomsOf([except]);
  const passes = addresses.withEach(at.direction, podClass, hole, wanted);
  if (passes === NO_TRAFFIC) return null;
  const by = addresses.admitting(at.direction, podClass, hole, passes);
  const isWhole = passes === wanted;
  // To admit some ports of just these addresses, or of everybody, is how one makes an exception from an exception.
  if (!isWhole && !by.some((match) => isWider(context, match, except))) return null;
  return { by, traffic: traffic.get(passes), isWhole };
}

/** The traffic of a rule on the pods of a class. */
function trafficOf(
  { analysis }: FindingContext,
  { policy, direction, at, peerAt }: IpBlockAt,
  podClass: number,
): number {
  const { compiled } = analysis.index;
  let found = NO_TRAFFIC;
  analysis.eachEntry(direction, analysis.rowOf(direction, podClass), (entry, id) => {
    if (
      compiled.policy[id] === policy.index &&
      compiled.entryRule[entry] === at &&
      compiled.entryPeer[entry] === peerAt
    )
      found = analysis.traffic.union(found, compiled.entryTraffic[entry]!);
  });
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
