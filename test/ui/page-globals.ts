/** What of a browser the page's own modules touch when they are loaded; import this before any of them. */
const nothing = (): undefined => undefined;

export const pageGlobals = Object.assign(globalThis, {
  location: { hash: '', protocol: 'http:', host: 'localhost' },
  addEventListener: nothing,
  history: { replaceState: nothing },
  localStorage: { getItem: () => null },
  document: { documentElement: { dataset: {} } },
  matchMedia: () => ({ matches: false, addEventListener: nothing }),
});
