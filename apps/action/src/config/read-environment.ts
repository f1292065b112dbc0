/** What a runner tells a step. */
export interface ActionEnvironment {
  /** An input by its name in action.yml; empty when it was not given. */
  readonly input: (name: string) => string;
  readonly workspace: string;
  readonly temporary: string;
  /** File with the event that started the run. */
  readonly eventFile: string | null;
  readonly outputFile: string | null;
  readonly summaryFile: string | null;
  /** `owner/name`. */
  readonly repository: string;
  readonly apiUrl: string;
  /** What the command line gets: nothing of the runner's own, so that no command that renders can steer the job. */
  readonly childEnvironment: Readonly<Record<string, string>>;
}

/** Reads the environment of this process. The only place that does. */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ActionEnvironment {
  const given = (name: string): string | null => {
    const text = environment[name]?.trim() ?? '';
    return text === '' ? null : text;
  };
  return {
    input: (name) => given(`INPUT_${name.toUpperCase()}`) ?? '',
    workspace: given('GITHUB_WORKSPACE') ?? process.cwd(),
    temporary: given('RUNNER_TEMP') ?? given('TMPDIR') ?? '/tmp',
    eventFile: given('GITHUB_EVENT_PATH'),
    outputFile: given('GITHUB_OUTPUT'),
    summaryFile: given('GITHUB_STEP_SUMMARY'),
    repository: given('GITHUB_REPOSITORY') ?? '',
    apiUrl: given('GITHUB_API_URL') ?? 'https://api.github.com',
    childEnvironment: Object.fromEntries(
      Object.entries(environment).filter(
        (entry): entry is [string, string] => entry[1] !== undefined && !RUNNERS_OWN.test(entry[0]),
      ),
    ),
  };
}

const RUNNERS_OWN = /^(?:INPUT_|ACTIONS_|GITHUB_|PORTOLAN_|NODE_OPTIONS$)/i;
