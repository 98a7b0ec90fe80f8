/** The report of the validation, inside the page. */
export function ReportPanel() {
  return <section class="panel" />;
}
