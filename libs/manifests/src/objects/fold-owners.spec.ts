import { describe, expect, it } from 'vitest';
import type { OwnerReference } from '../validate/object-meta.js';
import { type Folded, foldOwners } from './fold-owners.js';
import type { SlimPod, SlimWorkload } from './slim-objects.js';

const REPLICA_SET = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };
const JOB = { apiVersion: 'batch/v1', kind: 'Job' };

describe('foldOwners', () => {
  it('puts pods under the top owner that is in the snapshot', () => {
    const workloads = [
      workload('DEPLOYMENT', 'web', null),
      workload('REPLICA_SET', 'web-1', { ...DEPLOYMENT, name: 'web' }),
    ];
    const folded = foldOwners(workloads, [pod('web-1-x', { ...REPLICA_SET, name: 'web-1' })]);
    expect(summary(folded)).toEqual(['DEPLOYMENT web: web-1-x']);
  });

  it('stops at the last owner that is there', () => {
    const workloads = [workload('REPLICA_SET', 'web-1', { ...DEPLOYMENT, name: 'web' })];
    const folded = foldOwners(workloads, [pod('x', { ...REPLICA_SET, name: 'web-1' })]);
    expect(summary(folded)).toEqual(['REPLICA_SET web-1: x']);
  });

  it('finds the Deployment behind a ReplicaSet that is not there by the hash', () => {
    const owner = { ...REPLICA_SET, name: 'web-abc' };
    const pods = [pod('x', owner, { 'pod-template-hash': 'abc' }), pod('y', owner)];
    const folded = foldOwners([workload('DEPLOYMENT', 'web', null)], pods);
    expect(summary(folded)).toEqual(['DEPLOYMENT web: x', 'REPLICA_SET web-abc: y']);
    expect(summary(foldOwners([], pods))).toEqual(['REPLICA_SET web-abc: x y']);
  });

  it('knows owners of kinds that are not read by their kind', () => {
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' };
    const { workloads } = foldOwners([], [pod('x', rollout)]);
    expect(workloads).toMatchObject([{ kind: 'OTHER', kindName: 'Rollout', isDeclared: false }]);
  });

  it('does not take a StatefulSet of another group for that of Kubernetes', () => {
    const owner = { apiVersion: 'apps.kruise.io/v1', kind: 'StatefulSet', name: 'db' };
    const folded = foldOwners([workload('STATEFUL_SET', 'db', null)], [pod('db-0', owner)]);
    expect(summary(folded)).toEqual(['STATEFUL_SET db: db*', 'OTHER db: db-0']);
  });

  it('lets the template stand for pods that are not there or have ended', () => {
    const cron = workload('CRON_JOB', 'c', null);
    const job = workload('JOB', 'j', null);
    const ended = { phase: 'Succeeded' };
    const pods = [
      { ...pod('c1', { apiVersion: 'batch/v1', kind: 'CronJob', name: 'c' }), ...ended },
      { ...pod('j1', { ...JOB, name: 'j' }), ...ended },
    ];
    expect(summary(foldOwners([cron, job], []))).toEqual(['CRON_JOB c: c*', 'JOB j: j*']);
    expect(summary(foldOwners([cron, job], pods))).toEqual(['CRON_JOB c: c* c1', 'JOB j: j1']);
  });

  it('survives owners that own each other', () => {
    const a = workload('JOB', 'a', { ...JOB, name: 'b' });
    const b = workload('JOB', 'b', { ...JOB, name: 'a' });
    expect(summary(foldOwners([a, b], []))).toEqual(['JOB a: a*', 'JOB b: b*']);
  });
});

/** `kind name: pods`, template pods with a star. */
function summary({ workloads, pods }: Folded): string[] {
  return workloads.map(({ kind, name }, i) => {
    const own = pods.filter(({ workload: owner }) => owner === i);
    return `${kind} ${name}: ${own.map((one) => one.name + (one.pod === null ? '*' : '')).join(' ')}`;
  });
}

function workload(
  kind: SlimWorkload['kind'],
  name: string,
  owner: OwnerReference | null,
): SlimWorkload {
  const template = { labels: {}, ports: [], hostNetwork: false };
  return {
    type: 'workload',
    labels: {},
    namespace: 'n',
    name,
    kind,
    kindName: kind,
    owner,
    template,
    containers: [],
    account: { name: 'default', automount: null },
    source: SOURCE,
    ignore: null,
  };
}

function pod(name: string, owner: OwnerReference, labels: SlimPod['labels'] = {}): SlimPod {
  const shape = { labels, ports: [], hostNetwork: false };
  return {
    type: 'pod',
    namespace: 'n',
    name,
    owner,
    ...shape,
    ips: [],
    phase: null,
    account: { name: 'default', automount: null },
    node: null,
    source: SOURCE,
    ignore: null,
  };
}

const SOURCE = { path: 'a', documentIndex: 0, startLine: 1, endLine: 1 };
