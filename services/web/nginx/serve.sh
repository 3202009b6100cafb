#!/bin/sh
# Runs nginx. Told to stop, it has balancers notice first: DRAIN_SECONDS.
trap 'touch /tmp/draining; sleep "${DRAIN_SECONDS:-0}"; kill -QUIT $!' QUIT TERM
rm -f /tmp/draining
/docker-entrypoint.sh nginx -g 'daemon off;' &
wait # until a signal
wait
