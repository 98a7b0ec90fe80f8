/** The worker that draws the stored report: its text in, one answer out. */
import { config } from 'zod';
import type { ReportAnswer } from './messages.ts';
import { readReport } from './report.ts';

// zod would otherwise try `new Function`, which the controller's content security policy refuses.
config({ jitless: true });

addEventListener('message', (event: MessageEvent<string>) => {
  postMessage(readReport(event.data) satisfies ReportAnswer);
});
