import { quoted } from './findings.js';
import type { FormReader } from './one-of.js';
import { readTextSet } from './text-set.js';

/** `domainNames` of a peer: lower-case, without a dot at the end. */
export interface DomainNamesManifest {
  readonly kind: 'domainNames';
  readonly names: readonly string[];
}

/** The pattern of the CRD (`DomainName`). */
const DOMAIN_NAME =
  /^(?:\*\.)?(?:[a-zA-Z0-9](?:[-a-zA-Z0-9_]*[a-zA-Z0-9])?\.)+[a-zA-Z0-9](?:[-a-zA-Z0-9_]*[a-zA-Z0-9])?\.?$/;

/**
 * Reads `domainNames`. DNS compares them without regard to case, and a dot at the end says only that nothing follows.
 * @see https://network-policy-api.sigs.k8s.io/npeps/npep-133-fqdn-egress-selector/
 */
export const readDomainNames: FormReader<DomainNamesManifest> = (value, path, findings) => ({
  kind: 'domainNames',
  names: readTextSet(value, path, findings, (text, at) => {
    if (DOMAIN_NAME.test(text)) return text.toLowerCase().replace(/\.$/, '');
    const message = 'is not a domain name of two or more labels, the first of which may be *';
    findings.reject(at, `${quoted(text)} ${message}`);
    return null;
  }),
});
