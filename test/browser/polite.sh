#!/bin/sh
# Runs a browser after everything else: on a small machine its start would otherwise starve the line it is to watch.
exec nice -n 10 "$POLITE_BROWSER" "$@"
