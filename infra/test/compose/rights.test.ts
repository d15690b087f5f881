import { expect, test } from 'vitest';
import { services, showLogsOfFailures, within } from './system.ts';

showLogsOfFailures();

test.for(['edge', ...services])(
  '%s runs without rights, on a file system that it can not change',
  (service) => {
    const status = within(service, 'cat', '/proc/1/status').stdout;
    expect(status).toMatch(/^Uid:\s+1000\s+1000/m);
    expect(status).toMatch(/^CapEff:\s+0000000000000000$/m);
    expect(within(service, 'sh', '-c', 'echo > /x').stderr).toContain('Read-only file system');
  },
);

test('only chat-core has the token of the operator', () => {
  const holders = services.filter(
    (service) => within(service, 'cat', '/secrets/admin/token').status === 0,
  );
  expect(holders).toEqual(['chat-core']);
});
