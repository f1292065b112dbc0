const PAGES = 'https://github.com/portolan/portolan/blob/main/docs/findings';

/** The page of a finding rule. */
export function findingDocsUrl(rule: string): string {
  return `${PAGES}/${rule}.md`;
}
