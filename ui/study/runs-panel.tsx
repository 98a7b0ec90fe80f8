/** Recorded runs, over one another and over the live run. */
export function RunsPanel() {
  return <section class="panel" />;
}
