import { SEVERITIES } from '@portolan/model';
import { MARKDOWN_MAX_LENGTH, REVIEW_FORMATS } from '@portolan/report';
import { DEFAULT_FAIL_ON, GATES } from '@portolan/review';
import type { CommandSpec } from '../../options/command-spec.js';
import { columns } from '../../options/help-text.js';
import { outputOptions } from '../../output/read-outputs.js';
import { SERVER_DIFF_OPTIONS } from './server/server-diff-spec.js';

const GATE_NAMES = GATES.map(({ name }) => name);

/** How `portolan diff` is called. */
export const DIFF_SPEC: CommandSpec = {
  name: 'diff',
  about: 'what a change opens and closes, with gates for a pull request',
  synopsis: '--base INPUT --head INPUT [options]',
  options: [
    {
      name: 'base',
      value: 'INPUT',
      about: 'the state before: a folder, a file, a tar.gz, or -; with --server also cluster:SLUG',
    },
    { name: 'head', value: 'INPUT', about: 'the state after' },
    {
      name: 'overlay',
      value: 'INPUT',
      about:
        'the state of the cluster: base and head are laid over it and then compared; with --server cluster:SLUG or snapshot:ID',
    },
    {
      name: 'prune-folder',
      value: null,
      about: 'with --overlay: what base declares and head does not goes away',
    },
    {
      name: 'prune-namespace',
      value: 'NAME',
      isRepeatable: true,
      about: 'with --overlay: what head does not declare in this namespace goes away',
    },
    {
      name: 'prune-label',
      value: 'SELECTOR',
      about: 'with --overlay: the same for objects with these labels',
    },
    {
      name: 'render',
      value: 'COMMAND',
      about: "renders both folders: 'kustomize build {dir}'; run without a shell",
    },
    {
      name: 'fail-on',
      value: 'GATES',
      isRepeatable: true,
      choices: [...GATE_NAMES, 'none'],
      about: `default ${DEFAULT_FAIL_ON.join(',')}; none = no gate`,
    },
    {
      name: 'warn-on',
      value: 'GATES',
      isRepeatable: true,
      choices: GATE_NAMES,
      about: 'gates that are reported and do not fail',
    },
    {
      name: 'min-severity',
      value: 'SEVERITY',
      choices: SEVERITIES,
      about: 'the least severity that new-findings minds; default HIGH',
    },
    {
      name: 'exceptions',
      value: 'FILE',
      about: 'exceptions, looked for in base and in head; only those of base count',
    },
    {
      name: 'invariants',
      value: 'FILE',
      about:
        'invariants, looked for in base and in head; those of base count, also where head has them no more',
    },
    {
      name: 'config',
      value: 'FILE',
      about:
        'severities of rules, looked for as exceptions are; default .portolan/config.yaml, where there is one',
    },
    { name: 'today', value: 'DATE', about: 'for the expiry of exceptions; default today in UTC' },
    ...outputOptions(REVIEW_FORMATS, true),
    {
      name: 'max-length',
      value: 'N',
      about: `characters of Markdown; default ${MARKDOWN_MAX_LENGTH}`,
    },
    {
      name: 'cluster',
      value: 'NAME',
      about: 'in the marker of the comment, default offline; with --server its slug',
    },
    ...SERVER_DIFF_OPTIONS,
    { name: 'strict', value: null, about: 'input that cannot be used ends with 2' },
    { name: 'allow-empty', value: null, about: 'an input without objects is an empty cluster' },
    { name: 'quiet', short: 'q', value: null, about: 'nothing but errors and what -o asks for' },
  ],
  notes: [
    ['Gates:', ...columns(GATES.map(({ name, about }) => [name, about]))].join('\n'),
    [
      'Exit codes:',
      '  0  ran, and every gate held; there may be differences',
      '  1  ran, and a gate of --fail-on failed',
      '  2  could not decide: usage, input that cannot be read, nothing to analyse',
    ].join('\n'),
  ],
  examples: [
    'portolan diff --base ../main/deploy --head deploy',
    'portolan diff --base ../main/deploy --head deploy --overlay cluster.yaml --prune-folder',
    'portolan diff --base ../main/deploy --head deploy --invariants .portolan/invariants.yaml',
    'portolan diff --base a --head b -o md --output-file comment.md -o sarif --output-file review.sarif',
    "portolan diff --base ../main/prod --head prod --render 'kustomize build {dir}'",
    'portolan diff --server https://portolan.example --base ../main/deploy --head deploy --overlay cluster:prod',
    'kubectl kustomize prod | portolan diff --base cluster.yaml --head - --fail-on any-change',
  ],
};
