/** `npm pack` here would pack the house, TypeScript and a Node of its own included. */
console.error(
  'elastocool: this folder is not what others install: `npm run package` makes dist/elastocool-VERSION.tgz.',
);
process.exitCode = 1;
