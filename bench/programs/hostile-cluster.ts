import { Analysis, buildIndex, exportAccess, whoCanReach } from '@portolan/engine';
import { ANY_TRAFFIC, DEFAULT_PEER_SCOPE } from '@portolan/model';
import { generateHostile, type HostileName } from '../clusters/hostile.js';
import { loadNamespaces, segmentsOf } from '../clusters/load.js';

/** Prints how long the analysis of a hostile cluster takes in a process that has done none before, and its questions. */
const SOURCES = 5;
/** Namespaces that are exported. */
const EXPORTED = 2;

const segments = segmentsOf(await loadNamespaces(generateHostile(process.argv[2] as HostileName)));
let at = performance.now();
function lap(): number {
  const before = at;
  at = performance.now();
  return at - before;
}

const index = buildIndex(segments);
const analysis = new Analysis(index);
const build = lap();
const { view } = analysis;
for (let i = 0; i < SOURCES; i++) {
  const { namespace, name, kind } = view.workloadIdentity((i * 331) % view.workloadCount);
  whoCanReach(analysis, {
    endpoint: { kind: 'workload', namespace, name, workloadKind: kind },
    traffic: ANY_TRAFFIC,
    groupBy: 'WORKLOAD',
    peers: DEFAULT_PEER_SCOPE,
    isEnforced: true,
    isExplained: false,
    page: { offset: 0, limit: 100 },
  });
}
const reach = lap() / SOURCES;
const isCluster = ({ namespace }: { readonly namespace: string }): boolean => namespace === '';
const few = [
  ...segments.filter(isCluster),
  ...segments.filter((segment) => !isCluster(segment)).slice(0, EXPORTED),
];
const rows = [
  ...exportAccess(new Analysis(buildIndex(few)), { groupBy: 'WORKLOAD', isEnforced: true }),
].length;
const exported = lap();
process.stdout.write(
  JSON.stringify({
    build,
    reach,
    exported,
    rows,
    classes: index.classes.count,
    bytes: index.byteLength,
  }),
);
