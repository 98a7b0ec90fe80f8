/**
 * HTML of a stored file, made safe to stand in this page by DOMPurify: of elements and attributes only those that a
 * report is made of. The policy of the server keeps scripts out as well; this does not lean on it.
 */
import DOMPurify from 'dompurify';
import { inBothThemes } from './figure-colours.ts';

const ELEMENTS =
  'section h2 h3 p b span div figure figcaption table thead tbody tr th td ' +
  'svg title desc defs g path rect circle text pattern clipPath';

const ATTRIBUTES =
  'id class role scope tabindex aria-label aria-labelledby aria-describedby aria-hidden ' +
  'viewBox width height x y cx cy r rx d transform fill fill-opacity stroke stroke-width stroke-opacity ' +
  'stroke-dasharray stroke-linejoin stroke-linecap paint-order shape-rendering clip-path patternUnits ' +
  'patternTransform font-size font-weight font-family text-anchor';

/** Another place in the same document is all that a figure may refer to; DOMPurify lets any `url(...)` of a paint be. */
const isOutside = (value: string): boolean => /url\((?!#)|[\\]/i.test(value);

/** The elements of `html` without anything that runs, loads or leads elsewhere. */
export function cleanHtml(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: [...ELEMENTS.split(' '), '#text'],
    ALLOWED_ATTR: ATTRIBUTES.split(' '),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    KEEP_CONTENT: false,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const element of fragment.querySelectorAll('*')) keepInside(element);
  return fragment;
}

function keepInside(element: Element): void {
  for (const name of element.getAttributeNames())
    if (isOutside(element.getAttribute(name) ?? '')) element.removeAttribute(name);
  if (!(element instanceof SVGElement)) return;
  for (const name of ['fill', 'stroke']) {
    const colour = element.getAttribute(name);
    if (colour !== null) element.style.setProperty(name, inBothThemes(colour));
  }
}
