import { expect, it } from 'vitest';
import { createLog } from './log.ts';

const logged = (write: (log: ReturnType<typeof createLog>) => void, level = 'info') => {
  const lines: string[] = [];
  write(createLog({ service: 's', instance: 's-1', level }, { write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
};

it('writes one JSON object a line with service, instance, level as a word and ISO time', () => {
  const [line] = logged((log) => log.warn({ room: 'lobby' }, 'hm'));
  expect(line).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    service: 's',
    instance: 's-1',
    room: 'lobby',
    msg: 'hm',
  });
});

it('leaves out what is under its level', () => {
  expect(logged((log) => log.debug('detail'))).toEqual([]);
  expect(logged((log) => log.debug('detail'), 'debug')).toHaveLength(1);
});

it('keeps an error’s stack on one line', () => {
  const [line] = logged((log) => log.error({ err: new Error('broke') }, 'failed'));
  expect(line.err).toMatchObject({ type: 'Error', message: 'broke' });
});

it('does not show secrets', () => {
  const secret = 'hunter2hunter2';
  const lines = logged((log) => {
    log.info({ password: secret, config: { busToken: secret, port: 1 } }, 'x');
    log.info({ req: { headers: { authorization: `Bearer ${secret}` } } }, 'x');
  });
  expect(JSON.stringify(lines)).not.toContain(secret);
  expect(lines[0].config.port).toBe(1);
});
