import type { FindingContext } from '../../finding-context.js';
import type { Found, FindingRule } from '../../finding-rule.js';
import { objectName } from '../../object-name.js';
import {
  type InternetExposure,
  internetExposures,
  ruleKey,
  trafficText,
} from './internet-exposures.js';

/** Services that a message names. */
const NAMED_SERVICES = 3;

/**
 * A rule lets a large part of the internet in. Of pods that nobody isolates NP501 tells; a list of somebody's own public
 * networks is what an ipBlock is for.
 */
export const INTERNET_INGRESS: FindingRule = {
  id: 'NP401',
  name: 'internet-ingress',
  category: 'IP_BLOCK',
  severity: 'HIGH',
  description:
    'All policies together admit a large part of the public addresses to pods, by this rule.',
  remediation: 'Name the peers that need it, or the networks that they come from.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const exposure of internetExposures(context, 'INGRESS')) {
      const published = exposure.workloads.filter((one) => context.publishing.isPublished(one));
      if (published.length > 0) report(meant(context, exposure, published));
      if (published.length < exposure.workloads.length) report(unpublished(exposure));
    }
  },
};

function unpublished({ policy, at, rule, traffic }: InternetExposure): Found {
  const isWritten = rule.peers !== null;
  return {
    object: { kind: 'POLICY', index: policy },
    place: { direction: 'INGRESS', rule: at, peer: null, port: null },
    key: ruleKey(rule),
    message: isWritten
      ? `Admits ${trafficText(traffic)} from the internet.`
      : `Has no \`from\`: admits ${trafficText(traffic)} from everywhere, the internet included.`,
    // Without `from` the cluster may be all that was thought of, and the internet may have no way to the pods.
    severity: isWritten ? 'HIGH' : 'MEDIUM',
    confidence: isWritten ? 'LIKELY' : 'POSSIBLE',
    fix: {
      text: isWritten
        ? 'Narrow the ipBlock to the networks of the clients, or select pods.'
        : 'Add `from` with the pods that need it; for the whole cluster `namespaceSelector: {}`.',
      yaml: null,
      edits: [],
    },
  };
}

/** Whoever publishes a workload means it to be reached. */
function meant(
  { view, publishing }: FindingContext,
  { policy, at, rule, traffic }: InternetExposure,
  published: readonly number[],
): Found {
  const services = new Set(
    published.flatMap((one) => publishing.servicesOf(one)).map((one) => one.service.index),
  );
  const names = [...services]
    .slice(0, NAMED_SERVICES)
    .map((index) => objectName(view, { kind: 'SERVICE', index }));
  const more = services.size > NAMED_SERVICES ? ' and others' : '';
  const why =
    names.length === 0
      ? 'they are an ingress controller'
      : `published by ${names.join(', ')}${more}`;
  return {
    object: { kind: 'POLICY', index: policy },
    place: { direction: 'INGRESS', rule: at, peer: null, port: null },
    key: `published ${ruleKey(rule)}`,
    message: `Admits ${trafficText(traffic)} from the internet to pods that are meant to be reached: ${why}.`,
    severity: 'LOW',
    confidence: 'POSSIBLE',
  };
}
