import { SEVERITIES } from '@portolan/model';
import { FINDINGS_FORMATS } from '@portolan/report';
import { INPUT_OPTIONS } from '../../input/load-one.js';
import type { CommandSpec } from '../../options/command-spec.js';
import { outputOptions } from '../../output/read-outputs.js';
import { SERVER_INPUT_NOTE } from '../../server/server-input.js';
import { SERVER_OPTIONS } from '../../server/server-options.js';

/** How `portolan check` is called. */
export const CHECK_SPEC: CommandSpec = {
  name: 'check',
  about: 'mistakes in policies, and what they leave open',
  synopsis: 'INPUT [options]',
  options: [
    {
      name: 'fail-on',
      value: 'SEVERITY',
      choices: [...SEVERITIES, 'none'],
      about: 'findings as grave as this, or graver, end with 1; default HIGH; none = none do',
    },
    {
      name: 'min-severity',
      value: 'SEVERITY',
      choices: SEVERITIES,
      about: 'less grave findings are counted only; default INFO',
    },
    {
      name: 'rule',
      value: 'ID=SEVERITY',
      isRepeatable: true,
      about: 'another severity for a rule, or off: NP201=off',
    },
    {
      name: 'config',
      value: 'FILE',
      about: 'settings of rules; default .portolan/config.yaml, where there is one',
    },
    {
      name: 'complete',
      value: null,
      about: 'the input is the whole cluster, so that what it lacks is missing',
    },
    { name: 'baseline', value: 'FILE', about: 'findings that were known before do not fail' },
    { name: 'write-baseline', value: 'FILE', about: 'writes all findings as such a file' },
    { name: 'exceptions', value: 'FILE', about: 'findings that somebody answers for' },
    { name: 'today', value: 'DATE', about: 'for what expires; default today in UTC' },
    { name: 'list-rules', value: null, about: 'lists the rules instead, as text or json' },
    ...outputOptions(FINDINGS_FORMATS, true),
    ...INPUT_OPTIONS,
    ...SERVER_OPTIONS,
  ],
  notes: [
    SERVER_INPUT_NOTE,
    'A folder is taken for a part of a cluster: that something matches nothing is information then,\nbecause it may be declared elsewhere. --complete says that nothing is.',
    [
      'Exit codes:',
      '  0  ran, and nothing as grave as --fail-on was found',
      '  1  ran, and something was',
      '  2  could not decide: usage, input that cannot be read, nothing to analyse',
    ].join('\n'),
  ],
  examples: [
    'portolan check deploy',
    'kubectl get all,namespaces,networkpolicies -A -o yaml | portolan check - --complete',
    'portolan check deploy --fail-on MEDIUM --rule NP201=off -o sarif --output-file check.sarif',
    'portolan check deploy --write-baseline .portolan/baseline.json',
    'portolan check deploy --baseline .portolan/baseline.json',
    'portolan check --server https://portolan.example cluster:prod --fail-on MEDIUM',
    'portolan check --list-rules -o json',
  ],
};
