const KEPT = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/**
 * What PostgreSQL sees of our environment. PG* variables meant for somebody else would redirect it, and
 * our secrets are none of its business.
 */
export function environment(source: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = KEPT.filter((name) => source[name] !== undefined);
  return {
    ...Object.fromEntries(kept.map((name) => [name, source[name]])),
    LC_ALL: 'C',
    TZ: 'UTC',
  };
}
