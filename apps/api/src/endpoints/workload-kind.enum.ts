import { registerEnumType } from '@nestjs/graphql';
import type { WorkloadKind } from '@portolan/model';

/** Kinds of top owner. */
export const WorkloadKindEnum = {
  DEPLOYMENT: 'DEPLOYMENT',
  STATEFUL_SET: 'STATEFUL_SET',
  DAEMON_SET: 'DAEMON_SET',
  JOB: 'JOB',
  CRON_JOB: 'CRON_JOB',
  REPLICA_SET: 'REPLICA_SET',
  REPLICATION_CONTROLLER: 'REPLICATION_CONTROLLER',
  POD: 'POD',
  OTHER: 'OTHER',
} as const satisfies Record<WorkloadKind, WorkloadKind>;

registerEnumType(WorkloadKindEnum, {
  name: 'WorkloadKind',
  description: 'What makes the pods of a workload.',
  valuesMap: {
    DEPLOYMENT: { description: 'A Deployment, through its ReplicaSets.' },
    STATEFUL_SET: { description: 'A StatefulSet.' },
    DAEMON_SET: { description: 'A DaemonSet.' },
    JOB: { description: 'A Job that no CronJob made.' },
    CRON_JOB: { description: 'A CronJob, through its Jobs.' },
    REPLICA_SET: { description: 'A ReplicaSet that no Deployment made.' },
    REPLICATION_CONTROLLER: { description: 'A ReplicationController.' },
    POD: { description: 'A pod without an owner.' },
    OTHER: { description: 'Any other owner, for example a custom resource.' },
  },
});
