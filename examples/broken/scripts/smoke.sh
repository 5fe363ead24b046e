#!/usr/bin/env bash
# Prints what the shop answers, and is happy with it.
set -euo pipefail
curl --silent --max-time 10 "$1/healthz"
curl --silent --max-time 10 "$1/api/version" | tee version.json
