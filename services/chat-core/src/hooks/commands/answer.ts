/**
 * What is to be said of an answer: the `text` of a JSON object, else all of it as it is. Undefined
 * when there is nothing to say.
 */
export const readAnswer = (answered: string): string | undefined => {
  const text = textOf(answered);
  return text.trim() === '' ? undefined : text;
};

const textOf = (answered: string): string => {
  try {
    const value: unknown = JSON.parse(answered);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return answered;
    return 'text' in value && typeof value.text === 'string' ? value.text : '';
  } catch {
    return answered;
  }
};
