import type { Detection } from '@portolan/model';
import type { ClusterSigns } from './cluster-signs.js';
import { PLUGIN_RULES } from './plugin-rules.js';
import type { PluginSign } from './plugin-sign.js';

/**
 * What enforces policies, by what plugins have installed. One plugin that enforces is taken; several contradict each other.
 * That nothing enforces is taken only of a whole cluster: in a part, what enforces may be elsewhere.
 */
export function detectEnforcement(signs: ClusterSigns): Detection[] {
  const found = distinct(PLUGIN_RULES.flatMap((rule) => rule.look(signs) ?? []));
  const without = found.filter(({ enforcement }) => enforcement === 'NONE');
  const enforcers = found.filter(({ enforcement }) => enforcement !== 'NONE');
  const known = enforcers.filter(({ confidence }) => confidence !== 'UNSURE');
  const kinds = new Set(known.map(({ enforcement }) => enforcement));
  if (kinds.size > 1) return enforcers.map((sign) => toDetection(doubtful(sign, CONTRADICTED)));
  if (kinds.size === 1) return known.map(toDetection);
  if (enforcers.length > 0 || signs.isComplete) {
    const others = enforcers.length === 0 ? without.map(nothingElse) : enforcers;
    return others.map(toDetection);
  }
  return without.map((sign) => toDetection(doubtful(sign, PARTIAL)));
}

const CONTRADICTED = 'another plugin that enforces policies is there as well';
const PARTIAL = 'the snapshot is a part of its cluster, in which something else may enforce them';

function doubtful(sign: PluginSign, why: string): PluginSign {
  return { ...sign, reason: `${sign.reason}; but ${why}`, confidence: 'UNSURE' };
}

function nothingElse(sign: PluginSign): PluginSign {
  return {
    ...sign,
    reason: `${sign.reason}; the snapshot holds the whole cluster, and nothing else that enforces them`,
  };
}

/** Canal has the resources of Calico: an object that was seen makes a suspicion of the same plugin needless. */
function distinct(signs: readonly PluginSign[]): PluginSign[] {
  return signs.filter(
    (sign) =>
      sign.confidence !== 'UNSURE' ||
      !signs.some(
        ({ enforcement, confidence }) =>
          enforcement === sign.enforcement && confidence !== 'UNSURE',
      ),
  );
}

function toDetection({ enforcement, reason, object, confidence }: PluginSign): Detection {
  return { setting: 'enforcement', value: enforcement, reason, object, confidence };
}
