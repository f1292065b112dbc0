import { describe, expect, it } from 'vitest';
import { renderWords } from './render-folder.js';

describe('renderWords', () => {
  it.each([
    ['kustomize build {dir}', 'prod', ['kustomize', 'build', 'prod']],
    ['helm template "my release" {dir}/chart', 'a', ['helm', 'template', 'my release', 'a/chart']],
    ["jq '.a | .b' --dir={dir}", 'x', ['jq', '.a | .b', '--dir=x']],
    ['run {dir}', 'a b; rm -rf $(x) "y"', ['run', 'a b; rm -rf $(x) "y"']],
    ['run {dir}', '-rf', ['run', './-rf']],
    ['run {dir}', '$&', ['run', '$&']],
  ])('%s for the folder %j', (command, folder, words) => {
    expect(renderWords(command, folder)).toEqual(words);
  });

  it.each(['kustomize build', 'run "{dir}'])('refuses %s', (command) => {
    expect(() => renderWords(command, 'x')).toThrow(/--render/);
  });
});
