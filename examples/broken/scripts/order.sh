#!/usr/bin/env bash
set -euo pipefail
if ! curl --fail --max-time 10 --data '{"item": 1}' https://shop.example/api/orders; then
  kubectl rollout undo deployment/shop-api --namespace shop-staging
  exit 1
fi
