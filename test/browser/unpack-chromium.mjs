/**
 * Unpacks the Chromium of @sparticuz/chromium into the folder given as the first argument. The package unpacks into
 * the system's temporary folder, and its libraries only where it believes to run on Amazon Linux: both are told by
 * variables of this process alone, which chromium.ts starts for this.
 */
const [folder] = process.argv.slice(2);
process.env.TMPDIR = folder;
process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x';
const { default: chromium } = await import('@sparticuz/chromium');
await chromium.executablePath();
