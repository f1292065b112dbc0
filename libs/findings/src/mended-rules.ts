/** Rules whose findings can be mended by edits, at least some of them: `portolan check --fix-patch` makes a patch of these. */
export const MENDED_RULES: ReadonlySet<string> = new Set([
  ...['NP101', 'NP103', 'NP106', 'NP107', 'NP108', 'NP109', 'NP110', 'NP111'],
  ...['NP204', 'NP205', 'NP206', 'NP207', 'NP208'],
  ...['NP301', 'NP303', 'NP306', 'NP307'],
  ...['NP407', 'NP410'],
  ...['NP701'],
]);
