const namespace = 'http://www.w3.org/2000/svg';

/** A new SVG element with attributes. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>> = {},
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** Presentation properties that children inherit, and those that stand for their element alone with their defaults. */
const inherited = [
  'fill',
  'fill-opacity',
  'fill-rule',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'font-family',
  'font-size',
  'font-weight',
  'letter-spacing',
  'paint-order',
  'text-anchor',
  'visibility',
] as const;
const own = { opacity: '1', display: 'inline', 'dominant-baseline': 'auto', 'mix-blend-mode': 'normal' };
const colours: readonly string[] = ['fill', 'stroke'];

export type ReadColour = (colour: string) => { readonly rgb: string; readonly opacity: number };

/** A copy of a drawing that needs no page: every rule, token and colour of it is an attribute. */
export function standalone(original: SVGSVGElement, read: ReadColour): SVGSVGElement {
  const copy = original.cloneNode(true) as SVGSVGElement;
  settle(original, copy, read, null);
  for (const style of copy.querySelectorAll('style')) style.remove();
  return copy;
}

function settle(from: Element, to: Element, read: ReadColour, parent: CSSStyleDeclaration | null): void {
  const style = getComputedStyle(from);
  for (const name of inherited) {
    const value = style.getPropertyValue(name);
    if (parent?.getPropertyValue(name) === value) to.removeAttribute(name);
    else paint(to, name, value, read);
  }
  for (const [name, usual] of Object.entries(own)) {
    const value = style.getPropertyValue(name);
    if (value !== usual && !(name === 'display' && value !== 'none')) to.setAttribute(name, value);
  }
  for (const { name } of [...to.attributes]) {
    if (name === 'class' || name === 'style' || name.startsWith('aria-')) to.removeAttribute(name);
  }
  [...from.children].forEach((child, index) => {
    const twin = to.children[index];
    if (twin !== undefined) settle(child, twin, read, style);
  });
}

function paint(to: Element, name: string, value: string, read: ReadColour): void {
  if (!colours.includes(name) || value === 'none' || value.startsWith('url(')) {
    to.setAttribute(name, value);
    return;
  }
  const { rgb, opacity } = read(value);
  to.setAttribute(name, rgb);
  if (opacity < 1) to.setAttribute(`${name}-opacity`, String(opacity));
}
