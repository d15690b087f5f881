import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Ours in place of the package's own, which switch web security off. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium that came by npm on Linux x64, unpacked once a version; elsewhere an installed one. */
const executable = async (): Promise<string> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    for (const path of installed) {
      const there = await access(path).then(
        () => true,
        () => false,
      );
      if (there) return path;
    }
    throw new Error(`no Chromium at ${installed.join(', ')}`);
  }
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8'));
  const folder = join(tmpdir(), `partyline-chromium-${version}`);
  await mkdir(join(folder, 'fontconfig'), { recursive: true });
  await writeFile(join(folder, 'fontconfig/fonts.conf'), fontsConf(folder));
  // The package looks at these when it is imported: it unpacks into TMPDIR, with the libraries that a bare system lacks.
  Object.assign(process.env, {
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
    TMPDIR: folder,
    FONTCONFIG_PATH: join(folder, 'fontconfig'),
  });
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
};

/** The package's own file names /tmp/fonts only; where no font is found, a form control ends the browser. */
const fontsConf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;

export const startBrowser = async (): Promise<Browser> =>
  playwright.launch({ executablePath: await executable(), args, headless: true });
