/** Position in an input file. Lines from 1; `documentIndex` from 0 within the file. */
export interface SourceLocation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly documentIndex: number;
}

/** What became of an input document. */
export const INPUT_OUTCOMES = [
  'INDEXED',
  'IGNORED_KIND',
  'SKIPPED_TEMPLATE',
  'INVALID_SYNTAX',
  'INVALID_OBJECT',
  'UNSUPPORTED_POLICY_KIND',
  'DUPLICATE',
  'TOO_LARGE',
  'NOT_LISTED',
] as const;
/** An outcome of INPUT_OUTCOMES. */
export type InputOutcome = (typeof INPUT_OUTCOMES)[number];

/** Stable codes of what can be wrong with input, or noteworthy about it. */
export const PROBLEM_CODES = [
  /** Not valid YAML or JSON. */
  'SYNTAX',
  /** Bytes that are not UTF-8. */
  'NOT_UTF8',
  /** Contains `{{` or `${`: a template that was not rendered. */
  'TEMPLATE',
  /** A document that is not a Kubernetes object (no apiVersion or kind). */
  'NOT_AN_OBJECT',
  /** The API server would reject the object. */
  'INVALID_OBJECT',
  /** A label value that is a number or a boolean, in labels or in a selector: the API server would reject the object. */
  'LABEL_NOT_TEXT',
  /** A policy of an API version that is no longer served: the API server would not take it. */
  'REMOVED_API_VERSION',
  /** A field that the kind does not have, for example a typing error. The object is rejected, as under strict validation. */
  'UNKNOWN_FIELD',
  /**
   * A field that a cluster-scoped policy does not have in the version that is read here. The object is taken without it, or
   * fails closed where nothing else is left.
   */
  'UNSUPPORTED_FIELD',
  /**
   * Same group, kind, namespace and name as a later object; the last one wins. `field` says what differs for the analysis; null =
   * nothing.
   */
  'DUPLICATE',
  /** More aliases, depth, documents or bytes than the limit. */
  'TOO_LARGE',
  /** An archive entry that is not a plain file in the archive's folder (link, device, `..`, absolute path). */
  'UNSAFE_PATH',
  /** The archive ends early or is damaged. */
  'ARCHIVE_DAMAGED',
  /** A kind that does not matter to the analysis. */
  'IGNORED_KIND',
  /** A policy kind that the engine does not evaluate: answers are incomplete. */
  'UNSUPPORTED_POLICY_KIND',
  /** A route sends traffic to something that is no Service: where it leads is not known. */
  'UNFOLLOWED_BACKEND',
  /** `metadata.namespace` is missing; `default` is taken. */
  'DEFAULT_NAMESPACE',
  /** A CIDR with host bits set; they are masked. */
  'CIDR_HOST_BITS',
  /** `metadata.labels[kubernetes.io/metadata.name]` of a Namespace differs from its name; the control plane overrides it. */
  'METADATA_NAME_LABEL',
  /** An entry of the annotation `portolan.dev/ignore` that cannot be read: it silences nothing. */
  'INVALID_SUPPRESSION',
  /** An entry of that annotation whose last day is over. Not of the input alone: of the input and a day. */
  'EXPIRED_SUPPRESSION',
  /** A kind that the upload says could not be listed: its objects are missing, and the snapshot is PARTIAL. */
  'KIND_NOT_LISTED',
] as const;
/** A code of PROBLEM_CODES. */
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** ERROR: something was left out. WARNING: probably not as it was meant. INFO: good to know. */
export type ProblemSeverity = 'ERROR' | 'WARNING' | 'INFO';

/** Something about the input that the user should know. Bad input is data: it is returned, never thrown. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: ProblemSeverity;
  /** What became of the document. A note about an object that was taken has INDEXED. */
  readonly outcome: InputOutcome;
  readonly location: SourceLocation;
  /** `group/kind` or `kind` as found; null when unknown. */
  readonly kind: string | null;
  /** `namespace/name` or `name`; null when unknown. */
  readonly object: string | null;
  /** JSON path inside the object, for example `spec.ingress[0].ports[1].endPort`; null for the whole document. */
  readonly field: string | null;
  /** Reason, for people. Never contains values of Secrets or ConfigMaps. */
  readonly message: string;
}

/** Documents of a kind that the analysis does not need. */
export interface SkippedKind {
  /** API group; empty for core. */
  readonly group: string;
  readonly kind: string;
  readonly count: number;
}

/** Counts of a snapshot. */
export interface SnapshotStats {
  readonly objects: number;
  readonly namespaces: number;
  readonly workloads: number;
  /** Live pods; template pods do not count. */
  readonly pods: number;
  readonly policies: number;
  readonly distinctPolicySpecs: number;
  /** Documents not indexed, for whatever reason. */
  readonly skipped: number;
  /** Bytes read, after decompression. */
  readonly bytes: number;
}
