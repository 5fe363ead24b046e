#!/usr/bin/env bash
set -euo pipefail
kubectl apply -k deploy/two
sleep 20
if ! curl --fail --max-time 10 https://staging.shop.example/healthz; then
  kubectl rollout undo deployment/shop-api --to-revision=$(( $(kubectl rollout history deployment/shop-api | wc -l) - 1 ))
  exit 1
fi
