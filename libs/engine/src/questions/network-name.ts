/** Networks that a name spells out; the others are counted. */
const NAMED_NETWORKS = 3;

/** Networks outside the cluster for people: `every address`, `10.1.0.0/16`, `the internet (1.0.0.0/8, … and 40 more networks)`. */
export function networkName(cidrs: readonly string[], includesInternet: boolean): string {
  if (cidrs.length === 2 && cidrs.includes('0.0.0.0/0') && cidrs.includes('::/0'))
    return 'every address';
  if (cidrs.length <= NAMED_NETWORKS) return cidrs.join(', ');
  const named = cidrs.slice(0, NAMED_NETWORKS).join(', ');
  const more = `${named} and ${String(cidrs.length - NAMED_NETWORKS)} more networks`;
  return includesInternet ? `the internet (${more})` : more;
}
