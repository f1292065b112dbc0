import { profileOf, refusedBackends, trafficWithNetworks } from '@portolan/engine';
import { formatTraffic, type IngressControllers } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { objectName } from '../../object-name.js';
import { classesOf, isCommon } from './admitted.js';
import { readSelector } from './dns-servers.js';

/** Routes to pods that do not admit those who serve the route. */
export const INGRESS_BACKEND_BLOCKED: FindingRule = {
  id: 'NP605',
  name: 'ingress-backend-blocked',
  category: 'DEPENDENCY',
  severity: 'HIGH',
  description:
    'An Ingress, a route of the Gateway API or an OpenShift Route leads to pods that do not admit the ingress controllers.',
  remediation: 'Allow ingress from the pods of the ingress controller on the port of the pods.',
  needsCompleteSnapshot: true,
  find(context, report) {
    const { analysis, view, profile } = context;
    if (profile.isEnforced === false) return;
    for (const { route, service, targets, controllers } of refusedBackends(
      analysis,
      givenControllers(context),
    )) {
      if (mayComeByAddress(context, controllers, targets)) continue;
      const wanted = [...targets.values()].reduce((a, b) => analysis.traffic.union(a, b));
      const names = controllers.map((index) => objectName(view, { kind: 'WORKLOAD', index }));
      const to = objectName(view, { kind: 'SERVICE', index: service });
      const ports = formatTraffic(analysis.traffic.get(wanted));
      report({
        object: { kind: 'ROUTE', index: route },
        key: to,
        message: `Leads to ${to}, whose pods do not admit ${names.join(', ')} on ${ports}.`,
        confidence: 'LIKELY',
        fix: {
          text: `Allow ingress on ${ports} from ${names.join(', ')} in a policy of the pods behind ${to}.`,
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

/** The engine knows the usual ones, and which routes each serves, better than a profile that was made of the same signs. */
function givenControllers({
  view,
  profile,
  isComplete,
}: FindingContext): readonly IngressControllers[] | null {
  const { ingressControllers } = profile;
  if (ingressControllers.length === 0 || view.routes.count === 0) return null;
  const usual = profileOf(view, isComplete).profile.ingressControllers;
  if (JSON.stringify(usual) === JSON.stringify(ingressControllers)) return null;
  return ingressControllers.map(({ namespaces, pods }) => ({
    namespaces: namespaces === null ? null : readSelector(namespaces),
    pods: pods === null ? null : readSelector(pods),
  }));
}

/**
 * A controller in the network of a node comes from the node's address: where that is not known, any admitted address may be
 * it.
 */
function mayComeByAddress(
  { analysis }: FindingContext,
  controllers: readonly number[],
  targets: ReadonlyMap<number, number>,
): boolean {
  const isOnNode = controllers.some((workload) =>
    classesOf(analysis, workload).some((one) => analysis.isNode(one)),
  );
  return (
    isOnNode &&
    [...targets].some(([podClass, wanted]) =>
      isCommon(analysis, trafficWithNetworks(analysis, 'INGRESS', podClass, null), wanted),
    )
  );
}
