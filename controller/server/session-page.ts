/**
 * How a browser trades the key in the printed address, `/session#token=…`, for a session. The key stands in the fragment, which no
 * browser sends; this page posts it once and goes on to the real page without it.
 */
export const SESSION_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>elastocool</title>
<link rel="icon" href="data:,">
<p id="say">Opening…</p>
<script src="/session.js"></script>
</html>
`;

export const SESSION_SCRIPT = `
const say = (sentence) => { document.getElementById('say').textContent = sentence; };
const token = new URLSearchParams(location.hash.slice(1)).get('token');
if (token === null)
  say('A machine is on the line: open the address that elastocool printed, it carries the key to this run.');
else
  fetch('/session', { method: 'POST', body: token }).then(
    (answer) => (answer.ok ? location.replace('/') : answer.text().then(say)),
    () => say('The server does not answer: is elastocool still running?'),
  );
`;
