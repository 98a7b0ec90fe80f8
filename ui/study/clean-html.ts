/**
 * HTML of a stored file, made safe to stand in this page: of elements and attributes only those that a report is made
 * of. The policy of the server keeps scripts out as well; this does not lean on it.
 */
import { inBothThemes } from './figure-colours.ts';

const ELEMENTS = new Set(
  (
    'section h2 h3 p b span div figure figcaption table thead tbody tr th td ' +
    'svg title desc defs g path rect circle text pattern clipPath'
  ).split(' '),
);

const ATTRIBUTES = new Set(
  (
    'id class role scope tabindex aria-label aria-labelledby aria-describedby aria-hidden ' +
    'viewBox width height x y cx cy r rx d transform fill fill-opacity stroke stroke-width stroke-opacity ' +
    'stroke-dasharray stroke-linejoin stroke-linecap paint-order shape-rendering clip-path patternUnits ' +
    'patternTransform font-size font-weight font-family text-anchor'
  ).split(' '),
);

/** Another place in the same document is all that may be referred to. */
const isOutside = (value: string): boolean => /url\((?!#)|[\\]/i.test(value);

/** The elements of `html` without anything that runs, loads or leads elsewhere. */
export function cleanHtml(html: string): DocumentFragment {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of body.querySelectorAll('*')) clean(element);
  const fragment = document.createDocumentFragment();
  fragment.append(...body.childNodes);
  return fragment;
}

function clean(element: Element): void {
  if (!ELEMENTS.has(element.localName)) {
    element.remove();
    return;
  }
  for (const name of element.getAttributeNames())
    if (!ATTRIBUTES.has(name) || isOutside(element.getAttribute(name) ?? '')) element.removeAttribute(name);
  if (!(element instanceof SVGElement)) return;
  for (const name of ['fill', 'stroke']) {
    const colour = element.getAttribute(name);
    if (colour !== null) element.style.setProperty(name, inBothThemes(colour));
  }
}
