import { describe, expect, it } from 'vitest';
import { kindsWithUnknownPods, operatorCaveat } from './operator-pods.js';

const skipped = (group: string, kind: string): { group: string; kind: string; count: number } => ({
  group,
  kind,
  count: 1,
});

describe('kindsWithUnknownPods', () => {
  it('names custom resources of which operators make pods', () => {
    const kinds = kindsWithUnknownPods([
      skipped('monitoring.coreos.com', 'Prometheus'),
      skipped('kafka.strimzi.io', 'Kafka'),
      skipped('jobset.x-k8s.io', 'JobSet'),
    ]);
    expect(kinds).toEqual(['JobSet', 'Kafka', 'Prometheus']);
    expect(operatorCaveat(kinds)).toContain('Kafka');
  });

  it("leaves out Kubernetes' own kinds, and those of which no pod comes", () => {
    const kinds = kindsWithUnknownPods([
      skipped('', 'ConfigMap'),
      skipped('rbac.authorization.k8s.io', 'Role'),
      skipped('policy', 'PodDisruptionBudget'),
      skipped('monitoring.coreos.com', 'ServiceMonitor'),
    ]);
    expect(kinds).toEqual([]);
    expect(operatorCaveat(kinds)).toBe('');
  });
});
