const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const LABEL_LENGTH = 63;
const SUBDOMAIN_LENGTH = 253;
const PORT_NAME_LENGTH = 15;

/** Checks of `k8s.io/apimachinery/pkg/util/validation`. Each says what is wrong, or null. */
export function faultInLabelName(name: string): string | null {
  if (name.length > LABEL_LENGTH) return `must not be longer than ${LABEL_LENGTH} characters`;
  return LABEL.test(name)
    ? null
    : 'must be lower-case letters, digits and -, with a letter or digit at both ends (DNS label)';
}

/** Names of most objects (DNS-1123 subdomain). */
export function faultInSubdomainName(name: string): string | null {
  if (name.length > SUBDOMAIN_LENGTH) {
    return `must not be longer than ${SUBDOMAIN_LENGTH} characters`;
  }
  return SUBDOMAIN.test(name)
    ? null
    : 'must be lower-case letters, digits, - and ., with a letter or digit at both ends (DNS subdomain)';
}

/**
 * Names of policies. The API server asks for a DNS subdomain, but examples in documentation do not all keep to that, and
 * a policy's name has no effect on traffic: what else could be a name is taken.
 */
export function faultInPolicyName(name: string): string | null {
  if (name.length > SUBDOMAIN_LENGTH) {
    return `must not be longer than ${SUBDOMAIN_LENGTH} characters`;
  }
  return QUALIFIED.test(name) ? null : 'must be letters, digits, -, _ and .';
}

/** Names of roles and their bindings: whatever can stand between two slashes of an address. */
export function faultInPathSegment(name: string): string | null {
  if (name === '.' || name === '..') return 'must not be . or ..';
  return /[/%]/.test(name) ? 'must not contain / or %' : null;
}

/** `app` or `example.com/app`. */
export function faultInLabelKey(key: string): string | null {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? null : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== null && (prefix.length > SUBDOMAIN_LENGTH || !SUBDOMAIN.test(prefix))) {
    return 'the part in front of / must be a DNS subdomain';
  }
  if (name.length > LABEL_LENGTH)
    return `the name must not be longer than ${LABEL_LENGTH} characters`;
  return QUALIFIED.test(name) ? null : 'the name must be letters, digits, -, _ and .';
}

/** Empty, or as the name in a label key. */
export function faultInLabelValue(value: string): string | null {
  if (value.length > LABEL_LENGTH) return `must not be longer than ${LABEL_LENGTH} characters`;
  return value === '' || QUALIFIED.test(value)
    ? null
    : 'must be letters, digits, -, _ and ., with a letter or digit at both ends';
}

/** Names of ports (IANA_SVC_NAME, RFC 6335 section 5.1). */
export function faultInPortName(name: string): string | null {
  if (name.length > PORT_NAME_LENGTH) {
    return `must not be longer than ${PORT_NAME_LENGTH} characters`;
  }
  if (!LABEL.test(name) || name.includes('--')) {
    return 'must be lower-case letters, digits and single -, with a letter or digit at both ends';
  }
  if (/[a-z]/.test(name)) return null;
  return 'must hold a letter (a number is no name)';
}
