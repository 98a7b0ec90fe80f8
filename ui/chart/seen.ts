/** Whether anything of an element is on the screen: what nobody sees need not move. */
export class Seen {
  isSeen = true;
  readonly #watch = new IntersectionObserver((entries) => {
    this.isSeen = entries.at(-1)?.isIntersecting ?? true;
  });

  constructor(element: Element) {
    this.#watch.observe(element);
  }

  end(): void {
    this.#watch.disconnect();
  }
}
