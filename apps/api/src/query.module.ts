import { Module, type Provider } from '@nestjs/common';
import {
  BlastRadiusHopResolver,
  BlastRadiusResolver,
  SnapshotBlastRadiusResolver,
} from './blast-radius/blast-radius.resolver.js';
import { ClustersModule } from './clusters/clusters.module.js';
import { ComparisonsResolver } from './comparisons/comparisons.resolver.js';
import { ComparisonsService } from './comparisons/comparisons.service.js';
import { DiffResolver } from './diff/diff.resolver.js';
import { DiffService } from './diff/diff.service.js';
import { SnapshotDiffResolver } from './diff/snapshot-diff.resolver.js';
import { ExportController } from './export/export.controller.js';
import { ExportService } from './export/export.service.js';
import { ExposuresService } from './exposures/exposures.service.js';
import { RouteResolver } from './exposures/route.resolver.js';
import {
  ExposureConnectionResolver,
  RouteConnectionResolver,
  SnapshotExposuresResolver,
} from './exposures/snapshot-exposures.resolver.js';
import {
  FindingConnectionResolver,
  FindingResolver,
  FindingSubjectResolver,
} from './findings/finding.resolver.js';
import { FindingsController } from './findings/findings.controller.js';
import {
  DiffFindingsResolver,
  LintRulesResolver,
  SnapshotFindingsResolver,
} from './findings/findings.resolver.js';
import { FindingsService } from './findings/findings.service.js';
import { IndexesModule } from './indexes/indexes.module.js';
import { IsolationStateResolver } from './objects/isolation-state.resolver.js';
import { NamespaceResolver } from './objects/namespace.resolver.js';
import { ObjectNodes } from './objects/object-nodes.js';
import { PodResolver } from './objects/pod.resolver.js';
import { PolicyRuleResolver } from './objects/policy-rule.resolver.js';
import { PolicyResolver } from './objects/policy.resolver.js';
import { RulePeerResolver } from './objects/rule-peer.resolver.js';
import { SnapshotObjectsResolver } from './objects/snapshot-objects.resolver.js';
import { WorkloadResolver } from './objects/workload.resolver.js';
import { ClusterProfileResolver, SnapshotProfileResolver } from './profiles/profile.resolver.js';
import { AccessConnectionResolver } from './reachability/access-connection.resolver.js';
import { AnswerCache } from './reachability/answer-cache.js';
import {
  ExplanationResolver,
  SideExplanationResolver,
} from './reachability/explanation.resolver.js';
import { NearMissResolver } from './reachability/near-miss.resolver.js';
import { ReachabilityService } from './reachability/reachability.service.js';
import { RuleMatchResolver } from './reachability/rule-match.resolver.js';
import { SnapshotReachabilityResolver } from './reachability/snapshot-reachability.resolver.js';
import { WorkloadReachabilityResolver } from './reachability/workload-reachability.resolver.js';
import { ServiceResolver } from './objects/service.resolver.js';
import { SnapshotServicesResolver } from './objects/snapshot-services.resolver.js';
import { SnapshotsModule } from './snapshots/snapshots.module.js';

const OBJECTS: readonly Provider[] = [
  SnapshotObjectsResolver,
  NamespaceResolver,
  WorkloadResolver,
  PodResolver,
  PolicyResolver,
  PolicyRuleResolver,
  RulePeerResolver,
  IsolationStateResolver,
  ObjectNodes,
];

const SERVICES: readonly Provider[] = [ServiceResolver, SnapshotServicesResolver];

const REACHABILITY: readonly Provider[] = [
  AnswerCache,
  ReachabilityService,
  SnapshotReachabilityResolver,
  WorkloadReachabilityResolver,
  AccessConnectionResolver,
  RuleMatchResolver,
  NearMissResolver,
  ExplanationResolver,
  SideExplanationResolver,
];

const EXPOSURES: readonly Provider[] = [
  ExposuresService,
  SnapshotExposuresResolver,
  ExposureConnectionResolver,
  RouteConnectionResolver,
  RouteResolver,
];

const BLAST_RADIUS: readonly Provider[] = [
  SnapshotBlastRadiusResolver,
  BlastRadiusResolver,
  BlastRadiusHopResolver,
];

const PROFILES: readonly Provider[] = [ClusterProfileResolver, SnapshotProfileResolver];

const DIFF: readonly Provider[] = [DiffService, DiffResolver, SnapshotDiffResolver];

const FINDINGS: readonly Provider[] = [
  FindingsService,
  SnapshotFindingsResolver,
  DiffFindingsResolver,
  FindingResolver,
  FindingSubjectResolver,
  FindingConnectionResolver,
  LintRulesResolver,
];

const COMPARISONS: readonly Provider[] = [ComparisonsService, ComparisonsResolver];

/** Questions about stored snapshots: their objects, what reaches what, what differs, what is found, and exports. */
@Module({
  imports: [ClustersModule, SnapshotsModule, IndexesModule],
  controllers: [ExportController, FindingsController],
  providers: [
    ...OBJECTS,
    ...SERVICES,
    ...REACHABILITY,
    ...EXPOSURES,
    ...BLAST_RADIUS,
    ...PROFILES,
    ...DIFF,
    ...FINDINGS,
    ...COMPARISONS,
    ExportService,
  ],
})
export class QueryModule {}
