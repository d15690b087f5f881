/** @typedef {Node | string | false | undefined} Child */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @template {Element} E
 * @param {E} element
 * @param {Readonly<Record<string, string | number | undefined>>} attributes
 * @param {readonly Child[]} children
 */
const furnished = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(name, String(value));
  for (const child of children)
    if (child !== false && child !== undefined && child !== '') element.append(child);
  return element;
};

/**
 * An element with what is in it.
 *
 * @param {string} name
 * @param {Readonly<Record<string, string | number | undefined>>} attributes
 * @param {readonly Child[]} children
 */
export const h = (name, attributes, ...children) =>
  furnished(document.createElement(name), attributes, children);

/**
 * The same of SVG.
 *
 * @param {string} name
 * @param {Readonly<Record<string, string | number | undefined>>} attributes
 * @param {readonly Child[]} children
 */
export const svg = (name, attributes, ...children) =>
  furnished(document.createElementNS(SVG, name), attributes, children);

/**
 * @param {Element} old
 * @param {Element} wanted
 */
const matchAttributes = (old, wanted) => {
  for (const { name } of [...old.attributes])
    if (!wanted.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of wanted.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
};

/**
 * Makes what is in an element as wanted, and touches nothing that is already so: what is selected,
 * focused or being read stays where it is.
 *
 * @param {Element} parent
 * @param {readonly Node[]} wanted
 */
export const show = (parent, ...wanted) => {
  const old = [...parent.childNodes];
  for (const [index, node] of wanted.entries()) {
    const there = old[index];
    if (there === undefined) parent.append(node);
    else if (there.nodeName !== node.nodeName) there.replaceWith(node);
    else if (there instanceof Element && node instanceof Element) {
      matchAttributes(there, node);
      show(there, ...node.childNodes);
    } else if (there.nodeValue !== node.nodeValue) there.nodeValue = node.nodeValue;
  }
  for (const node of old.slice(wanted.length)) node.remove();
};
