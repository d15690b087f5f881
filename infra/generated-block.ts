import { readFileSync, writeFileSync } from 'node:fs';

/** Where in a text the block of a name is: between `<!-- NAME -->` and `<!-- /NAME -->`. */
const placeOf = (name: string): RegExp =>
  new RegExp(`(?<=<!-- ${name} -->\\n)[\\s\\S]*?(?=<!-- /${name} -->)`);

/** A document with what is made from the code in its place. */
export const withBlock = (text: string, name: string, block: string): string => {
  const place = placeOf(name);
  if (!place.test(text)) throw new Error(`there is no place for the ${name}`);
  return text.replace(place, () => `\n${block}\n\n`);
};

/** Writes a block into its document; told `--check`, fails when it is not there as it is made now. */
export const keepBlock = (file: URL, name: string, block: string, make: string): void => {
  const before = readFileSync(file, 'utf8');
  const after = withBlock(before, name, block);
  if (!process.argv.includes('--check')) writeFileSync(file, after);
  else if (after !== before) {
    console.error(`The ${name} in ${file.pathname.split('/').at(-1)} are stale: run \`${make}\`.`);
    process.exitCode = 1;
  }
};
