import { NO_CLASS, selectPods, serviceTargets, trafficWithNetworks } from '@portolan/engine';
import { type ApiServerCall, apiServerCalls, formatTraffic } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule, Found } from '../../finding-rule.js';
import { isAdmitted, isCommon } from './admitted.js';
import { readSelector } from './dns-servers.js';

/** Pods that the API server calls, and whose policies admit no address of it. */
export const WEBHOOK_INGRESS_MISSING: FindingRule = {
  id: 'NP604',
  name: 'webhook-ingress-missing',
  category: 'DEPENDENCY',
  severity: 'CRITICAL',
  description:
    'The pods of a webhook, an aggregated API or a conversion admit neither the API server nor everyone.',
  remediation:
    "Allow ingress from the addresses of the API server on the pods' port; a selector cannot match it.",
  needsCompleteSnapshot: true,
  find(context, report) {
    const { view, profile } = context;
    const all = apiServerCalls(view);
    if (profile.isEnforced === false || all.length === 0) return;
    const callers = new Callers(context);
    for (const calls of together(all)) {
      const found = judge(context, callers, calls);
      if (found !== null) report(found);
    }
  },
};

/** Calls of one object to one port of a Service: a configuration may have many webhooks. */
function together(calls: readonly ApiServerCall[]): ApiServerCall[][] {
  const groups = new Map<string, ApiServerCall[]>();
  for (const call of calls) {
    const { kind, name, namespace, service, port } = call;
    const key = [kind, name, namespace, service, port].join('/');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [call]);
    else known.push(call);
  }
  return [...groups.values()];
}

function judge(
  { analysis, view }: FindingContext,
  callers: Callers,
  calls: readonly ApiServerCall[],
): Found | null {
  const [call] = calls;
  if (call === undefined) return null;
  const { kind, name, namespace, service, port } = call;
  const index = view.services.find(view.findNamespace(namespace), service);
  if (index < 0) return null;
  const targets = [...serviceTargets(analysis, index, (own) => own.port === port)];
  let asked = analysis.traffic.add([]);
  let isOtherAdmitted = false;
  for (const [podClass, wanted] of targets) {
    const reach = callers.reach(podClass, wanted);
    if (reach === 'ADMITTED') return null;
    if (reach === 'OTHERS') isOtherAdmitted = true;
    asked = analysis.traffic.union(asked, wanted);
  }
  if (targets.length === 0) return null;
  return {
    object: { kind: 'SERVICE', index },
    key: `${kind} ${name} ${String(port)}`,
    message: `The API server cannot call ${kind} ${name} on ${formatTraffic(analysis.traffic.get(asked))} of the pods: ${
      isOtherAdmitted
        ? 'the addresses that their policies admit are not those of API server or nodes'
        : 'their policies admit no address outside the pods'
    }.${consequence(calls)}`,
    confidence: isOtherAdmitted ? 'POSSIBLE' : 'LIKELY',
    fix: {
      text: 'Allow ingress on that port from the addresses of the API server as ipBlocks, or from everyone (a rule without `from`): the caller is no pod, and proves itself by TLS.',
      yaml: null,
      edits: [],
    },
  };
}

function consequence(calls: readonly ApiServerCall[]): string {
  if (calls.some(({ failurePolicy }) => failurePolicy === 'Ignore'))
    return ' With failurePolicy Ignore requests pass without it.';
  if (calls.some(({ failurePolicy }) => failurePolicy === 'Fail'))
    return ' With failurePolicy Fail the requests it is for are refused.';
  return '';
}

type Reach = 'ADMITTED' | 'OTHERS' | 'NOBODY';

/** Where the API server calls from, as far as it is known. */
class Callers {
  readonly #cidrs: readonly string[];
  /** Classes of pods that tunnels of the control plane end in. */
  readonly #tunnels: readonly number[];

  constructor(private readonly context: FindingContext) {
    const { analysis, profile } = context;
    this.#cidrs = [...new Set([...profile.apiServerCidrs, ...profile.nodeCidrs])];
    const { podClass } = analysis.index.pods;
    const pods = ['k8s-app=konnectivity-agent', 'component=kube-apiserver'].flatMap((selector) =>
      selectPods(analysis, null, readSelector(selector)),
    );
    this.#tunnels = [...new Set(pods.map((pod) => podClass[pod]!))].filter(
      (one) => one !== NO_CLASS,
    );
  }

  reach(podClass: number, wanted: number): Reach {
    const { analysis } = this.context;
    const admits = (cidrs: readonly string[] | null): boolean =>
      isCommon(analysis, trafficWithNetworks(analysis, 'INGRESS', podClass, cidrs), wanted);
    // A port that leads nowhere is not for policies to mend.
    if (analysis.traffic.get(wanted).length === 0) return 'ADMITTED';
    if (this.#tunnels.some((one) => isAdmitted(analysis, 'INGRESS', podClass, one, wanted)))
      return 'ADMITTED';
    if (!admits(null)) return 'NOBODY';
    return this.#cidrs.length === 0 || admits(this.#cidrs) ? 'ADMITTED' : 'OTHERS';
  }
}
