import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Imports run one way: services → packages/{gateway,service,bus} → packages/protocol, and
// packages/{web,cli} → packages/client → packages/protocol. turbo.json says so by tags, and `turbo
// boundaries` reads every import. A check that finds nothing may also have looked at nothing, so it
// first has to find the violations below, under the real rules.

const root = dirname(fileURLToPath(new URL('.', import.meta.url)));

type Violation = {
  /** The workspace that goes against the arrows. */
  readonly from: string;
  readonly code: string;
  /** A dependency written into its package.json, to be legal but for its direction. */
  readonly declares?: string;
  /** What the check has to say of it. */
  readonly expected: (file: string) => RegExp;
};

const imported = (what: string) => `import { it } from '${what}';\n`;
const undeclared = (file: string) => new RegExp(`is not a dependency \\S*${file}:`);
const outside = (file: string) => new RegExp(`leaves the package \\S*${file}:`);
const against = (to: string, from: string) => () =>
  new RegExp(`Package \`${to}\` found without any tag listed in allowlist for \`${from}\``);

const violations: readonly Violation[] = [
  { from: 'packages/protocol', code: imported('@partyline/bus'), expected: undeclared },
  { from: 'services/dns-probe', code: `await import('left-pad');\n`, expected: undeclared },
  {
    from: 'services/tcp-gateway',
    code: imported('../../chat-core/src/index.ts'),
    expected: outside,
  },
  {
    from: 'packages/service',
    code: imported('@partyline/bus'),
    declares: '@partyline/bus',
    expected: against('@partyline/bus', '@partyline/service'),
  },
  {
    from: 'packages/gateway',
    code: `import type { It } from '@partyline/service';\n`,
    declares: '@partyline/service',
    expected: against('@partyline/service', '@partyline/gateway'),
  },
  {
    from: 'packages/bus',
    code: imported('@partyline/chat-core'),
    declares: '@partyline/chat-core',
    expected: against('@partyline/chat-core', '@partyline/bus'),
  },
  {
    from: 'services/ws-gateway',
    code: imported('@partyline/tcp-gateway'),
    declares: '@partyline/tcp-gateway',
    expected: against('@partyline/tcp-gateway', '@partyline/ws-gateway'),
  },
  {
    from: 'packages/client',
    code: imported('@partyline/web'),
    declares: '@partyline/web',
    expected: against('@partyline/web', '@partyline/client'),
  },
];

type Answer = { readonly ok: boolean; readonly output: string; readonly filesRead: number };

const boundaries = (folder: string): Answer => {
  const turbo = fileURLToPath(new URL('./turbo.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [turbo, 'boundaries'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const output = stdout + stderr;
  return {
    ok: status === 0,
    output,
    filesRead: Number(/Checked (\d+) files/.exec(output)?.[1] ?? 0),
  };
};

/** The real workspaces and rules, with the violations for their only sources. */
const seed = (folder: string): void => {
  const rules = ['package.json', 'package-lock.json', 'turbo.json'];
  const workspaces = globSync('{packages,services}/*/{package,turbo}.json', { cwd: root });
  for (const file of [...rules, ...workspaces]) cpSync(join(root, file), join(folder, file));
  for (const { from, code, declares } of violations) {
    writeFileSync(join(folder, from, 'violation.ts'), code);
    if (declares === undefined) continue;
    const manifest = join(folder, from, 'package.json');
    const { dependencies, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'));
    const changed = { ...rest, dependencies: { ...dependencies, [declares]: '*' } };
    writeFileSync(manifest, JSON.stringify(changed));
  }
};

/** Violations that the check doesn't see any more. */
const unseen = (): readonly Violation[] => {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-imports-'));
  try {
    seed(folder);
    // Long lines are broken, and the next one begins with a frame.
    const said = boundaries(folder).output.replaceAll(/\s*\n[\s|,─-]*\[?/g, ' ');
    return violations.filter(({ from, expected }) => !expected(`${from}/violation.ts`).test(said));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const blind = unseen();
for (const { from, code } of blind)
  console.error(`The import check does not see this any more, in ${from}: ${code.trim()}`);

const sources = globSync('{packages,services}/*/src/**/*.{ts,tsx}', { cwd: root }).length;
const { ok, output, filesRead } = boundaries(root);
if (!ok) console.error(output.trim());
if (filesRead < sources)
  console.error(`The import check read ${filesRead} files; there are ${sources} sources.`);

if (blind.length > 0 || !ok || filesRead < sources) process.exitCode = 1;
else
  console.log(
    `${filesRead} files import in the right direction; ${violations.length} seeded violations were found.`,
  );
