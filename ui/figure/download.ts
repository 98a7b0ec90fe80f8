/** A file into the hands of whoever looks at the page. */
export function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken it by then; kept for ever it would stay in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
