import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import type { Plugin } from 'vite';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);
const zstandard = promisify(zstdCompress);

/** As hard as it tries without `--ultra`. */
const ZSTD_LEVEL = 19;

const compressible = /\.(?:html|js|css|svg)$/;
/** Below this a file fits one packet as it is. */
const LEAST_BYTES = 1_000;

const compress = async (file: string, content: string | Uint8Array): Promise<void> => {
  const bytes = Buffer.from(content);
  if (bytes.length < LEAST_BYTES) return;
  await writeFile(`${file}.br`, await brotli(bytes));
  await writeFile(`${file}.gz`, await deflate(bytes, { level: 9 }));
  const params = { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL };
  await writeFile(`${file}.zst`, await zstandard(bytes, { params }));
};

/** Leaves a `.br`, a `.gz` and a `.zst` beside every text file of the build, for servers that send them as they are. */
export const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const files = Object.values(bundle).filter(({ fileName }) => compressible.test(fileName));
    await Promise.all(
      files.map((file) =>
        compress(join(dir, file.fileName), file.type === 'chunk' ? file.code : file.source),
      ),
    );
  },
});
