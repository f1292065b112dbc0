import { registerEnumType } from '@nestjs/graphql';
import type { WorkloadKind } from '@portolan/model';

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
  description: 'Kind of workload.',
  valuesMap: {
    DEPLOYMENT: { description: 'apps Deployment.' },
    STATEFUL_SET: { description: 'apps StatefulSet.' },
    DAEMON_SET: { description: 'apps DaemonSet.' },
    JOB: { description: 'batch Job.' },
    CRON_JOB: { description: 'batch CronJob.' },
    REPLICA_SET: { description: 'apps ReplicaSet without a Deployment.' },
    REPLICATION_CONTROLLER: { description: 'ReplicationController.' },
    POD: { description: 'A pod without an owner.' },
    OTHER: { description: 'Any other owner, for example a custom resource.' },
  },
});
