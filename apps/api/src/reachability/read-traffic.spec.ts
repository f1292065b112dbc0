import { ANY_TRAFFIC } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { readTraffic } from './read-traffic.js';
import type { FieldsOf } from '../schema/new-model.js';
import type { TrafficInput } from './traffic.input.js';

type Fields = FieldsOf<TrafficInput>;

describe('readTraffic', () => {
  it.each([undefined, null, {}])('takes %j as any traffic', (input) => {
    expect(readTraffic(input, 'traffic')).toEqual(ANY_TRAFFIC);
  });

  const accepted: Fields[] = [
    { protocol: 'TCP', port: 1 },
    { port: 65535 },
    { protocol: 'UDP', port: 53, endPort: 53 },
    { portName: 'http' },
    { protocol: 'SCTP', portName: 'a-1' },
    { protocol: 'OTHER' },
  ];
  it.each(accepted)('takes %j', (input) => {
    expect(readTraffic(input, 'traffic')).toEqual({ ...ANY_TRAFFIC, ...input });
  });

  const refused: [input: Fields, says: string][] = [
    [{ port: 0 }, '`port` must be'],
    [{ port: 65536 }, '`port` must be'],
    [{ port: -80 }, '`port` must be'],
    [{ endPort: 80 }, 'needs `port`'],
    [{ port: 80, endPort: 79 }, 'less than'],
    [{ port: 80, endPort: 70000 }, '`endPort` must be'],
    [{ port: 80, portName: 'http' }, 'exclude each other'],
    [{ portName: 'http', endPort: 80 }, 'exclude each other'],
    [{ portName: '' }, 'not a port name'],
    [{ portName: '80' }, 'not a port name'],
    [{ portName: 'HTTP' }, 'not a port name'],
    [{ portName: 'a--b' }, 'not a port name'],
    [{ portName: '-a' }, 'not a port name'],
    [{ portName: 'sixteen-letters-' }, 'not a port name'],
    [{ protocol: 'OTHER', port: 80 }, 'have ports'],
    [{ protocol: 'OTHER', portName: 'http' }, 'have ports'],
  ];
  it.each(refused)('refuses %j', (input, says) => {
    const run = (): unknown => readTraffic(input, 'filter.traffic');
    expect(run).toThrow(says);
    expect(run).toThrow(BadQuestionError);
  });

  it('names the argument at fault', () => {
    try {
      readTraffic({ port: 0 }, 'questions[3].traffic');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'INVALID', argument: 'questions[3].traffic' });
    }
  });
});
