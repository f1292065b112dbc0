import { describe, expect, it } from 'vitest';
import { fieldPath } from './field-path.js';

describe('fieldPath', () => {
  it.each<[string | null, (string | number)[] | null]>([
    ['spec.ingress[0].ports[12].endPort', ['spec', 'ingress', 0, 'ports', 12, 'endPort']],
    ['metadata.labels["app.kubernetes.io/name"]', ['metadata', 'labels', 'app.kubernetes.io/name']],
    ['metadata.labels["a \\"b\\" ]"].x', ['metadata', 'labels', 'a "b" ]', 'x']],
    ['["a"]', ['a']],
    ['metadata.labels["aaaa…"]', null],
    ['spec..x', null],
    ['spec[a]', null],
    ['', null],
    [null, null],
  ])('reads %j', (field, path) => {
    expect(fieldPath(field)).toEqual(path);
  });
});
