/** A machine whose parameters are changed, and at once what they do. */
export function PlaygroundPanel() {
  return <section class="panel" />;
}
